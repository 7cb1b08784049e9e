import { didYouMean, nearest } from '../text/nearest.ts'
import { checkConfig, show } from './check-config.ts'
import type { Config, LinterOptions, Plugin, ResourceMatch, RuleEntry, Settings } from './config.ts'
import { ConfigError } from './config-error.ts'
import { flatConfigs } from './flat-configs.ts'
import { isPlainObject } from './merge.ts'

/** A configuration object without `extends`. What it inherits from the object that extends it must match as well. */
export interface FlatConfig {
  /** `config[1] "agents" > daemonlint/recommended` */
  where: string
  files: readonly (string | string[])[][]
  ignores: readonly string[]
  /** Only `ignores`: the files are not linted at all. */
  globalIgnores: boolean
  rules: Readonly<Record<string, RuleEntry>>
  resources: readonly (readonly ResourceMatch[])[]
  reason: string | undefined
  settings: Settings
  linterOptions: LinterOptions
}

export interface FlatConfigs {
  configs: FlatConfig[]
  /** All plugins that any object names; a later one wins. */
  plugins: Map<string, Plugin>
}

interface Inherited {
  files: readonly (string | string[])[][]
  ignores: readonly string[]
  resources: readonly (readonly ResourceMatch[])[]
  reason: string | undefined
  /** Names of the presets on the way here. */
  chain: readonly string[]
}

/**
 * Resolves `extends`: what an object extends comes before it, and is bound to its `files`, `ignores` and `resources`.
 * @param builtin the rules without a prefix; its presets are `daemonlint/…`
 * @throws ConfigError for wrong shapes, unknown presets and plugins that nobody resolved
 */
export function flattenConfigs(configs: unknown, builtin: Plugin | undefined): FlatConfigs {
  const plugins = new Map<string, Plugin>(builtin ? [['daemonlint', builtin]] : [])
  const flat: FlatConfig[] = []
  const list = flatConfigs(configs)
  for (const [index, config] of list.entries())
    collectPlugins(config, nameOf(`config[${index}]`, config), plugins)
  const none: Inherited = { files: [], ignores: [], resources: [], reason: undefined, chain: [] }
  for (const [index, config] of list.entries()) {
    flatten(config, nameOf(`config[${index}]`, config), none, plugins, flat)
  }
  return { configs: flat, plugins }
}

function flatten(
  config: unknown,
  where: string,
  inherited: Inherited,
  plugins: Map<string, Plugin>,
  result: FlatConfig[],
): void {
  checkConfig(config, where)
  const globalIgnores = isGlobalIgnores(config)
  const own: Inherited = globalIgnores
    ? { ...inherited, files: [], ignores: config.ignores ?? [] }
    : {
        files: config.files ? [...inherited.files, config.files] : inherited.files,
        ignores: [...inherited.ignores, ...(config.ignores ?? [])],
        resources: config.resources ? [...inherited.resources, config.resources] : inherited.resources,
        reason: config.reason ?? inherited.reason,
        chain: inherited.chain,
      }
  for (const [index, extended] of ([config.extends ?? []] as unknown[])
    .flat(Number.POSITIVE_INFINITY)
    .entries()) {
    if (typeof extended !== 'string') {
      const place = nameOf(`${where} > extends[${index}]`, extended)
      collectPlugins(extended, place, plugins)
      flatten(extended, place, own, plugins, result)
      continue
    }
    if (own.chain.includes(extended)) {
      throw new ConfigError(`${where}: extends goes in a circle: ${[...own.chain, extended].join(' > ')}.`)
    }
    const preset = findPreset(extended, where, plugins)
    for (const part of flatConfigs(preset)) {
      const place = `${where} > ${extended}`
      collectPlugins(part, place, plugins)
      flatten(part, place, { ...own, chain: [...own.chain, extended] }, plugins, result)
    }
  }
  result.push({
    where,
    globalIgnores,
    files: own.files,
    ignores: own.ignores,
    rules: config.rules ?? {},
    resources: own.resources,
    reason: own.reason,
    settings: config.settings ?? {},
    linterOptions: config.linterOptions ?? {},
  })
}

function isGlobalIgnores(config: Config): boolean {
  return (
    config.ignores !== undefined &&
    Object.keys(config).every((key) => key === 'ignores' || key === 'name' || key === '$schema')
  )
}

function collectPlugins(config: unknown, where: string, plugins: Map<string, Plugin>): void {
  if (!isPlainObject(config) || !isPlainObject(config.plugins)) return
  for (const [namespace, plugin] of Object.entries(config.plugins)) {
    const place = `${where}: plugins["${namespace}"]`
    if (typeof plugin === 'string') {
      throw new ConfigError(
        `${place} is the text '${plugin}', which was not loaded: only the command, from a configuration file, loads plugins by name. Give the plugin itself.`,
      )
    }
    // a module namespace is an object too, without Object's prototype
    if (plugin === null || typeof plugin !== 'object' || Array.isArray(plugin)) {
      throw new ConfigError(
        `${place} must be a plugin, an object with 'rules' or 'configs'; found ${show(plugin)}.`,
      )
    }
    const shaped = plugin as Plugin & { default?: Plugin }
    checkNamespace(namespace, shaped, place, plugins)
    const isEmpty = !shaped.rules && !shaped.configs && !shaped.presets
    const usable = isEmpty && shaped.default ? shaped.default : shaped
    plugins.set(namespace, usable)
  }
}

/** Some namespaces are taken. Another copy of the built-in rules, as a configuration may import it, is welcome. */
function checkNamespace(
  namespace: string,
  plugin: Plugin & { default?: Plugin },
  where: string,
  plugins: ReadonlyMap<string, Plugin>,
): void {
  const builtin = namespace === 'daemonlint' ? plugins.get(namespace) : undefined
  const { meta } = plugin.meta ? plugin : (plugin.default ?? plugin)
  if (namespace !== 'api-server' && (!builtin || builtin.meta?.name === meta?.name)) return
  const owner = builtin ? 'the built-in rules' : 'what the API server rejects'
  throw new ConfigError(
    `${where}: the namespace '${namespace}' is that of ${owner}; register the plugin under another one.`,
  )
}

function findPreset(name: string, where: string, plugins: Map<string, Plugin>): unknown {
  const slash = name.lastIndexOf('/')
  const plugin = plugins.get(name.slice(0, slash))
  const configs = plugin?.configs ?? {}
  const preset = name.slice(slash + 1)
  if (slash > 0 && Object.hasOwn(configs, preset)) return configs[preset]
  const known = [...plugins].flatMap(([namespace, { configs = {} }]) =>
    Object.keys(configs).map((config) => `${namespace}/${config}`),
  )
  const guess = didYouMean(bareMeaning(name, known) ?? name, known)
  // `recommended@1` is there as well, which would double the list.
  const listed = known.filter((preset) => !preset.includes('@', preset.lastIndexOf('/')))
  const list = listed.length > 0 ? ` Known are ${listed.map((preset) => `'${preset}'`).join(', ')}.` : ''
  throw new ConfigError(`${where}: extends names the preset '${name}', which does not exist.${guess || list}`)
}

/** `strict`, or what is near it, means `daemonlint/strict`. */
function bareMeaning(name: string, known: string[]): string | undefined {
  if (name.includes('/')) return undefined
  const bareOf = (preset: string) => preset.slice(preset.lastIndexOf('/') + 1)
  const meant = nearest(name, known.map(bareOf))
  return known.find((preset) => bareOf(preset) === meant)
}

function nameOf(place: string, config: unknown): string {
  const name = isPlainObject(config) ? config.name : undefined
  if (typeof name !== 'string') return place
  // What an argument says has no place in a file.
  return name.startsWith('--') ? name : `${place} "${name}"`
}
