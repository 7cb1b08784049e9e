/** What is known of a field, as Markdown. */
import type { Path } from '@daemonlint/core'
import { elementOf, isStruct, printPath } from '@daemonlint/core/editor'
import type { Knowledge } from '../knowledge.ts'
import {
  type FieldPlace,
  factsOf,
  isRequired,
  typeText,
  valuesAt,
  versionsText,
} from '../kubernetes/fields.ts'
import { code, escapeMarkdown } from './markdown.ts'

/**
 * @param kind the workload's
 * @param path from the resource's root
 * @param versions the targets, oldest first
 */
export function fieldText(
  kind: string,
  path: Path,
  place: FieldPlace,
  versions: readonly string[],
  knowledge: Knowledge,
): string {
  const { name, field, below } = place
  const own = path.slice(0, path.length - below.length)
  const facts = factsOf(place)
  const notes = [
    typeText(field.type),
    isRequired(place, own) && 'required',
    facts.immutable && 'cannot change later',
    facts.readOnly && 'not for manifests',
  ].filter(Boolean)
  return [
    `**${name}**: ${notes.join(', ')}`,
    code(printPath(own)),
    versionText(place, versions),
    facts.default !== undefined && `Default: ${defaultText(facts.default)}`,
    valuesText(kind, path, place, versions),
    descriptionOf(place, knowledge),
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** Kubernetes' description of a field, else ours, else that of what it holds. */
function descriptionOf(place: FieldPlace, knowledge: Knowledge): string | undefined {
  const { struct, name, field } = place
  const text = knowledge.describe(struct, name)
  if (text) return escapeMarkdown(text)
  const { description } = factsOf(place)
  if (description) return description
  const inner = elementOf(field.type) ?? field.type
  const ofStruct = isStruct(inner) ? knowledge.describe(inner) : undefined
  return ofStruct && escapeMarkdown(ofStruct)
}

/** `Default` of the facts: in parentheses it is said in words. */
function defaultText(text: string): string {
  return text.startsWith('(') ? text.slice(1, -1) : code(text)
}

function versionText({ field }: FieldPlace, versions: readonly string[]): string {
  const text = versionsText(field, versions)
  return text && `${text[0]!.toUpperCase()}${text.slice(1)}.`
}

function valuesText(kind: string, path: Path, place: FieldPlace, versions: readonly string[]): string {
  // Of a list of words, the words.
  const isWord = place.type !== 'bool' && elementOf(place.type) !== 'string'
  const word = isWord ? place : { ...place, type: 'string' }
  const values = Object.entries(place.type === 'bool' ? {} : (valuesAt(kind, path, word, versions) ?? {}))
  if (values.length === 0 || (path.length === 1 && place.name === 'kind')) return ''
  if (values.every(([, meaning]) => meaning === '')) {
    return `Allowed: ${values.map(([value]) => valueCode(value)).join(', ')}`
  }
  return `Allowed:\n${values.map(([value, meaning]) => `- ${valueCode(value)}: ${meaning}`).join('\n')}`
}

const valueCode = (value: string): string => code(value === '' ? '""' : value)
