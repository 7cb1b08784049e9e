import type { Config } from '@daemonlint/core'
import { createLookup } from './lookup.ts'
import { parseOptions } from './options.ts'

/**
 * The presets of the plugins that the configuration of a folder names.
 * @param directory absolute
 * @returns each plugin's name in the configuration, which several may have, and what it calls its presets
 * @throws an error named ConfigError
 */
export async function pluginPresets(directory: string): Promise<[name: string, presets: unknown][]> {
  const { configs } = await createLookup(parseOptions([]), directory).forDirectory(directory)
  const found = configs.flatMap(presetsOf)
  // Several parts of a configuration may name the same plugin.
  return found.filter(([, presets], index) => !found.slice(0, index).some(([, one]) => one === presets))
}

function presetsOf({ plugins = {} }: Config): [string, unknown][] {
  return Object.entries(plugins).flatMap(([name, plugin]): [string, unknown][] => {
    if (typeof plugin === 'string') return []
    const { presets = (plugin as { default?: { presets?: unknown } }).default?.presets } = plugin
    return presets === undefined ? [] : [[name, presets]]
  })
}
