import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createConfigResolver, type Plugin, prepareConfig, type ResolvedConfig } from '@daemonlint/core'
import {
  type ConfigLookup,
  createConfigLookup,
  findConfigFile,
  type Ignores,
  type OwnCopies,
} from '@daemonlint/node'

/** A configuration file that cannot be used. */
export interface ConfigFailure {
  /** Absolute. */
  filePath: string
  /** 1-based; undefined where nobody can tell. */
  line: number | undefined
  /** 1-based. */
  column: number | undefined
  /** Without the place. */
  message: string
  /** Nothing is wrong with it: it is a program, and the person does not trust the folder. */
  untrusted: boolean
}

export interface ConfigurationOptions {
  /** The built-in rules and presets. */
  builtin: Plugin
  ownCopies?: OwnCopies | undefined
  /** Whether configurations and plugins that are programs may run. */
  trusted: boolean
  /** Absolute: the workspace folder, where the globs of `configFile` start. */
  cwd: string
  /** One configuration file for all files, instead of the nearest; absolute or relative to `cwd`. */
  configFile?: string | undefined
  /** Called around the code of a configuration. */
  whileLoading?: <Loaded>(filePath: string, load: () => Promise<Loaded>) => Promise<Loaded>
}

/**
 * The configurations of open files, as the command finds them. One that breaks takes nothing down: the last good one
 * holds until it is mended, and where there was none, no rules do, only the API server's checks.
 */
export interface Configuration {
  /** @param path absolute; undefined for what is no file, for which the workspace folder's holds */
  forFile(path: string | undefined): Promise<ResolvedConfig>
  /** The configuration file that holds for what {@link forFile} takes, absolute; undefined where there is none. */
  fileOf(path: string | undefined): string | undefined
  /** Reads everything anew when it is next asked for. */
  reload(): void
  /** What is known to be broken, one for each file. */
  failures(): readonly ConfigFailure[]
  /** The configuration file of each file that was asked for, absolute; undefined where there is none. */
  known(): ReadonlyMap<string, string | undefined>
  /** What configurations pass over; one that is broken, nothing. */
  ignores: Ignores
  /** Looks whether the configuration files are still what was read, and where they were. */
  isOutdated(): boolean
}

export function createConfiguration(options: ConfigurationOptions): Configuration {
  const { builtin, cwd, trusted } = options
  const fixed = options.configFile === undefined ? undefined : resolve(cwd, options.configFile)
  const newLookup = () =>
    createConfigLookup({
      cwd,
      builtin,
      trusted,
      ...(fixed !== undefined && { configPath: fixed }),
      ...(options.ownCopies && { ownCopies: options.ownCopies }),
      ...(options.whileLoading && { whileLoading: options.whileLoading }),
    })
  let lookup = newLookup()
  let madeAt = Date.now()
  /** Something was read that is gone. */
  let isStale = false
  const prepared = new WeakMap<ResolvedConfig, Promise<void>>()
  const failures = new Map<string, ConfigFailure>()
  const known = new Map<string, string | undefined>()
  /** By configuration file: the look-up that could last use it. */
  const good = new Map<string, ConfigLookup>()
  let bare: ResolvedConfig | undefined

  async function ask(from: ConfigLookup, path: string | undefined): Promise<ResolvedConfig> {
    const config =
      path === undefined
        ? (await from.forDirectory(cwd)).resolver.forFile(undefined)
        : await from.forFile(path)
    let ready = prepared.get(config)
    if (!ready) {
      ready = prepareConfig(config)
      prepared.set(config, ready)
    }
    await ready
    return config
  }

  /** When each configuration file was changed last. */
  const modified = new Map<string, number>()

  function configFileOf(directory: string): string | undefined {
    if (!known.has(directory)) note(directory, fixed ?? findConfigFile(directory))
    return known.get(directory)
  }

  function note(directory: string, filePath: string | undefined): void {
    known.set(directory, filePath)
    if (filePath === undefined || modified.has(filePath)) return
    const time = modifiedAt(filePath)
    // It may have been read before it changed, when the folder was looked through.
    const isUncertain = time > madeAt && time <= Date.now()
    modified.set(filePath, isUncertain ? Number.NaN : time)
  }

  async function instead(filePath: string, path: string | undefined): Promise<ResolvedConfig> {
    const before = good.get(filePath)
    if (before) {
      try {
        return await ask(before, path)
      } catch {}
    }
    bare ??= createConfigResolver([], { builtin }).forFile(undefined)
    return bare
  }

  async function find(path: string | undefined): Promise<ResolvedConfig> {
    const used = lookup
    const directory = path === undefined ? cwd : dirname(path)
    const filePath = configFileOf(directory)
    try {
      const config = await ask(used, path)
      // What was read, even where another one has come or gone since.
      const { filePath: read } = await used.forDirectory(directory)
      if (used !== lookup) return config
      note(directory, read)
      if (read !== undefined) {
        good.set(read, used)
        failures.delete(read)
      }
      return config
    } catch (error) {
      const broken = filePath ?? findConfigFile(directory)
      if (broken !== undefined) {
        if (used === lookup) {
          note(directory, broken)
          failures.set(broken, failureOf(error, broken))
        }
        return instead(broken, path)
      }
      // It is gone since it was read; what else was judged by it is to be judged anew when somebody looks.
      isStale = true
      return ask(newLookup(), path)
    }
  }

  function reload(): void {
    lookup = newLookup()
    isStale = false
    madeAt = Date.now()
    failures.clear()
    known.clear()
    modified.clear()
  }

  return {
    forFile: find,
    fileOf: (path) => configFileOf(path === undefined ? cwd : dirname(path)),
    reload,
    ignores: {
      ignoresFile: async (path) => {
        try {
          return await lookup.ignoresFile(path)
        } catch {
          return false
        }
      },
      ignoresDirectory: async (path) => {
        try {
          return await lookup.ignoresDirectory(path)
        } catch {
          return false
        }
      },
    },
    isOutdated() {
      if (isStale) return true
      for (const [filePath, time] of modified) if (modifiedAt(filePath) !== time) return true
      if (fixed !== undefined) return false
      const listings = oneLook()
      for (const [directory, filePath] of known) {
        if (findConfigFile(directory, listings) !== filePath) return true
      }
      return false
    },
    failures: () => [...failures.values()],
    known: () => known,
  }
}

/** Asks the file system once for each name, for most directories have the same ones above them. */
function oneLook(): { has(directory: string, name: string): boolean } {
  const looked = new Map<string, boolean>()
  return {
    has(directory, name) {
      const path = join(directory, name)
      const answer = looked.get(path) ?? existsSync(path)
      looked.set(path, answer)
      return answer
    },
  }
}

/** In milliseconds; 0 where there is no such file. */
function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function failureOf(error: unknown, filePath: string): ConfigFailure {
  const { message, line, column, filePath: where, untrusted } = error as Partial<ConfigFailure> & Error
  const here = where === undefined || where === filePath
  const text = message || String(error)
  return {
    filePath,
    line: here ? line : undefined,
    column: here ? column : undefined,
    message: here ? withoutPlace(text, filePath) : text,
    untrusted: untrusted === true,
  }
}

/** A diagnostic stands where its message would say that it does. */
function withoutPlace(message: string, filePath: string): string {
  if (!message.startsWith(`${filePath}:`)) return message
  return message.slice(filePath.length).replace(/^(?::\d+){0,2}:\s*/, '')
}
