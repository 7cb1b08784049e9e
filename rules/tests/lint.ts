import {
  type AnyRule,
  type Config,
  lint,
  type Plugin,
  type Problem,
  type ResolvedConfig,
  type RuleEntry,
  resolveConfig,
} from '@daemonlint/core'
import plugin from '../src/index.ts'

const configs = new Map<string, ResolvedConfig>()

/** Resolves a configuration, the same only once: a test lints thousands of texts with one. */
function resolved(config: Config, builtin: Plugin): ResolvedConfig {
  const key = `${builtin === plugin} ${JSON.stringify(config)}`
  let found = configs.get(key)
  if (!found) {
    found = resolveConfig([config], { filePath: 'manifest.yaml', builtin })
    configs.set(key, found)
  }
  return found
}

/** Lints a text with these rules alone; `previous` is what it was before. */
export function lintWith(
  text: string,
  rules: Record<string, RuleEntry>,
  { previous, ...more }: Config & { previous?: string | undefined } = {},
): Problem[] {
  const config = resolved({ ...more, rules }, plugin)
  const project = { contextOf: () => ({}), previousText: () => previous }
  return lint(text, { config, filePath: 'manifest.yaml', project }).problems
}

/** As rules of their own: none keeps quiet because another has spoken. */
export const independent: Plugin = {
  rules: Object.fromEntries(
    Object.entries<AnyRule>(plugin.rules).map(([id, rule]) => [
      id,
      { ...rule, meta: { ...rule.meta, supersedes: [] } },
    ]),
  ),
}

/**
 * Lints a text with every rule, each for itself; a message with a placeholder that has no data throws.
 * @param options those of some rules: `{ 'image-tag': [{ floatingTags: ['edge'] }] }`
 */
export function lintAll(text: string, options: Record<string, unknown[]> = {}): Problem[] {
  const rules = Object.fromEntries(
    Object.keys(plugin.rules).map((id): [string, RuleEntry] => [id, ['warn', ...(options[id] ?? [])]]),
  )
  const config = resolved({ rules }, independent)
  return lint(text, { config, filePath: 'manifest.yaml', strict: true }).problems
}

/** `2:3 image-tag: …`, to show what a failed expectation found. */
export function show({ position, ruleId, message }: Problem): string {
  return `${position.start.line}:${position.start.column} ${ruleId}: ${message}`
}
