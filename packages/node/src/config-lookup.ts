import { dirname, resolve } from 'node:path'
import {
  type Config,
  ConfigError,
  type ConfigResolver,
  createConfigResolver,
  type Plugin,
  type ResolvedConfig,
} from '@daemonlint/core'
import { configFileIn, isModule, loadConfigFile } from './config-file.ts'
import { isConfigError } from './errors.ts'
import type { Ignores } from './find-files.ts'
import { createListings, type Listings } from './listings.ts'
import { explainFailure } from './module-error.ts'
import type { OwnCopies } from './own-copies.ts'
import { relativePath } from './paths.ts'

export interface LookupOptions {
  /** Absolute. Patterns of `configPath` and of no configuration at all are relative to it. */
  cwd: string
  /** One configuration file for all files, instead of the nearest; absolute or relative to `cwd`. */
  configPath?: string | undefined
  /** False: configuration files are not looked for. */
  lookup?: boolean
  /** The built-in rules and presets. */
  builtin: Plugin
  /** What arguments say; comes after every configuration. */
  overrides?: Config | readonly Config[] | undefined
  ownCopies?: OwnCopies
  /** False: configurations that are programs, or that name plugins, are refused. Default: true. */
  trusted?: boolean
  listings?: Listings
  /** Loads a configuration file by calling `load`, so that a host can do something before and after. */
  whileLoading?: <Loaded>(filePath: string, load: () => Promise<Loaded>) => Promise<Loaded>
}

/** The configurations of a run. Each file is loaded once, when the first file it speaks of is asked for. */
export interface ConfigLookup extends Ignores {
  /**
   * What holds for a file; `ignored: true` when its configuration passes over it. The same object for files for
   * which the same holds.
   * @param path absolute
   * @throws {ConfigError}
   */
  forFile(path: string): Promise<ResolvedConfig>
  /**
   * The configuration that holds in a directory.
   * @param directory absolute
   * @throws {ConfigError}
   */
  forDirectory(directory: string): Promise<LookedUp>
  /** The configurations in use so far, in the order of their paths. */
  loaded(): Promise<LookedUp[]>
}

/** A configuration and where its patterns start. */
export interface LookedUp {
  /** The configuration file, absolute; undefined when there is none and `daemonlint/recommended` holds. */
  filePath: string | undefined
  /** Absolute. */
  basePath: string
  configs: readonly Config[]
  resolver: ConfigResolver
}

/** Where no configuration is. */
export const defaultConfig: readonly Config[] = [{ extends: ['daemonlint/recommended'] }]

/** Finds the configuration of each file: the nearest one upward from its folder. */
export function createConfigLookup(options: LookupOptions): ConfigLookup {
  const {
    cwd,
    builtin,
    ownCopies,
    trusted,
    listings = createListings(),
    whileLoading = (_, load) => load(),
  } = options
  const overrides = [options.overrides ?? []].flat() as Config[]
  const paths = new Map<string, string | undefined>()
  const configs = new Map<string | undefined, Promise<LookedUp>>()
  /** Those that are there already, so that a walk need not wait a turn for each file. */
  const ready = new Map<string | undefined, LookedUp>()
  const fixed = options.configPath === undefined ? undefined : resolve(cwd, options.configPath)
  const looks = fixed === undefined && options.lookup !== false

  function pathFor(directory: string): string | undefined {
    if (!looks) return fixed
    if (paths.has(directory)) return paths.get(directory)
    const parent = dirname(directory)
    const path = configFileIn(directory, listings) ?? (parent === directory ? undefined : pathFor(parent))
    paths.set(directory, path)
    return path
  }

  function load(path: string | undefined): Promise<LookedUp> {
    let found = configs.get(path)
    if (!found) {
      found = newLookedUp(path)
      configs.set(path, found)
    }
    return found
  }

  async function newLookedUp(filePath: string | undefined): Promise<LookedUp> {
    const own =
      filePath === undefined
        ? defaultConfig
        : await whileLoading(filePath, () => loadConfigFile(filePath, { ownCopies, trusted }))
    const basePath = filePath === undefined || filePath === fixed ? cwd : dirname(filePath)
    const found = { filePath, basePath, configs: own, resolver: await resolverOf(own, filePath, basePath) }
    ready.set(filePath, found)
    return found
  }

  async function resolverOf(
    own: readonly Config[],
    filePath: string | undefined,
    basePath: string,
  ): Promise<ConfigResolver> {
    let resolver: ConfigResolver
    try {
      resolver = createConfigResolver(own, { builtin, basePath })
    } catch (error) {
      if (filePath === undefined) throw error
      if (isConfigError(error)) throw new ConfigError(error.message, { filePath })
      // What reads as data may run code: a getter, a proxy.
      throw isModule(filePath) ? await explainFailure(error, filePath) : error
    }
    // What is wrong in the arguments names itself, and no file.
    return overrides.length === 0
      ? resolver
      : createConfigResolver([...own, ...overrides], { builtin, basePath })
  }

  /** Asks what is there at once, and waits only for what must be loaded. */
  function ask<T>(directory: string, answer: (found: LookedUp) => T): T | Promise<T> {
    const path = pathFor(directory)
    const found = ready.get(path)
    return found ? answer(found) : load(path).then(answer)
  }

  return {
    async forFile(path) {
      return ask(dirname(path), ({ basePath, resolver }) => resolver.forFile(relativePath(basePath, path)))
    },
    async forDirectory(directory) {
      return load(pathFor(directory))
    },
    async loaded() {
      const all = await Promise.all(configs.values())
      return all.sort((a, b) => compare(a.filePath ?? '', b.filePath ?? ''))
    },
    ignoresFile(path) {
      return ask(dirname(path), ({ basePath, resolver }) => resolver.isIgnored(relativePath(basePath, path)))
    },
    ignoresDirectory(path) {
      return ask(dirname(path), ({ basePath, resolver }) =>
        resolver.isIgnored(`${relativePath(basePath, path)}/`),
      )
    },
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
