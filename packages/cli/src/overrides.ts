import type { Config, RuleEntry } from '@daemonlint/core'
import { parse } from 'yaml'
import type { Options } from './options.ts'
import { UsageError } from './usage-error.ts'

/** What the arguments say of rules, as configuration objects that come after all others. */
export function overridesOf(options: Options): Config[] {
  const configs: Config[] = []
  for (const text of options.rule) configs.push({ name: '--rule', rules: readRule(text) })
  if (!options.inlineConfig) configs.push({ linterOptions: { noInlineConfig: true } })
  if (options.reportUnusedDisableDirectives)
    configs.push({ linterOptions: { reportUnusedDisableDirectives: 'error' } })
  // Brings back what configurations ignore.
  if (!options.ignore) configs.push({ ignores: ['!**'] })
  return configs
}

/**
 * @param text `image-tag: error`, `image-tag: [warn, { … }]`, several with commas between them, or a JSON object
 * @throws UsageError
 */
function readRule(text: string): Record<string, RuleEntry> {
  const trimmed = text.trim()
  // `image-tag:error` is one word in YAML.
  const spaced = trimmed.replace(/^([\w@/-]+):(?=\S)/, '$1: ')
  let rules: unknown
  try {
    rules = parse(trimmed.startsWith('{') ? trimmed : `{ ${spaced} }`, { logLevel: 'error' })
  } catch {
    throw misread(text)
  }
  const isRecord = typeof rules === 'object' && rules !== null && !Array.isArray(rules)
  if (!isRecord || Object.values(rules as object).some((entry) => entry === null)) throw misread(text)
  return rules as Record<string, RuleEntry>
}

function misread(text: string): UsageError {
  return new UsageError(`--rule '${text}' cannot be read. Write --rule 'image-tag: error'.`)
}
