import type { Config } from '@daemonlint/core'
import { createLookup } from './lookup.ts'
import { parseOptions } from './options.ts'

/**
 * The presets of the plugins that the configuration of a folder names.
 * @param directory absolute
 * @returns what a plugin calls its presets, by the plugin's name in the configuration
 * @throws an error named ConfigError
 */
export async function pluginPresets(directory: string): Promise<Record<string, unknown>> {
  const { configs } = await createLookup(parseOptions([]), directory).forDirectory(directory)
  return Object.fromEntries(configs.flatMap(presetsOf))
}

function presetsOf({ plugins = {} }: Config): [string, unknown][] {
  return Object.entries(plugins).flatMap(([name, plugin]) => {
    if (typeof plugin === 'string') return []
    const { presets = (plugin as { default?: { presets?: unknown } }).default?.presets } = plugin
    return presets === undefined ? [] : [[`Plugin '${name}'`, presets] as [string, unknown]]
  })
}
