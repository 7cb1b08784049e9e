/** Values: those that are allowed, and names that fit. */
import { elementOf, isStruct, resolvePlain } from '@daemonlint/core/editor'
import { factsOf, fieldAt } from '../kubernetes/fields.ts'
import type { OutlineScalar } from '../yaml/outline.ts'
import { completeKeys } from './complete-keys.ts'
import { completeRuleList, isDisableAnnotation } from './complete-rules.ts'
import { type Completion, type Situation, sortText } from './completion-types.ts'
import { itemText, literal, requiredOf } from './insertion.ts'
import { type Suggestion, suggestValues } from './suggestions.ts'

/** @param situation its path leads to the value */
export function completeValues(situation: Situation): Completion[] {
  const { spot, place, path } = situation
  if (spot.on !== 'value' || !place) return []
  const { scalar } = spot
  const { type } = place
  const isTypedAlone = scalar.ownLine && scalar.style === 'plain'
  if (isStruct(type) || type.startsWith('{}')) return isTypedAlone ? completeKeys(situation) : []
  if (type.startsWith('[]')) return isTypedAlone ? completeItem(situation, type) : []
  if (isDisableAnnotation(path)) return completeRuleList(situation)
  return suggestionsOf(situation).map((suggestion, index) =>
    valueCompletion(situation, suggestion, index, scalar.style),
  )
}

function suggestionsOf({ resource, path, place, snapshot, resources }: Situation): Suggestion[] {
  const context = { resource, path, place: place!, versions: snapshot.config.kubernetesVersions, resources }
  return suggestValues(context)
}

function valueCompletion(
  { cursor, place }: Situation,
  { value, meaning, from }: Suggestion,
  index: number,
  style: OutlineScalar['style'],
): Completion {
  const written = writtenAs(value, place!.type, style)
  const isDefault = factsOf(place!).default === value && place!.type !== 'bool'
  const isBool = place!.type === 'bool' && factsOf(place!).default === value
  return {
    label: value === '' ? '""' : value,
    kind: from === 'allowed' ? 'enum' : 'value',
    ...((isDefault || isBool) && { detail: 'default' }),
    ...(meaning && { documentation: meaning }),
    start: cursor.start,
    end: cursor.end,
    insertText: `${cursor.before}${written}`,
    snippet: false,
    sortText: sortText(0, index),
    ...((written !== value || cursor.before) && { filterText: `${cursor.before}${written}` }),
  }
}

/** With the quotes that are there, or those that it needs. */
function writtenAs(value: string, type: string, style: OutlineScalar['style']): string {
  if (style === 'double') return JSON.stringify(value)
  if (style === 'single') return `'${value.replaceAll("'", "''")}'`
  if (type !== 'string') return value
  const isPlain = /^[A-Za-z0-9/.][\w./-]*$/.test(value) && resolvePlain(value).type === 'str'
  return isPlain ? value : JSON.stringify(value)
}

/** The first item of the list whose key stands before the cursor, at the same indentation and without a value. */
export function completeItemBelow(situation: Situation): Completion[] {
  const { spot, path, resource } = situation
  const parent = spot.parents.at(-1)
  if (spot.on !== 'key' || spot.entry.colon !== undefined || parent?.type !== 'map' || parent.flow) return []
  const before = parent.entries[parent.entries.indexOf(spot.entry) - 1]
  if (before?.colon === undefined || before.value) return []
  const own = [...path, before.key]
  const place = fieldAt(resource.kind, own)
  return place?.type.startsWith('[]') ? completeItem({ ...situation, path: own, place }, place.type) : []
}

/** The first item of a list, on the line after its key. */
function completeItem(situation: Situation, type: string): Completion[] {
  const { cursor, options, snapshot, resource, path, place } = situation
  const element = elementOf(type)!
  const { start, end } = cursor
  const line = snapshot.text.lastIndexOf('\n', start - 1) + 1
  const given =
    options.adjustsIndentation === false ? 0 : /^[ \t]*/.exec(snapshot.text.slice(line, start))![0].length
  const base = { kind: 'snippet', start, end } as const
  if (isStruct(element)) {
    const pad = start - line - given + 2
    const fields = requiredOf(element)
    const text = options.snippets ? itemText(fields, pad, true) : fields[0] ? `${fields[0]}: ` : ''
    const label = `- ${fields[0] ?? ''}`.trim()
    const detail = `an item of ${place!.name}`
    return [
      {
        ...base,
        label,
        detail,
        insertText: `- ${text}`,
        snippet: options.snippets === true,
        sortText: sortText(0, 0),
        data: { kind: resource.kind, path },
      },
    ]
  }
  const item = { ...situation, path: [...path, 0], place: { ...place!, type: element, below: [0] } }
  return suggestionsOf(item).map((suggestion, index) => {
    const completion = valueCompletion(item, suggestion, index, 'plain')
    const text = `- ${completion.insertText}`
    return {
      ...completion,
      label: `- ${completion.label}`,
      insertText: options.snippets ? literal(text) : text,
      snippet: options.snippets === true,
    }
  })
}
