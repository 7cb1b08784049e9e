import type { KubernetesValue, Manifest, Path } from '../parse/tree.ts'

/** What can be found out by the structure alone; each is a rejection of the same name. */
export type FindingId =
  | 'missing-kind'
  | 'misspelt-kind'
  | 'removed-api-version'
  | 'unknown-api-version'
  | 'unknown-field'
  | 'field-version'
  | 'no-replicas'
  | 'wrong-type'
  | 'invalid-quantity'

/** A change that mends a finding, at the finding's path: a new value, another key, another place, or its removal. */
export type Change = { set: KubernetesValue } | { rename: string } | { moveTo: Path } | { remove: true }

/** A change that a person must choose. */
export interface ChangeChoice {
  messageId: string
  data?: Record<string, string | number>
  change: Change
}

/** Something that the API server has against a manifest, as data. */
export interface StructureFinding {
  id: FindingId
  /** From the manifest's root. */
  path: Path
  /** Points at the key although the value is a scalar. */
  on?: 'key'
  /** One of the rejection's messages. */
  messageId: string
  data?: Record<string, string | number>
  /** Keeps the meaning, so that it may be made without asking. */
  change?: Change
  choices?: ChangeChoice[]
}

/** What was found out of a manifest's structure. */
export interface Structure {
  findings: StructureFinding[]
  /** False when some value has a type that its field does not take, so that typed code must not read it. */
  trusted: boolean
  /** Where misplaced and misspelt fields belong: what is missing there has been said. */
  meant: Path[]
}

/** One check under way. */
export interface StructureRun {
  manifest: Manifest
  /** The versions the manifest is for, oldest first. */
  kubernetesVersions: readonly string[]
  structure: Structure
}
