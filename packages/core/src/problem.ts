import type { Position } from 'unist'
import type { Manifest } from './parse/tree.ts'

/** As in a configuration, most severe last. */
export type Severity = 'info' | 'warn' | 'error'
export type SeverityOrOff = Severity | 'off'

/** Replaces the text between two 0-based offsets (the second exclusive), as ESLint's fixes do. */
export interface Edit {
  range: [number, number]
  text: string
}

/** A change that mends a problem; its edits are applied together or not at all. */
export interface Fix {
  edits: Edit[]
}

export interface Suggestion {
  messageId?: string
  /** What accepting it does. */
  message: string
  fix: Fix
}

/** Which resource a finding is about, as plain data; fields are '' when absent or unknown, as in {@link Manifest}. */
export interface ProblemResource {
  apiVersion: string
  kind: string
  namespace: string
  name: string
}

/** One finding, before it becomes a VFile message. */
export interface Problem {
  /** `image-tag`, `my-plugin/my-rule` or `api-server/unknown-field`. */
  ruleId: string
  severity: Severity
  message: string
  messageId?: string
  position: Position
  /** The field it speaks of, as the API server prints it. */
  field?: string
  /** The API server refuses the manifest because of it. */
  rejected?: boolean
  /** Where the rule is explained. */
  url?: string
  fix?: Fix
  suggestions?: Suggestion[]
  /** A second place that matters. */
  related?: { position: Position; message: string }
  /** The resource it belongs to; absent when the document cannot be decoded. */
  manifest?: Manifest
  /** What names that resource. It stays when a host lets go of the tree. */
  resource?: ProblemResource
  /** Name of the container it belongs to. */
  container?: string
  /** Applying the fix changes the pod template, which restarts the daemon on every node. */
  rollsPods?: boolean
  /** Why it does not count: a directive's or a configuration entry's reason; `file` is a file of suppressions. */
  suppressions?: { kind: 'directive' | 'annotation' | 'config' | 'file'; justification: string }[]
}
