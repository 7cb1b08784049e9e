/** Imports nothing at run time, so that a plugin's own copy costs nothing. */
import type { Config } from './lint/config.ts'
import type { Rule, RuleOptions } from './lint/rule.ts'

/**
 * Types a rule. Returns it unchanged.
 * @param rule `meta` and `create`, as in ESLint
 */
export function defineRule<MessageIds extends string, Options extends RuleOptions = []>(
  rule: Rule<MessageIds, Options>,
): Rule<MessageIds, Options> {
  return rule
}

/**
 * Types a configuration and flattens nested arrays.
 * @param configs configuration objects, or arrays of them; a later one overrides an earlier one
 */
export function defineConfig(...configs: (Config | Config[])[]): Config[] {
  return configs.flat()
}
