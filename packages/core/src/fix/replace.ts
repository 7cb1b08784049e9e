import { isCollection, isScalar, type Node } from 'yaml'
import { isBlockScalar } from '../parse/block-scalar.ts'
import type { Edit } from '../problem.ts'
import { type EditContext, flowStyleOf, isInFlow } from './context.ts'
import { columnOf } from './layout.ts'
import { deepensAfter, isLineDone, lineBreakNear, lineEnd, restOfLine } from './lines.ts'
import { blockText, flowText } from './render.ts'
import { commentsIn, type Entry, hasAnchor, isMarked } from './syntax.ts'
import type { NewValue } from './types.ts'

/**
 * Writes another value for an entry that exists.
 * @param around the nodes from the resource's root to the value, itself included
 * @returns null when that cannot be done surely, or would take a comment away
 */
export function replaceValue(
  context: EditContext,
  around: readonly Node[],
  entry: Entry,
  value: NewValue,
): Edit[] | null {
  const { text } = context
  const old = entry.value
  if (!old?.range || isMarked(old) || hasAnchor(old)) return null
  if (isInFlow(around)) return replaceInFlow(context, around, entry, value)

  const empty = old.range[0] === old.range[1]
  const column = columnOf(text, entry.start)
  if (column === undefined || !isLineDone(text, entry.end)) return null
  const literal = !deepensAfter(text, entry.end, column)
  const style = { ...context.layout(), eol: lineBreakNear(text, entry.start), literal }
  const quote = isScalar(old) && typeof value === 'string' ? quoteOf(old) : undefined
  const made =
    entry.key === undefined
      ? blockText(value, column + 2, style, 'item', quote)
      : blockText(value, column, style, 'key', quote)
  if (made === null) return null
  const { head, body } = made

  const oneLine = body === '' && !/[\r\n]/.test(head)
  if (oneLine && !empty && isFlowText(old)) {
    const [start, end] = old.range
    if (commentsIn(text, [start, end], old).length > 0) return null
    return text.slice(start, end) === head ? [] : [{ range: [start, end], text: head }]
  }
  if (empty) {
    const rest = restOfLine(text, entry.after)
    const gap = /^ *$/.test(rest) ? rest.length : 0
    const headText = head && ` ${head}`
    if (oneLine || gap === rest.length)
      return [{ range: [entry.after, entry.after + gap], text: headText + body }]
    if (entry.key === undefined) return null
    const end = lineEnd(text, entry.after)
    const edits: Edit[] = [{ range: [end, end], text: body }]
    return headText === '' ? edits : [{ range: [entry.after, entry.after], text: headText }, ...edits]
  }

  const between: [number, number] = [entry.after, entry.end]
  if (commentsIn(text, between, old).length > 0) return null
  const headText = head && ` ${head}`
  const end = lineEnd(text, entry.end)
  if (body === '' || text.slice(entry.end, end).trim() === '') {
    return [{ range: body === '' ? between : [entry.after, end], text: headText + body }]
  }
  // A comment follows the old value on its line: it stays there, and the new lines go beneath it.
  if (/[\r\n]/.test(text.slice(...between))) return null
  return [
    { range: between, text: headText },
    { range: [end, end], text: body },
  ]
}

const isFlowText = (node: Node): boolean =>
  isScalar(node) ? !isBlockScalar(node) : isCollection(node) && node.flow === true

const quoteOf = (node: { type?: string }) =>
  node.type === 'QUOTE_DOUBLE' ? '"' : node.type === 'QUOTE_SINGLE' ? "'" : undefined

function replaceInFlow(
  context: EditContext,
  around: readonly Node[],
  { value: old }: Entry,
  value: NewValue,
): Edit[] | null {
  const { text } = context
  if (!old?.range || old.range[0] === old.range[1]) return null
  const [start, end] = old.range
  if (commentsIn(text, [start, end], old).length > 0) return null
  const style = flowStyleOf(context, around.slice(0, -1))
  const quote = isScalar(old) && typeof value === 'string' ? quoteOf(old) : undefined
  const written = flowText(value, quote ? { ...style, quote, always: true } : style)
  if (written === null) return null
  return text.slice(start, end) === written ? [] : [{ range: [start, end], text: written }]
}
