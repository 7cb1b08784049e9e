import type { Plugin, ResolvedConfig } from '@daemonlint/core'
import { digestOf } from './digest.ts'

/** What stands for a configuration, or why nothing can: a clause. */
export type ConfigKey = { key: string; obstacle?: never } | { key?: never; obstacle: string }

/**
 * What stands for a configuration: two files for which it is the same are judged by the same rules. There is none where a
 * rule of a plugin or of a JavaScript configuration is on, whose code may rest on anything, or where an option is no
 * plain data.
 * @param builtin the rules whose code the version of the command tells
 */
export function configKey(config: ResolvedConfig, builtin: Plugin): ConfigKey {
  const own = new Set<unknown>(Object.values(builtin.rules ?? {}))
  const foreign = config.runs.find(({ rule }) => !own.has(rule))
  if (foreign) return { obstacle: `rule '${foreign.id}' is not built in, and its code may rest on anything` }
  const { rules, entries, rejections, knownRules, settings, settingsSchemas, linterOptions } = config
  const told = {
    rules: Object.values(rules).map(({ id, severity, options }) => [id, severity, options]),
    entries,
    rejections,
    knownRules,
    settings,
    settingsSchemas,
    linterOptions,
    kubernetesVersions: config.kubernetesVersions,
  }
  return isPlain(told)
    ? { key: digestOf(JSON.stringify(told)) }
    : { obstacle: 'an option or a setting is no plain data' }
}

/** True for what JSON says in full. */
function isPlain(value: unknown, depth = 0): boolean {
  if (depth > 100) return false
  if (value === null || value === undefined) return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean'
  const prototype: unknown = Object.getPrototypeOf(value)
  const isData = Array.isArray(value) || prototype === null || prototype === Object.prototype
  return isData && Reflect.ownKeys(value).every((key) => isDatum(value, key, depth))
}

function isDatum(value: object, key: string | symbol, depth: number): boolean {
  if (Array.isArray(value) && key === 'length') return true
  const property = Object.getOwnPropertyDescriptor(value, key)
  return (
    typeof key === 'string' &&
    property !== undefined &&
    property.enumerable === true &&
    'value' in property &&
    key !== 'toJSON' &&
    isPlain(property.value, depth + 1)
  )
}
