import type { AnyRule } from '@daemonlint/core'
import { configs, presets, rules } from '@daemonlint/rules'
import type { FormatRequest } from '../formats.ts'
import { UsageError } from '../usage-error.ts'

/** The presets with a column of their own; the others are named behind a rule where it is in them. */
const columns = ['recommended', 'strict'] as const

const names = Object.keys(presets) as (keyof typeof presets)[]

/**
 * The built-in rules: what each asks for, and how severe it is in the presets.
 * @param formats `json` for programs, the default format for people
 * @throws UsageError for another format, several, or a file
 */
export function listRules(formats: readonly FormatRequest[]): string {
  const [{ name: format, file }, ...others] = formats as [FormatRequest, ...FormatRequest[]]
  if (others.length > 0 || file !== undefined)
    throw new UsageError('rules prints one list, to standard output: --format json')
  if (format === 'json') return `${JSON.stringify(Object.entries(rules).map(describe), null, 2)}\n`
  if (format !== 'stylish') throw new UsageError(`rules knows the formats stylish and json, not '${format}'.`)
  const categories = [...new Set(Object.values(rules).map(({ meta }) => meta.docs.category))].sort()
  const width = Math.max(...Object.keys(rules).map((id) => id.length)) + 2
  const groups = categories.map((category) => {
    const members = Object.entries(rules).filter(([, { meta }]) => meta.docs.category === category)
    const lines = members.map(([id, rule]) => lineOf(`  ${id}`.padEnd(width), rule))
    return [rowOf(category.padEnd(width), columns, ''), ...lines, ''].join('\n')
  })
  return `${groups.join('\n')}\n${presetList()}`
}

function describe([id, { meta }]: [string, AnyRule]) {
  const { description, category } = meta.docs
  return {
    id,
    category,
    description,
    presets: Object.fromEntries(
      names.flatMap((name) => {
        const severity = configs[name].rules?.[id]
        return severity ? [[name, severity]] : []
      }),
    ),
    fixable: Boolean(meta.fixable),
    hasSuggestions: Boolean(meta.hasSuggestions),
    rollsPods: Boolean(meta.rollsPods),
  }
}

function lineOf(name: string, { meta }: AnyRule): string {
  const { description, presets: severities } = meta.docs
  const cells = columns.map((preset) => severities[preset] ?? '–')
  const others = Object.entries(severities)
    .filter(([preset]) => !(columns as readonly string[]).includes(preset))
    .map(([preset, severity]) => `${preset} ${severity}`)
  const notes = [...(meta.fixable ? ['fix'] : []), ...others]
  return rowOf(name, cells, description + (notes.length > 0 ? ` [${notes.join(', ')}]` : ''))
}

/** The cells under the names of the columns, and what follows them. */
function rowOf(name: string, cells: readonly string[], rest: string): string {
  const padded = cells.map((cell, index) => cell.padEnd(columns[index]!.length))
  return [name, ...padded, rest].join('  ').trimEnd()
}

function presetList(): string {
  const width = Math.max(...names.map((name) => name.length))
  const rows = names.map((name) => {
    const count = String(Object.keys(configs[name].rules ?? {}).length).padStart(4)
    return `  daemonlint/${name.padEnd(width)}${count}  ${presets[name].description.replaceAll('`', '')}`
  })
  return ['presets, and how many rules each holds', ...rows, ''].join('\n')
}
