import { isMap } from 'yaml'
import type { Edit } from '../problem.ts'
import type { EditContext } from './context.ts'
import { beforeBreak, beforeOnLine, breakAt, isLineDone, lineBreakNear, lineEnd, lineStart } from './lines.ts'
import {
  type Collection,
  commentsIn,
  type Entry,
  entriesOf,
  hasAnchor,
  isMarked,
  lastScalar,
  lookUp,
  type Span,
} from './syntax.ts'

/**
 * Removes an entry of a map or an item of a list. Every comment stays: one that stood on a line that goes away gets a
 * line of its own.
 * @param index which of the collection's entries
 * @param owner the entry whose value the collection is; undefined for the root of a resource
 * @param grows the same fix adds to the collection, so that it does not become empty
 * @returns null when that cannot be done surely
 */
export function removeEntry(
  context: EditContext,
  collection: Collection,
  index: number,
  owner: Entry | undefined,
  grows: boolean,
): Edit[] | null {
  const { text } = context
  const entries = entriesOf(text, collection)
  const entry = entries?.[index]
  if (!entries || !entry || isMarked(entry.value) || hasAnchor(entry.value)) return null
  // What a merge brings would come to light.
  if (isMap(collection) && lookUp(text, collection).keys.has('<<')) return null
  if (collection.flow) return removeFromFlow(text, collection, entries, index, grows)
  if (!isLineDone(text, entry.end)) return null
  const before = beforeOnLine(text, entry.start)
  if (entries.length === 1 && !grows) return removeOnly(text, collection, entry, owner)
  if (/^ *$/.test(before)) {
    const previous = entries[index - 1]
    const edit = removeLines(text, entry, previous)
    if (!edit || !previous) return edit && [edit]
    // An edit of nothing after the entry before: of two fixes that remove neighbours, one waits for the next pass,
    // lest both together leave a map or list with nothing in it and no `{}`.
    const at = lineEnd(text, previous.end)
    return at < edit.range[0] ? [{ range: [at, at], text: '' }, edit] : [edit]
  }
  const next = entries[index + 1]
  if (!/^ *(?:- +)+$/.test(before) || index !== 0 || next === undefined) return null
  // `- name: x`: what follows moves up beside the dash.
  const indent = beforeOnLine(text, next.start)
  if (indent !== ' '.repeat(before.length)) return null
  const span: Span = [entry.start, next.start]
  const eol = lineBreakNear(text, entry.end)
  const kept = commentsIn(text, span, entry.value, entry.key ?? null).map(
    (comment) => text.slice(...comment) + eol + indent,
  )
  return [{ range: [...span], text: kept.join('') }]
}

/** Cuts the lines of an entry that begins its line; null if an entry before it would take blank lines for its own. */
function removeLines(text: string, entry: Entry, previous?: Entry): Edit | null {
  const indent = beforeOnLine(text, entry.start)
  const end = lineEnd(text, entry.end)
  const next = end + breakAt(text, end).length
  const eol = lineBreakNear(text, entry.start)
  const kept = commentsIn(text, [entry.start, end], entry.value, entry.key ?? null)
    .map((comment) => indent + text.slice(...comment))
    .join(eol)
  const start = lineStart(text, entry.start)
  if (kept !== '') return { range: [start, end], text: kept }
  const scalar = previous && lastScalar(previous.value)
  if (scalar && /^[|>]\S*\+/.test(text.slice(scalar.range![0]))) return null
  // With the break before rather than the one after, so that what the same fix adds after the entry still fits.
  if (start > 0 && !(next === end && scalar)) return { range: [beforeBreak(text, start), end], text: '' }
  return { range: [start, next], text: '' }
}

/** The only entry of a block collection: `{}` or `[]` remains. */
function removeOnly(
  text: string,
  collection: Collection,
  entry: Entry,
  owner: Entry | undefined,
): Edit[] | null {
  const nothing = isMap(collection) ? '{}' : '[]'
  const before = beforeOnLine(text, entry.start)
  if (isMarked(collection)) return null
  if (owner !== undefined && /^ *$/.test(before)) {
    if (lineEnd(text, owner.after) >= entry.start) return null
    const lines = removeLines(text, entry)
    return lines && [{ range: [owner.after, owner.after], text: ` ${nothing}` }, lines]
  }
  const span: Span = [entry.start, entry.end]
  if (commentsIn(text, span, entry.value, entry.key ?? null).length > 0) return null
  return [{ range: [...span], text: nothing }]
}

function removeFromFlow(
  text: string,
  collection: Collection,
  entries: readonly Entry[],
  index: number,
  grows: boolean,
): Edit[] | null {
  if (grows && entries.length === 1) return null
  const [start, end] = collection.range!
  const [previous, entry, next] = [entries[index - 1], entries[index]!, entries[index + 1]]
  const span: Span = next
    ? [entry.start, next.start]
    : previous
      ? [previous.end, entry.end]
      : [start + 1, end - 1]
  if (!lookUp(text, collection).bare) return null
  const nodes = [entry.value, entry.key ?? null]
  if (commentsIn(text, span, ...nodes).length > 0) return null
  return [{ range: [...span], text: '' }]
}
