/** What is shown of the key, value, finding or directive under the pointer. */
import { readDirective, splitDocuments } from '@daemonlint/core/editor'
import { type Knowledge, packedKnowledge } from '../knowledge.ts'
import { type FieldPlace, fieldAt } from '../kubernetes/fields.ts'
import { type OutlinedResource, workloadAt } from '../kubernetes/resource.ts'
import type { Snapshot } from '../snapshot.ts'
import { outlineOf } from '../yaml/outline.ts'
import { type Spot, spotAt } from '../yaml/spot.ts'
import { amountOf } from './amounts.ts'
import { fieldText } from './field-text.ts'
import { proseOf } from './markdown.ts'
import { ruleDescription } from './rule-description.ts'
import { meaningOf, suggestKeys } from './suggestions.ts'
import { resourcesAround, type Surroundings } from './surroundings.ts'

export interface Hover {
  markdown: string
  /** What it speaks of: offsets. */
  start: number
  end: number
}

export interface HoverOptions extends Surroundings {
  /** Default: what the build packed. */
  knowledge?: Knowledge
  /** False: fields are left to somebody else; findings and directives are not. */
  fields?: boolean
}

/** @returns undefined where there is nothing to say */
export function hover(snapshot: Snapshot, offset: number, options: HoverOptions = {}): Hover | undefined {
  const { knowledge = packedKnowledge } = options
  const directive = directiveAt(snapshot, offset, knowledge)
  if (directive) return directive
  const findings = findingsAt(snapshot, offset, knowledge)
  const field = options.fields === false ? undefined : fieldHover(snapshot, offset, knowledge, options)
  if (!findings || !field) return findings ?? field
  return { ...field, markdown: `${findings.markdown}\n\n---\n\n${field.markdown}` }
}

function findingsAt({ result, config }: Snapshot, offset: number, knowledge: Knowledge): Hover | undefined {
  const found = result.problems.filter(
    ({ position: { start, end } }) => (start.offset ?? 0) <= offset && offset <= (end.offset ?? -1),
  )
  if (found.length === 0) return undefined
  const texts = found.flatMap(({ ruleId, url }) => ruleText(ruleId, url, config, knowledge) ?? [])
  const parts = [...new Set(texts)]
  if (parts.length === 0) return undefined
  const starts = found.map(({ position }) => position.start.offset!)
  const ends = found.map(({ position }) => position.end.offset!)
  return { markdown: parts.join('\n\n---\n\n'), start: Math.max(...starts), end: Math.min(...ends) }
}

/** What a rule wants and why; undefined where nothing is known of it. What is wrong here, editors say themselves. */
function ruleText(
  id: string,
  ownUrl: string | undefined,
  config: Snapshot['config'],
  knowledge: Knowledge,
): string | undefined {
  const url = ownUrl ?? knowledge.pageUrl(id)
  const description = ruleDescription(id, config)
  const why = whyOf(id, knowledge)
  if (!description && !why && !url) return undefined
  const name = `**${url ? `[${id}](${url})` : id}**`
  return [description ? `${name}: ${description}.` : name, why].filter(Boolean).join('\n\n')
}

/** Why a rule is there: the section of its page that says so, else its first lines. */
function whyOf(ruleId: string, knowledge: Knowledge): string {
  const page = knowledge.page(ruleId)
  return page === undefined ? '' : proseOf(page)
}

function directiveAt({ result, config }: Snapshot, offset: number, knowledge: Knowledge): Hover | undefined {
  const comment = result.root.comments.find(
    ({ position: { start, end } }) => start.offset! <= offset && offset <= end.offset!,
  )
  const directive = comment && readDirective(comment)
  if (!directive || !('rules' in directive)) return undefined
  const named = directive.rules.find(
    ({ position: { start, end } }) => start.offset! <= offset && offset <= end.offset!,
  )
  if (!named) return undefined
  const { id, position } = named
  if (ruleDescription(id, config) === undefined) return undefined
  const text = ruleText(id, undefined, config, knowledge)!
  return { markdown: text, start: position.start.offset!, end: position.end.offset! }
}

function fieldHover(
  snapshot: Snapshot,
  offset: number,
  knowledge: Knowledge,
  surroundings: Surroundings,
): Hover | undefined {
  const { text, config } = snapshot
  const chunk = splitDocuments(text).findLast(({ start, end }) => start <= offset && offset <= end)
  if (!chunk) return undefined
  const outline = outlineOf(text, chunk.start, chunk.end)
  const spot = spotAt(outline, offset)
  if (!spot || (spot.on === 'key' && spot.entry.colon === undefined)) return undefined
  const resource = workloadAt(outline.root, spot.path)
  const path = spot.path.slice(resource?.base.length)
  const place = resource && fieldAt(resource.kind, path)
  if (!place) return undefined
  const [start, end] =
    spot.on === 'key' ? [spot.entry.keyStart, spot.entry.keyEnd] : [spot.scalar.start, spot.scalar.end]
  const versions = config.kubernetesVersions
  const value = valueText(spot, resource, path, place, { snapshot, surroundings })
  const isFree = spot.on === 'key' && place.below.length > 0
  const about = isFree ? freeKeyText(resource, path, place, versions) : undefined
  const parts = [value, about, fieldText(resource.kind, path, place, versions, knowledge)]
  return { markdown: parts.filter(Boolean).join('\n\n'), start, end }
}

/** What the value itself means. */
function valueText(
  spot: Spot,
  resource: OutlinedResource,
  path: Spot['path'],
  place: FieldPlace,
  { snapshot, surroundings }: { snapshot: Snapshot; surroundings: Surroundings },
): string | undefined {
  if (spot.on !== 'value') return undefined
  const { value, style } = spot.scalar
  if (style === 'block' || style === 'template' || style === 'alias') return undefined
  const amount = amountOf(place, path, value, style === 'plain')
  if (amount) return amount
  const context = {
    resource,
    path,
    place,
    versions: snapshot.config.kubernetesVersions,
    resources: resourcesAround(snapshot, surroundings),
  }
  const meaning = meaningOf(context, value)
  return meaning && `\`${value}\`: ${meaning}`
}

/** What a key means that Kubernetes does not fix, such as a label or a resource. */
function freeKeyText(
  resource: OutlinedResource,
  path: Spot['path'],
  place: FieldPlace,
  versions: readonly string[],
): string | undefined {
  const key = String(path.at(-1))
  const map = { ...place, below: [], type: place.field.type }
  const context = { resource, path: path.slice(0, -1), place: map, versions, resources: () => [] }
  const found = suggestKeys(context).find(({ value, meaning }) => value === key && meaning !== '')
  return found && `\`${key}\`: ${found.meaning}`
}
