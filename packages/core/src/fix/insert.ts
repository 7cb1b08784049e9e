import { isMap, isScalar, type Node } from 'yaml'
import type { Edit } from '../problem.ts'
import { type EditContext, flowStyleOf } from './context.ts'
import { deepensAfter, indentBefore, isLineDone, lineBreakNear, lineEnd } from './lines.ts'
import { blockEntry, blockItem, flowEntry, flowText } from './render.ts'
import type { Quote } from './scalar.ts'
import {
  blockColumn,
  type Collection,
  commentsIn,
  type Entry,
  entriesOf,
  lastScalar,
  lookUp,
} from './syntax.ts'
import type { NewValue } from './types.ts'

/** What is added to a collection: entries of a map, or items of a list. */
export type Additions = { entries: [string, NewValue][] } | { items: NewValue[] }

/**
 * Adds entries at the end of a map, or items at the end of a list.
 * @param around the nodes from the resource's root to the collection, itself included
 * @returns null when that cannot be done surely
 */
export function insertInto(
  context: EditContext,
  around: readonly Node[],
  collection: Collection,
  additions: Additions,
): Edit[] | null {
  const entries = entriesOf(context.text, collection)
  if (entries === null || !collection.range) return null
  if ('entries' in additions) {
    if (!isMap(collection)) return null
    const { keys } = lookUp(context.text, collection)
    if (additions.entries.some(([key]) => keys.has(key))) return null
  } else if (isMap(collection)) return null
  return collection.flow
    ? insertFlow(context, around, collection, entries, additions)
    : insertBlock(context, collection, entries, additions)
}

/** The quotes that all items of a list have in common. */
function quoteOf(entries: readonly Entry[]): Quote | undefined {
  const types = new Set(entries.map(({ value }) => (isScalar(value) ? value.type : undefined)))
  if (types.size !== 1) return undefined
  return types.has('QUOTE_DOUBLE') ? '"' : types.has('QUOTE_SINGLE') ? "'" : undefined
}

function insertBlock(
  context: EditContext,
  collection: Collection,
  entries: readonly Entry[],
  additions: Additions,
): Edit[] | null {
  const { text } = context
  const column = blockColumn(text, entries)
  const last = entries.at(-1)
  if (column === null || last === undefined) return null
  const end = lineEnd(text, last.end)
  // Whether a block scalar at the end of a file ends with a line break hangs on there being one.
  if (end === text.length && lastScalar(last.value)) return null
  const eol = lineBreakNear(text, collection.range?.[0] ?? end)
  const style = { ...context.layout(), eol, literal: !deepensAfter(text, end, column) }
  const quote = quoteOf(entries)
  const lines =
    'entries' in additions
      ? additions.entries.map(([key, value]) => blockEntry(key, value, column, style))
      : additions.items.map((value) => blockItem(value, column, style, quote))
  if (lines.includes(null)) return null
  const before = eol + ' '.repeat(column)
  return [{ range: [end, end], text: before + lines.join(before) }]
}

function insertFlow(
  context: EditContext,
  around: readonly Node[],
  collection: Collection,
  entries: readonly Entry[],
  additions: Additions,
): Edit[] | null {
  const { text } = context
  const [start, end] = collection.range!
  const close = end - 1
  const style = flowStyleOf(context, around)
  const quote = quoteOf(entries)
  const written =
    'entries' in additions
      ? additions.entries.map(([key, value]) => flowEntry(key, value, style))
      : additions.items.map((value) => flowText(value, quote ? { ...style, quote, always: true } : style))
  if (written.includes(null) || !/[}\]]/.test(text[close] ?? '')) return null
  const last = entries.at(-1)
  if (last === undefined) {
    if (text.slice(start + 1, close).trim() !== '') return null
    return [{ range: [start + 1, close], text: written.join(style.comma) }]
  }
  // `{a: }`: a comma after it would be read differently by different readers.
  if (last.value?.range && last.value.range[0] === last.value.range[1]) return null
  const prefix = indentBefore(text, last.start)
  // No further than to its end, for all of a large file may be one line.
  if (prefix === undefined || lineEnd(text, last.end, close) === close) {
    return [{ range: [last.end, last.end], text: style.comma + written.join(style.comma) }]
  }
  return insertLines(context, last, close, prefix, written as string[])
}

/** Into a flow collection that has each entry on its own line. */
function insertLines(
  { text }: EditContext,
  last: Entry,
  close: number,
  prefix: string,
  written: string[],
): Edit[] | null {
  const eol = lineBreakNear(text, last.end)
  const before = eol + prefix
  const lines = before + written.join(`,${before}`)
  const comments = commentsIn(text, [last.end, close])
  const comma = text.slice(last.end, comments[0]?.[0] ?? close).indexOf(',')
  if (comma >= 0) {
    const at = last.end + comma + 1
    if (!isLineDone(text, at)) return null
    const end = lineEnd(text, at)
    return [{ range: [end, end], text: `${lines},` }]
  }
  if (!isLineDone(text, last.end) || /,/.test(uncommented(text, [last.end, close], comments))) return null
  const end = lineEnd(text, last.end)
  if (comments.length === 0) return [{ range: [last.end, last.end], text: `,${lines}` }]
  return [
    { range: [last.end, last.end], text: ',' },
    { range: [end, end], text: lines },
  ]
}

function uncommented(
  text: string,
  [from, to]: readonly [number, number],
  comments: (readonly [number, number])[],
): string {
  let rest = ''
  let at = from
  for (const [start, end] of comments) {
    rest += text.slice(at, start)
    at = end
  }
  return rest + text.slice(at, to)
}
