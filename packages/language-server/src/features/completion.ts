/** What can be written at the cursor. */

import { type Knowledge, packedKnowledge } from '../knowledge.ts'
import { fieldAt } from '../kubernetes/fields.ts'
import { workloadAt } from '../kubernetes/resource.ts'
import type { Snapshot } from '../snapshot.ts'
import { cursorAt } from '../yaml/cursor.ts'
import { completeBelowDash } from './below-dash.ts'
import { completeDirective } from './complete-directive.ts'
import { completeKeys } from './complete-keys.ts'
import { completeResource } from './complete-resource.ts'
import { completeRuleList, isDisableAnnotation } from './complete-rules.ts'
import { completeItemBelow, completeValues } from './complete-values.ts'
import type { Completion, CompletionData, CompletionOptions, Situation } from './completion-types.ts'
import { fieldText } from './field-text.ts'
import { proseOf } from './markdown.ts'
import { ruleDescription } from './rule-description.ts'
import { resourcesAround } from './surroundings.ts'

export type { Completion, CompletionData, CompletionKind, CompletionOptions } from './completion-types.ts'

/** @returns what fits at an offset, the most useful first; nothing where nothing is known */
export function complete(snapshot: Snapshot, offset: number, options: CompletionOptions = {}): Completion[] {
  const here = completeHere(snapshot, offset, options)
  const inItem = completeBelowDash(snapshot, offset, options, completeHere)
  if (inItem.length === 0) return here
  const sorted = (completions: readonly Completion[], rank: number) =>
    completions.map((one) => ({ ...one, sortText: `${rank}${one.sortText}` }))
  return [...sorted(inItem, 0), ...sorted(here, 1)]
}

function completeHere(snapshot: Snapshot, offset: number, options: CompletionOptions): Completion[] {
  const cursor = cursorAt(snapshot.text, offset)
  if (!cursor) return []
  const { spot, comment, outline } = cursor
  if (comment) return completeDirective(snapshot, offset, comment, options)
  if (!spot || (spot.on === 'value' && spot.scalar.style === 'block')) return []
  // What an editor replaces is on one line.
  if (snapshot.text.slice(cursor.start, cursor.end).includes('\n')) return []
  const path = spot.on === 'key' ? spot.path.slice(0, -1) : spot.path
  const resource = workloadAt(outline.root, path)
  const base: Omit<Situation, 'resource' | 'path' | 'place'> = {
    snapshot,
    cursor,
    spot,
    offset,
    options,
    resources: resourcesAround(snapshot, options),
  }
  if (options.fields === false) {
    const own = path.slice(resource?.base.length)
    return resource && isDisableAnnotation(own) ? completeRuleList({ ...base, resource, path: own }) : []
  }
  if (!resource || path.length === resource.base.length + 1) {
    const found = completeResource(base, path, resource)
    if (found) return found
  }
  if (!resource) return []
  const own = path.slice(resource.base.length)
  const place = fieldAt(resource.kind, own)
  if (own.length > 0 && !place) return []
  const situation: Situation = { ...base, resource, path: own, place }
  if (spot.on === 'key') return [...completeItemBelow(situation), ...completeKeys(situation)]
  return completeValues(situation)
}

/** What a list of completions leaves to be asked for one of them. */
export function completionDocumentation(
  data: CompletionData,
  { config }: Pick<Snapshot, 'config'>,
  knowledge: Knowledge = packedKnowledge,
): string | undefined {
  if ('rule' in data) {
    const description = ruleDescription(data.rule, config)
    const page = knowledge.page(data.rule)
    return [description && `${description}.`, page && proseOf(page)].filter(Boolean).join('\n\n') || undefined
  }
  const place = fieldAt(data.kind, data.path)
  return place && fieldText(data.kind, data.path, place, config.kubernetesVersions, knowledge)
}
