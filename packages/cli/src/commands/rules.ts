import { configs, rules } from '@daemonlint/rules'

/** A table of the built-in rules: what each asks for, and how severe it is in the presets. */
export function listRules(): string {
  const rows = Object.entries(rules).map(([id, { meta }]) => [
    id,
    severity(configs.recommended.rules, id),
    severity(configs.strict.rules, id),
    meta.fixable ? 'fix' : '',
    meta.docs.description,
  ])
  const table = [['rule', 'recommended', 'strict', '', ''], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]!.length)))
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n`
}

function severity(preset: Record<string, unknown> | undefined, id: string): string {
  return String(preset?.[id] ?? 'off')
}
