/** Keys of a map: the fields of a struct that are not there yet, or names that fit a map with free keys. */
import { elementOf, type Field, type FieldType, structOf, versionsWithout } from '@daemonlint/core/editor'
import { commonRank, isExcluded } from '../kubernetes/common.ts'
import {
  type FieldPlace,
  factsOf,
  isRequired,
  typeText,
  valuesAt,
  versionsText,
} from '../kubernetes/fields.ts'
import { hasMark } from '../yaml/cursor.ts'
import type { OutlineMap } from '../yaml/outline.ts'
import { type Completion, type Situation, sortText } from './completion-types.ts'
import { type KeyInsertion, keyInsertion, layoutOf } from './insertion.ts'
import { suggestKeys } from './suggestions.ts'

/** @param situation its path leads to the map, which may not be there yet: the cursor is where its first key comes */
export function completeKeys(situation: Situation): Completion[] {
  const type = situation.place?.type ?? situation.resource.kind
  if (structOf(type)) return completeFields(situation, type)
  const { place } = situation
  return place && elementOf(type) && !type.startsWith('[]') ? completeFreeKeys(situation, place, type) : []
}

interface Candidate {
  name: string
  field: Field
  rank: number
  index: number
}

function completeFields(situation: Situation, struct: FieldType): Completion[] {
  const { resource, path, snapshot } = situation
  const targets = snapshot.config.kubernetesVersions
  const present = presentKeys(mapOf(situation))
  const how = insertionOf(situation)
  const candidates: Candidate[] = []
  for (const [name, field] of structOf(struct)!) {
    if (present.has(name) || isExcluded(struct, name, present) || isGone(field, targets)) continue
    candidates.push({ name, field, ...rankOf(struct, name, field, targets, resource.kind) })
  }
  candidates.sort((a, b) => a.rank - b.rank || a.index - b.index || (a.name < b.name ? -1 : 1))
  return candidates.map(({ name, field, rank }, index) => {
    const own = [...path, name]
    const place: FieldPlace = { struct, name, field, type: field.type, below: [] }
    const values = valuesAt(resource.kind, own, place, targets)
    const versions = versionsText(field, targets)
    return {
      label: name,
      kind: 'field',
      detail: [typeText(field.type), isRequired(place, own) && 'required', versions]
        .filter(Boolean)
        .join(', '),
      ...textOf(situation, name, field.type, { ...how, values: values && Object.keys(values) }),
      sortText: sortText(rank, index),
      ...(rank === ranks.younger && { deprecated: true }),
      data: { kind: resource.kind, path: own },
    }
  })
}

const ranks = { required: 0, common: 1, other: 2, younger: 3, rare: 4 } as const

function rankOf(
  struct: string,
  name: string,
  field: Field,
  targets: readonly string[],
  kind: string,
): { rank: number; index: number } {
  const index = commonRank(struct, name)
  const { required, readOnly } = factsOf({ struct, name })
  const isRare =
    readOnly || (struct === 'PodSpec' && name === 'activeDeadlineSeconds' && !kind.endsWith('Job'))
  if (versionsWithout(field, targets).length > 0) return { rank: ranks.younger, index: 0 }
  if (isRare) return { rank: ranks.rare, index: 0 }
  if (required) return { rank: ranks.required, index: index ?? 0 }
  return index === undefined ? { rank: ranks.other, index: 0 } : { rank: ranks.common, index }
}

/** No target has it, for all of them are younger than its last version. */
function isGone({ type, until }: Field, targets: readonly string[]): boolean {
  return until !== undefined && versionsWithout({ type, until }, targets).length === targets.length
}

function completeFreeKeys(situation: Situation, place: FieldPlace, type: FieldType): Completion[] {
  const present = presentKeys(mapOf(situation))
  const how = insertionOf(situation)
  const { resource, path, snapshot, resources } = situation
  const context = { resource, path, place, versions: snapshot.config.kubernetesVersions, resources }
  return suggestKeys(context)
    .filter(({ value }) => !present.has(value))
    .map(({ value, meaning }, index) => ({
      label: value,
      kind: 'field',
      ...(meaning && { documentation: meaning }),
      ...textOf(situation, value, elementOf(type)!, how),
      sortText: sortText(ranks.common, index),
    }))
}

/** The map that the key is in; undefined for the first key of one. */
function mapOf({ spot }: Situation): OutlineMap | undefined {
  const parent = spot.parents.at(-1)
  return spot.on === 'key' && parent?.type === 'map' ? parent : undefined
}

function presentKeys(map: OutlineMap | undefined): ReadonlySet<string> {
  return new Set(map?.entries.flatMap(({ key }) => (hasMark(key) ? [] : [key])))
}

type Text = Pick<Completion, 'start' | 'end' | 'insertText' | 'snippet' | 'filterText'>

function textOf(
  { cursor, spot, snapshot, options }: Situation,
  name: string,
  type: FieldType,
  how: KeyInsertion,
): Text {
  const { start, end } = cursor
  const written = snapshot.text.slice(start, end)
  const quote = /^["']/.exec(written)?.[0] ?? ''
  const key = `${quote}${name}${quote}`
  // Its value is there already.
  const isWhole = spot.on === 'key' && spot.entry.colon !== undefined
  return {
    start,
    end,
    insertText: isWhole ? key : keyInsertion(key, type, how),
    snippet: options.snippets === true && !isWhole,
    ...(quote && { filterText: key }),
  }
}

function insertionOf({ cursor, spot, snapshot, options }: Situation): KeyInsertion {
  const { text } = snapshot
  const line = text.lastIndexOf('\n', cursor.start - 1) + 1
  const indent = /^[ \t]*/.exec(text.slice(line, cursor.start))![0].length
  const parent = spot.parents.at(-1)
  return {
    column: cursor.start - line,
    given: options.adjustsIndentation === false ? 0 : indent,
    layout: layoutOf(spot.parents),
    flow: spot.parents.some(({ flow }) => flow) || parent?.flow === true,
    snippets: options.snippets === true,
    values: undefined,
  }
}
