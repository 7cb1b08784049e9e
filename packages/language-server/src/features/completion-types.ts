import type { Path } from '@daemonlint/core'
import type { FieldPlace } from '../kubernetes/fields.ts'
import type { OutlinedResource } from '../kubernetes/resource.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Cursor } from '../yaml/cursor.ts'
import type { Spot } from '../yaml/spot.ts'
import type { NamedResource } from './suggestions.ts'
import type { Surroundings } from './surroundings.ts'

export type CompletionKind = 'field' | 'value' | 'enum' | 'rule' | 'snippet' | 'keyword'

/** What {@link completionDocumentation} is given again; plain data. */
export type CompletionData = { kind: string; path: Path } | { rule: string }

/** One thing that can be written at the cursor. */
export interface Completion {
  label: string
  kind: CompletionKind
  /** One line beside the label: a type, a default. */
  detail?: string
  /** Markdown, where it is at hand; else {@link data} is to be asked. */
  documentation?: string
  /** What is replaced: offsets. */
  start: number
  end: number
  /**
   * What takes its place. Lines after the first are indented from the indentation of the line that the cursor stands on,
   * as LSP's `insertTextMode: adjustIndentation` has it, unless the options say otherwise.
   */
  insertText: string
  /** `insertText` is a snippet of LSP: `$1`, `${1:name}`. */
  snippet: boolean
  sortText: string
  /** What is compared with what was typed, where that is not the label. */
  filterText?: string
  /** Not in all of the target versions. */
  deprecated?: boolean
  data?: CompletionData
}

export interface CompletionOptions extends Surroundings {
  /** False: fields and their values are left to somebody else; names of rules are not. */
  fields?: boolean
  /** The client understands snippets; default false. */
  snippets?: boolean
  /** The client indents lines after the first as the line of the cursor; default true. */
  adjustsIndentation?: boolean
}

/** Where something is to be completed. */
export interface Situation {
  snapshot: Snapshot
  cursor: Cursor
  spot: Spot
  offset: number
  options: CompletionOptions
  resources(kind: string): readonly NamedResource[]
  resource: OutlinedResource
  /** From the resource's root: for a key, to the map that it is in; for a value, to the value. */
  path: Path
  /** Undefined for the resource's own fields. */
  place: FieldPlace | undefined
}

/** So that editors, which sort by text, keep the order. */
export const sortText = (rank: number, index: number): string => `${rank}${String(index).padStart(3, '0')}`
