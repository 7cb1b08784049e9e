/** What a person sets in the section `daemonlint` that the server is told of, as VS Code hands it over. */
export interface EditorSettings {
  enable: boolean
  run: string
  configFile: string
  kubernetesVersion: string | string[]
  hover: { enable: boolean | 'auto' }
  completion: { enable: boolean | 'auto' }
}

/** What the server is told: nothing is `auto` any more. An empty text or list stands for what is not set. */
export interface ServerSettings {
  enable: boolean
  run: 'onType' | 'onSave'
  configFile: string
  kubernetesVersion: string[]
  hover: { enable: boolean }
  completion: { enable: boolean }
}

/**
 * The settings of one folder, as the server takes them.
 * @param isServed whether another extension describes and completes the fields of manifests already
 */
export function serverSettings(
  { enable, run, configFile, kubernetesVersion, hover, completion }: EditorSettings,
  isServed: boolean,
): ServerSettings {
  const decided = (value: boolean | 'auto') => (typeof value === 'boolean' ? value : !isServed)
  return {
    enable,
    run: run === 'onSave' ? 'onSave' : 'onType',
    configFile: configFile.trim(),
    kubernetesVersion: Array.isArray(kubernetesVersion)
      ? kubernetesVersion
      : kubernetesVersion
          .split(',')
          .map((version) => version.trim())
          .filter(Boolean),
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
