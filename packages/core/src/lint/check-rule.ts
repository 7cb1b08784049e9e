import { show } from './check-config.ts'
import { ConfigError } from './config-error.ts'
import { isPlainObject } from './merge.ts'
import type { AnyRule } from './rule.ts'

/**
 * Checks that what a plugin calls a rule is one, as far as running it needs.
 * @param id `plugin/rule`, or the name of a built-in rule
 * @throws ConfigError that names the rule, its plugin and what is wrong
 */
export function checkRule(id: string, rule: unknown): asserts rule is AnyRule {
  const found = faultOf(rule)
  if (found === undefined) return
  const slash = id.lastIndexOf('/')
  const name = slash < 0 ? `Rule '${id}'` : `Rule '${id.slice(slash + 1)}' of plugin '${id.slice(0, slash)}'`
  throw new ConfigError(`${name}: ${found}`)
}

function faultOf(rule: unknown): string | undefined {
  if (!isPlainObject(rule)) {
    return `a rule is an object with 'meta' and 'create'; found ${show(rule)}.`
  }
  const { meta, create } = rule
  if (typeof create !== 'function') return `'create' must be a function; found ${show(create)}.`
  if (!isPlainObject(meta)) return `'meta' must be an object with 'messages'; found ${show(meta)}.`
  const { messages, needs } = meta
  if (!isPlainObject(messages) || !Object.values(messages).every((text) => typeof text === 'string')) {
    return `'meta.messages' must be an object of texts, by message id; found ${show(messages)}.`
  }
  for (const key of ['schema', 'defaultOptions', 'supersedes']) {
    if (meta[key] !== undefined && !Array.isArray(meta[key])) {
      return `'meta.${key}' must be a list; found ${show(meta[key])}.`
    }
  }
  if (needs === undefined) return undefined
  if (!isPlainObject(needs)) return `'meta.needs' must be an object; found ${show(needs)}.`
  const { kinds } = needs
  if (kinds === undefined || (Array.isArray(kinds) && kinds.every((kind) => typeof kind === 'string'))) {
    return undefined
  }
  return `'meta.needs.kinds' must be a list of kinds; found ${show(kinds)}.`
}
