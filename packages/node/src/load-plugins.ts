import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Config, ConfigError, type Plugin } from '@daemonlint/core'
import { errorCode, sentence } from './errors.ts'
import { defaultOf, importFile } from './load-module.ts'
import { type OwnCopies, serveOwnCopies, specifierFrom } from './own-copies.ts'

/**
 * Loads the plugins that a configuration names by strings, as an import in the configuration file would.
 * @param configs left as they are
 * @param configPath the configuration file, absolute
 * @returns the configurations with the plugins themselves
 * @throws {ConfigError} naming the plugin
 */
export async function loadPlugins(
  configs: readonly Config[],
  configPath: string,
  ownCopies: OwnCopies = {},
): Promise<Config[]> {
  return Promise.all(configs.map((config) => withPlugins(config, configPath, ownCopies)))
}

async function withPlugins(config: Config, configPath: string, ownCopies: OwnCopies): Promise<Config> {
  const result = { ...config }
  if (isRecord(config.plugins)) {
    const plugins: Record<string, Plugin | string> = { ...config.plugins }
    for (const [namespace, plugin] of Object.entries(plugins)) {
      if (typeof plugin !== 'string') continue
      plugins[namespace] = await loadPlugin(namespace, plugin, configPath, ownCopies)
    }
    result.plugins = plugins
  }
  if (Array.isArray(config.extends) || isRecord(config.extends)) {
    result.extends = (await extended(config.extends, configPath, ownCopies)) as Config['extends']
  }
  return result
}

async function extended(value: unknown, configPath: string, ownCopies: OwnCopies): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => extended(item, configPath, ownCopies)))
  return isRecord(value) ? withPlugins(value, configPath, ownCopies) : value
}

async function loadPlugin(namespace: string, specifier: string, configPath: string, ownCopies: OwnCopies) {
  const told = `Plugin '${namespace}' (${specifier})`
  const module = await imported(specifier, configPath, ownCopies).catch((error: unknown) => {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
    throw new ConfigError(`${told} cannot be loaded: ${sentence(reason)}`, { filePath: configPath })
  })
  const plugin = defaultOf(module)
  const found = isRecord(plugin) ? plugin : module
  if (
    !isRecord(found) ||
    !(isRecord(found.rules) || isRecord(found.configs) || Array.isArray(found.presets))
  ) {
    throw new ConfigError(
      `${told} exports neither rules nor configs nor presets. A plugin exports \`{ rules: { … } }\`.`,
      {
        filePath: configPath,
      },
    )
  }
  return found as Plugin
}

async function imported(specifier: string, configPath: string, ownCopies: OwnCopies): Promise<object> {
  let path: string
  try {
    const isUrl = specifier.startsWith('file:')
    path = isUrl ? fileURLToPath(specifier) : createRequire(configPath).resolve(specifier)
  } catch (error) {
    if (errorCode(error) === 'MODULE_NOT_FOUND' && !Object.hasOwn(ownCopies, specifier)) {
      const advice = /^[./]/.test(specifier) ? 'correct the path' : `install it (npm install ${specifier})`
      throw new Error(`it is not found from the configuration's folder; ${advice}`)
    }
    // Packages for `import` alone, and our own copies.
    serveOwnCopies(ownCopies)
    return import(/* @vite-ignore */ specifierFrom(specifier, pathToFileURL(configPath).href))
  }
  return importFile(path, ownCopies)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
