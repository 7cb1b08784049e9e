/** The text that a field is written with. */
import { elementOf, type FieldType, isStruct, structOf } from '@daemonlint/core/editor'
import { factsOf } from '../kubernetes/fields.ts'
import type { OutlineNode } from '../yaml/outline.ts'

/** How a file is laid out. */
export interface Layout {
  /** Spaces by which a map stands deeper than its key. */
  step: number
  /** Spaces by which dashes stand deeper than the key of their list. */
  dash: number
}

/**
 * The way in which maps and lists are written around a place: by its neighbours, else further out.
 * @param parents the collections that it is in, from the root down
 */
export function layoutOf(parents: readonly OutlineNode[]): Layout {
  const found: Partial<Layout> = {}
  const visit = (node: OutlineNode | undefined): void => {
    if (!node || node.type === 'scalar' || node.flow) return
    if (found.step !== undefined && found.dash !== undefined) return
    if (node.type === 'list') for (const { value } of node.items) visit(value)
    else {
      for (const { value } of node.entries) {
        if (value && value.type !== 'scalar' && !value.flow) {
          const deeper = value.indent - node.indent
          if (value.type === 'list' && deeper >= 0) found.dash ??= deeper
          else if (value.type === 'map' && deeper > 0) found.step ??= deeper
        }
        visit(value)
      }
    }
  }
  for (const parent of parents.toReversed()) visit(parent)
  const step = found.step ?? 2
  return { step, dash: found.dash ?? step }
}

export interface KeyInsertion {
  /** Column of the key. */
  column: number
  /** Spaces at the start of the lines after the first that the client adds itself. */
  given: number
  layout: Layout
  flow: boolean
  snippets: boolean
  /** All values that the field may have, if they are known. */
  values: readonly string[] | undefined
}

/** `name: `, or with what must stand below it. */
export function keyInsertion(name: string, type: FieldType, how: KeyInsertion): string {
  const { flow, snippets, values } = how
  const end = snippets ? '$0' : ''
  const element = elementOf(type)
  const isList = type.startsWith('[]')
  if (!element && !isStruct(type)) {
    if (values?.length === 1) return `${name}: ${values[0]}`
    const choice = snippets && values && values.length > 1 && values.length < 12
    return `${name}: ${choice ? `\${1|${values.map(choiceText).join(',')}|}` : end}`
  }
  if (flow) return isList ? `${name}: [${end}]` : `${name}: { ${end} }`
  const { layout, column, given } = how
  if (isList) {
    const pad = column + layout.dash - given
    const fields = requiredOf(element!)
    return `${name}:\n${' '.repeat(pad)}- ${itemText(fields, pad + 2, snippets)}`
  }
  const pad = column + layout.step - given
  return `${name}:\n${' '.repeat(pad)}${itemText(requiredOf(type), pad, snippets)}`
}

/** The fields of a struct that must be there, a line each. */
export function itemText(fields: readonly string[], pad: number, snippets: boolean): string {
  if (!snippets) return ''
  if (fields.length === 0) return '$0'
  return fields.map((field, index) => `${field}: $${index + 1}`).join(`\n${' '.repeat(pad)}`)
}

/** The scalars without which the API server refuses a struct. */
export function requiredOf(struct: string): string[] {
  return [...(structOf(struct) ?? [])].flatMap(([name, { type, since, until }]) => {
    const isScalar = !elementOf(type) && !isStruct(type)
    return isScalar && !since && !until && factsOf({ struct, name }).required ? [name] : []
  })
}

const choiceText = (value: string): string => (value === '' ? '""' : value.replace(/[\\,|$}]/g, '\\$&'))

/** Text that is no snippet syntax. */
export const literal = (text: string): string => text.replace(/[\\$}]/g, '\\$&')
