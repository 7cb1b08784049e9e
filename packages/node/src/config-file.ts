import { dirname, join } from 'node:path'
import { type Config, ConfigError, flatConfigs } from '@daemonlint/core'
import { FileError, isConfigError } from './errors.ts'
import { createListings, type Listings } from './listings.ts'
import { loadData } from './load-data.ts'
import { defaultOf, importFile } from './load-module.ts'
import { loadPlugins } from './load-plugins.ts'
import { explainFailure } from './module-error.ts'
import type { OwnCopies } from './own-copies.ts'
import { readFile } from './read-file.ts'
import { settles } from './settles.ts'
import { namedPlugin, untrusted } from './trust.ts'

/** The names of configuration files. Where a folder holds several, the first of this list is read. */
export const configFileNames = [
  'daemonlint.config.js',
  'daemonlint.config.mjs',
  'daemonlint.config.cjs',
  'daemonlint.config.ts',
  'daemonlint.config.mts',
  'daemonlint.config.cts',
  'daemonlint.config.json',
  'daemonlint.config.yaml',
  'daemonlint.config.yml',
] as const

/**
 * The nearest configuration file, from a folder upward to the root of the file system.
 * @param directory absolute
 * @returns its absolute path, or undefined
 */
export function findConfigFile(
  directory: string,
  listings: Pick<Listings, 'has'> = createListings(),
): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    const found = configFileIn(folder, listings)
    if (found !== undefined || folder === dirname(folder)) return found
  }
}

/** The configuration file in a folder itself, or undefined. */
export function configFileIn(directory: string, listings: Pick<Listings, 'has'>): string | undefined {
  const name = configFileNames.find((name) => listings.has(directory, name))
  return name === undefined ? undefined : join(directory, name)
}

export interface LoadOptions {
  /** What serves imports of daemonlint's packages where none is installed. */
  ownCopies?: OwnCopies | undefined
  /** How long a module may take, in milliseconds, beside what it computes; default 30,000. */
  timeout?: number | undefined
  /** False: configurations that are programs, or that name plugins, are refused. Default: true. */
  trusted?: boolean | undefined
}

/**
 * Loads a configuration file: JavaScript, TypeScript, YAML or JSON, whatever its name before the extension. Plugins
 * given as strings are loaded from its folder; presets stay strings.
 * @param path absolute
 * @throws {ConfigError} with file, line and column where they can be told
 */
export async function loadConfigFile(path: string, options: LoadOptions = {}): Promise<Config[]> {
  if (options.trusted === false && isModule(path)) throw untrusted('It is a program', path)
  return settles(isModule(path) ? loadModule(path, options) : loadText(path, options), path, options.timeout)
}

/** True for a configuration that is a program. */
export function isModule(path: string): boolean {
  return /\.[mc]?[jt]s$/.test(path)
}

async function loadText(path: string, { ownCopies, trusted }: LoadOptions): Promise<Config[]> {
  const configs = checked(loadData(read(path), path), path)
  const plugin = trusted === false ? namedPlugin(configs) : undefined
  if (plugin !== undefined) throw untrusted(`It names the plugin '${plugin}'`, path)
  return loadPlugins(configs, path, ownCopies)
}

async function loadModule(path: string, options: LoadOptions): Promise<Config[]> {
  const value = await exported(path, options)
  try {
    return await loadPlugins(checked(value, path), path, options.ownCopies)
  } catch (error) {
    // What reads as data may run code: a getter, a proxy.
    throw await explainFailure(error, path)
  }
}

async function exported(path: string, { ownCopies }: LoadOptions): Promise<unknown> {
  const module = await importFile(path, ownCopies)
  if (!('default' in module)) {
    throw new ConfigError('It has no default export. Write `export default [ … ]`.', { filePath: path })
  }
  const value = defaultOf(module)
  try {
    return await value
  } catch (error) {
    throw await explainFailure(error, path)
  }
}

function read(path: string): string {
  try {
    return Buffer.from(readFile(path)).toString('utf8')
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new ConfigError(error.message.replace(`${path} cannot`, 'Cannot'), { filePath: path })
  }
}

function checked(value: unknown, filePath: string): Config[] {
  if (typeof value === 'function') {
    throw new ConfigError('It exports a function. Export what the function returns, or a promise of it.', {
      filePath,
    })
  }
  if (value === undefined || value === null) {
    throw new ConfigError(
      'It is empty. Write `extends: daemonlint/recommended`, or `[]` for no rules, or remove the file.',
      { filePath },
    )
  }
  const list = located(filePath, () => flatConfigs(value))
  for (const [index, item] of list.entries()) {
    if (typeof item === 'object' && item !== null) continue
    const where = Array.isArray(value)
      ? `Item ${index} of the list is ${described(item)}`
      : described(item, true)
    const advice =
      typeof item === 'string'
        ? `A preset is named by \`extends: ${item}\`, a plugin by \`plugins\`.`
        : 'Give a configuration object, or a list of them.'
    throw new ConfigError(`${where}, not an object. ${advice}`, { filePath })
  }
  return list as Config[]
}

function located<Result>(filePath: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw isConfigError(error) ? new ConfigError(error.message, { filePath }) : error
  }
}

function described(value: unknown, whole = false): string {
  const text =
    value === null ? 'null' : value === undefined ? 'undefined' : `the ${typeof value} ${String(value)}`
  return whole ? `The configuration is ${text}` : text
}
