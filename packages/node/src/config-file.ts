import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Config, ConfigError } from '@daemonlint/core'
import { systemReason } from './errors.ts'
import { createListings, type Listings } from './listings.ts'
import { loadData } from './load-data.ts'
import { defaultOf, importFile } from './load-module.ts'
import { loadPlugins } from './load-plugins.ts'
import { explainFailure } from './module-error.ts'
import type { OwnCopies } from './own-copies.ts'

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
  ownCopies?: OwnCopies
}

/**
 * Loads a configuration file: JavaScript, TypeScript, YAML or JSON, whatever its name before the extension. Plugins
 * given as strings are loaded from its folder; presets stay strings.
 * @param path absolute
 * @throws {ConfigError} with file, line and column where they can be told
 */
export async function loadConfigFile(path: string, options: LoadOptions = {}): Promise<Config[]> {
  const isModule = /\.[mc]?[jt]s$/.test(path)
  const value = isModule ? await exported(path, options.ownCopies) : loadData(read(path), path)
  const configs = checked(value, path)
  return loadPlugins(configs, path, options.ownCopies)
}

async function exported(path: string, ownCopies: OwnCopies | undefined): Promise<unknown> {
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
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`Cannot be read: ${systemReason(error)}.`, { filePath: path })
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
  const list: unknown[] = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value]
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

function described(value: unknown, whole = false): string {
  const text =
    value === null ? 'null' : value === undefined ? 'undefined' : `the ${typeof value} ${String(value)}`
  return whole ? `The configuration is ${text}` : text
}
