import type { SeverityOrOff } from '../problem.ts'
import { normaliseVersions } from '../schema/index.ts'
import { didYouMean, nearest } from '../text/nearest.ts'
import { readRuleEntry, readSeverity } from './check-config.ts'
import type { Config, LinterOptions, Plugin, Settings } from './config.ts'
import { ConfigError } from './config-error.ts'
import { type FlatConfig, flattenConfigs } from './flatten-config.ts'
import { filesMatcher, ignoresMatcher, ignoresTreeMatcher } from './match-files.ts'
import { mergeDeep } from './merge.ts'
import { rejectionIds } from './rejection-severities.ts'
import type { ResolvedConfig, ResolvedRule, ResourceEntry } from './resolved.ts'
import type { AnyRule } from './rule.ts'
import { runsOf } from './runs.ts'

export interface ResolveOptions {
  /** The rules without a prefix. Default: the plugin that the configuration registers as `daemonlint`. */
  builtin?: Plugin | undefined
  /** Where the configuration's globs start, absolute. */
  basePath?: string | undefined
}

/** A configuration, checked once, that answers for any file. */
export interface ConfigResolver {
  /**
   * @param filePath relative to the configuration's folder, with `/`; undefined for text that has no file, to which
   *   objects with `files` do not apply
   */
  forFile(filePath: string | undefined): ResolvedConfig
  /** Whether `ignores` pass over a file, or, when its path ends with `/`, a whole folder. */
  isIgnored(path: string): boolean
  /** The `resources` entries that hold for some file, so that a run can tell which of them nothing used. */
  readonly entries: readonly ResourceEntry[]
}

/**
 * What a configuration says of one file.
 * @param configs configuration objects, as `defineConfig` returns them; later ones override earlier ones
 * @throws ConfigError
 */
export function resolveConfig(
  configs: Config | readonly Config[],
  options: ResolveOptions & { filePath?: string | undefined } = {},
): ResolvedConfig {
  return createConfigResolver(configs, options).forFile(options.filePath)
}

interface Layer extends Omit<FlatConfig, 'rules'> {
  applies(filePath: string | undefined): boolean
  rules: { id: string; severity: SeverityOrOff; options?: unknown[] }[]
  entries: ResourceEntry[]
}

/**
 * Checks a configuration and prepares it for many files.
 * @throws ConfigError
 */
export function createConfigResolver(
  configs: Config | readonly Config[],
  { builtin, basePath }: ResolveOptions = {},
): ConfigResolver {
  const { configs: flat, plugins } = flattenConfigs(configs, builtin)
  const rules = rulesOf(plugins)
  const known: Known = {
    rules,
    ids: new Set([...rules.keys(), ...rejectionIds]),
    settingsSchemas: settingsOf(plugins),
    basePath,
  }
  const layers = flat.filter((config) => !config.globalIgnores).map((config) => layerOf(config, known))
  const global = flat.filter((config) => config.globalIgnores)
  for (const { where, ignores } of global) located(where, () => ignoresMatcher(ignores))
  const isIgnored = ignoresTreeMatcher(global.flatMap(({ ignores }) => ignores))
  const cache = new Map<string, ResolvedConfig>()

  return {
    forFile(filePath) {
      const path = filePath?.replace(/^(?:\.\/)+/, '')
      if (path !== undefined && isIgnored(path)) return { ...merge([], known), ignored: true }
      const chosen = layers.filter((layer) => layer.applies(path))
      const key = chosen.map((layer) => layers.indexOf(layer)).join()
      const before = cache.get(key)
      if (before) return before
      const resolved = merge(chosen, known)
      cache.set(key, resolved)
      return resolved
    },
    isIgnored,
    entries: entriesOf(layers, ({ files, ignores }) => files.length === 0 && ignores.length === 0),
  }
}

/** Every rule by its id: the built-in ones without a prefix. */
function rulesOf(plugins: Map<string, Plugin>): Map<string, AnyRule> {
  const rules = new Map<string, AnyRule>()
  for (const [namespace, plugin] of plugins) {
    const prefix = namespace === 'daemonlint' ? '' : `${namespace}/`
    for (const [name, rule] of Object.entries(plugin.rules ?? {})) rules.set(prefix + name, rule)
  }
  return rules
}

/** What plugins say of the settings that their rules read. */
function settingsOf(plugins: Map<string, Plugin>): Record<string, object> {
  return Object.assign({}, ...[...plugins.values()].map(({ settings = {} }) => settings))
}

/** What holds for all objects of a configuration. */
interface Known {
  rules: ReadonlyMap<string, AnyRule>
  /** Those of the rules, and of what the API server says. */
  ids: ReadonlySet<string>
  settingsSchemas: Readonly<Record<string, object>>
  basePath: string | undefined
}

function layerOf(config: FlatConfig, { ids, settingsSchemas }: Known): Layer {
  const { where, resources, reason } = config
  const files = located(where, () => config.files.map(filesMatcher))
  const ignored = located(where, () => ignoresMatcher(config.ignores))
  const rules = Object.entries(config.rules).map(([id, entry]) => {
    if (!ids.has(id)) throw unknownRule(id, where, [...ids])
    return { id, ...readRuleEntry(entry, `${where}: rules["${id}"]`) }
  })
  checkSettingNames(config.settings, settingsSchemas, where)
  located(`${where}: settings.kubernetesVersion`, () => normaliseVersions(config.settings.kubernetesVersion))
  return {
    ...config,
    rules: resources.length > 0 ? [] : rules,
    entries:
      resources.length > 0
        ? rules.map(({ id, ...entry }) => ({
            id: `${where}: ${id}`,
            ruleId: id,
            ...entry,
            resources,
            reason,
          }))
        : [],
    applies(path) {
      if (path === undefined) return files.length === 0
      return files.every((matches) => matches(path)) && !ignored(path)
    },
  }
}

/** Settings are anyone's; but one that is nearly a known name is that name misspelt, and would count for nothing. */
function checkSettingNames(
  settings: Settings,
  schemas: Readonly<Record<string, object>>,
  where: string,
): void {
  const known = ['kubernetesVersion', ...Object.keys(schemas)]
  for (const name of Object.keys(settings)) {
    if (known.includes(name)) continue
    const guess = didYouMean(name, known)
    if (guess) throw new ConfigError(`${where}: settings has '${name}', which no plugin declares.${guess}`)
  }
}

/**
 * The entries of layers, without those that a later layer overrides: it sets their rule for all resources.
 * @param overrides which layers count as such
 */
function entriesOf(layers: readonly Layer[], overrides: (layer: Layer) => boolean = () => true) {
  let entries: ResourceEntry[] = []
  for (const layer of layers) {
    const set = new Set(overrides(layer) ? layer.rules.map(({ id }) => id) : [])
    entries = [...entries.filter(({ ruleId }) => !set.has(ruleId)), ...layer.entries]
  }
  return entries
}

function merge(layers: readonly Layer[], known: Known): ResolvedConfig {
  const rules: Record<string, ResolvedRule> = {}
  const rejections: Record<string, SeverityOrOff> = {}
  let settings: Settings = {}
  let linterOptions: LinterOptions = {}
  const entries = entriesOf(layers)
  for (const layer of layers) {
    settings = mergeDeep(settings, layer.settings)
    linterOptions = { ...linterOptions, ...layer.linterOptions }
    for (const { id, severity, options } of layer.rules) {
      // Of a plugin's rule it is not known yet that it is one.
      const rule = known.rules.get(id)!
      if (known.rules.has(id))
        rules[id] = { id, rule, severity, options: options ?? rules[id]?.options ?? [] }
      else rejections[id] = severity
    }
  }
  for (const { ruleId } of entries) {
    const rule = known.rules.get(ruleId)!
    if (known.rules.has(ruleId)) rules[ruleId] ??= { id: ruleId, rule, severity: 'off', options: [] }
  }
  return {
    ignored: false,
    rules,
    entries,
    runs: runsOf({ rules, entries }),
    rejections,
    knownRules: [...known.ids],
    settings,
    settingsSchemas: known.settingsSchemas,
    basePath: known.basePath,
    linterOptions: {
      noInlineConfig: linterOptions.noInlineConfig ?? false,
      reportUnusedDisableDirectives: unusedSeverity(linterOptions.reportUnusedDisableDirectives),
      allowRejected: linterOptions.allowRejected ?? false,
      renderCharts: linterOptions.renderCharts ?? false,
      renderKustomizations: linterOptions.renderKustomizations ?? false,
    },
    kubernetesVersions: normaliseVersions(settings.kubernetesVersion),
  }
}

function unusedSeverity(value: LinterOptions['reportUnusedDisableDirectives']): SeverityOrOff {
  if (value === undefined || value === true) return 'warn'
  return value === false ? 'off' : readSeverity(value)!
}

/** What a part of the configuration says is wrong, with the place of it. */
function located<Result>(where: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw new ConfigError(`${where}: ${(error as Error).message}`)
  }
}

function unknownRule(id: string, where: string, known: readonly string[]): ConfigError {
  const unprefixed = id.replace(/^daemonlint\//, '')
  const guess = known.includes(unprefixed) ? unprefixed : nearest(id, known)
  const slash = id.lastIndexOf('/')
  const hint = guess
    ? ` Did you mean '${guess}'?`
    : slash > 0 && !known.some((rule) => rule.startsWith(id.slice(0, slash + 1)))
      ? ` No plugin is registered as '${id.slice(0, slash)}': add it to 'plugins'.`
      : ' It is neither built in nor of a plugin in `plugins`.'
  return new ConfigError(`${where}: rules names '${id}', which is no rule.${hint}`)
}
