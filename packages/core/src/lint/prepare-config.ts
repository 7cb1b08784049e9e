import { show } from './check-config.ts'
import { ConfigError } from './config-error.ts'
import type { ResolvedConfig } from './resolved.ts'
import type { AnyRule } from './rule.ts'

/**
 * Checks the options and the settings that a configuration gives to rules. It is a step of its own, and asynchronous,
 * because ajv takes 50 ms to load and most configurations give neither: then nothing is loaded. Call it once for each
 * resolved configuration, before `lint`, which is synchronous and trusts them.
 * @throws ConfigError that names the rule or the setting, and what is allowed
 */
export async function prepareConfig(config: ResolvedConfig): Promise<void> {
  const given = givenOptions(config)
  const settings = givenSettings(config)
  if (given.length + settings.length === 0) return
  const { checkRuleOptions, checkSetting } = await import('./check-options.ts')
  for (const [name, value, schema] of settings) checkSetting(name, value, schema)
  for (const { id, rule, options, where } of given) checkRuleOptions(id, rule, options, where)
}

/** True when `prepareConfig` has something to check, and so something to wait for. */
export function needsPreparation(config: ResolvedConfig): boolean {
  return givenOptions(config).length + givenSettings(config).length > 0
}

/** The settings that a plugin has a schema for: name, value, schema. */
export function givenSettings({ settings, settingsSchemas }: ResolvedConfig): [string, unknown, object][] {
  return Object.entries(settingsSchemas).flatMap(([name, schema]) =>
    settings[name] === undefined ? [] : [[name, settings[name], schema] as [string, unknown, object]],
  )
}

interface Given {
  id: string
  rule: AnyRule
  options: readonly unknown[]
  where: string
}

function givenOptions({ rules, entries }: ResolvedConfig): Given[] {
  const given: Given[] = []
  const add = (id: string, options: readonly unknown[] | undefined, where: string) => {
    const rule = rules[id]?.rule
    if (!rule || !options || options.length === 0) return
    if (!rule.meta.schema || rule.meta.schema.length === 0) {
      throw new ConfigError(`${where}: the rule takes no options; found ${show(options)}.`)
    }
    given.push({ id, rule, options, where })
  }
  for (const { id, severity, options } of Object.values(rules)) {
    if (severity !== 'off') add(id, options, `Rule '${id}'`)
  }
  for (const { id, ruleId, severity, options } of entries) if (severity !== 'off') add(ruleId, options, id)
  return given
}
