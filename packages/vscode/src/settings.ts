import type { Settings } from '@daemonlint/language-server'

/** What a person sets in the section `daemonlint` that the server is told of, as VS Code hands it over. */
export interface EditorSettings {
  enable: boolean
  run: string
  configFile: string
  kubernetesVersion: string | string[]
  hover: { enable: boolean | 'auto' }
  completion: { enable: boolean | 'auto' }
}

/**
 * The settings of one folder, as the server takes them: nothing is `auto` any more.
 * @param isServed whether another extension describes and completes the fields of manifests already
 */
export function serverSettings(
  { enable, run, configFile, kubernetesVersion, hover, completion }: EditorSettings,
  isServed: boolean,
): Settings {
  const decided = (value: boolean | 'auto') => (typeof value === 'boolean' ? value : !isServed)
  const versions = Array.isArray(kubernetesVersion)
    ? kubernetesVersion
    : kubernetesVersion
        .split(',')
        .map((version) => version.trim())
        .filter(Boolean)
  return {
    enable,
    run: run === 'onSave' ? 'onSave' : 'onType',
    configFile: configFile.trim() || undefined,
    kubernetesVersion: versions.length > 0 ? versions : undefined,
    hover: { enable: decided(hover.enable) },
    completion: { enable: decided(completion.enable) },
  }
}

/** What of the other extensions matters. */
export interface Neighbours {
  /** Ids of extensions that are installed and not disabled. */
  has(id: string): boolean
  /** `yaml.schemas`: by schema, the files that it is for. */
  yamlSchemas: unknown
}

/**
 * True where Red Hat's YAML extension has a schema for Kubernetes manifests: named in its settings, or brought by the
 * Kubernetes extension. Alone it knows nothing of them, and then fields would go undescribed.
 */
export function isServedElsewhere({ has, yamlSchemas }: Neighbours): boolean {
  if (!has('redhat.vscode-yaml')) return false
  if (has('ms-kubernetes-tools.vscode-kubernetes-tools')) return true
  return (
    typeof yamlSchemas === 'object' &&
    yamlSchemas !== null &&
    Object.keys(yamlSchemas).some((schema) => /kubernetes/i.test(schema))
  )
}
