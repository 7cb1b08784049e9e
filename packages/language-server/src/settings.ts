/** What a person sets in the editor, section `daemonlint`. */
export interface Settings {
  /** False: nothing is linted and nothing is offered. */
  enable: boolean
  /** When diagnostics are made anew. */
  run: 'onType' | 'onSave'
  /** One configuration file for all files, instead of the nearest; absolute or relative to the workspace folder. */
  configFile: string | undefined
  /** The versions the manifests are for, instead of `settings.kubernetesVersion`: `1.31`, `1.29-1.33`. */
  kubernetesVersion: string[] | undefined
  hover: { enable: boolean }
  completion: { enable: boolean }
}

const defaultSettings: Settings = {
  enable: true,
  run: 'onType',
  configFile: undefined,
  kubernetesVersion: undefined,
  hover: { enable: true },
  completion: { enable: true },
}

/** Reads what a client gives; what is missing, or of another shape, has its default. */
export function readSettings(value: unknown): Settings {
  const given = asRecord(value)
  const texts = [given.kubernetesVersion].flat().filter((one) => typeof one === 'string' && one !== '')
  return {
    enable: asBoolean(given.enable, defaultSettings.enable),
    run: given.run === 'onSave' ? 'onSave' : 'onType',
    configFile:
      typeof given.configFile === 'string' && given.configFile !== '' ? given.configFile : undefined,
    kubernetesVersion: texts.length > 0 ? (texts as string[]) : undefined,
    hover: { enable: asBoolean(asRecord(given.hover).enable, defaultSettings.hover.enable) },
    completion: { enable: asBoolean(asRecord(given.completion).enable, defaultSettings.completion.enable) },
  }
}

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function asBoolean(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise
}
