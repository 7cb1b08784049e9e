import { type Config, lint, type Problem, type RuleEntry, resolveConfig } from '@daemonlint/core'
import plugin from '../src/index.ts'

/** Lints a text with these rules alone. */
export function lintWith(text: string, rules: Record<string, RuleEntry>, more: Config = {}): Problem[] {
  const config = resolveConfig([{ ...more, rules }], { filePath: 'manifest.yaml', builtin: plugin })
  return lint(text, { config, filePath: 'manifest.yaml' }).problems
}

/** `2:3 image-tag: …`, to show what a failed expectation found. */
export function show({ position, ruleId, message }: Problem): string {
  return `${position.start.line}:${position.start.column} ${ruleId}: ${message}`
}
