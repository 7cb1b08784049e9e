import type { RejectionId } from '../apiserver/rejections.ts'
import type { ReportDescriptor } from '../lint/rule.ts'
import type { Manifest, Path } from '../parse/tree.ts'

/** What the API server has against a manifest; its messages are those of the rejection `id`. */
export interface RejectionReport extends Omit<ReportDescriptor<string>, 'node'> {
  id: RejectionId
  /** Other fields it depends on: nothing is said where a misplaced field belongs to one of them. */
  needs?: readonly Path[]
}

export interface StructureContext {
  /** The versions the manifest is for, oldest first. */
  kubernetesVersions: readonly string[]
  report(descriptor: RejectionReport): void
}

/** What was found out of a manifest's structure. */
export interface Structure {
  /** False when some value has a type that its field does not take, so that typed code must not read it. */
  trusted: boolean
  /** Where misplaced and misspelt fields belong: what is missing there has been said. */
  meant: Path[]
}

export interface StructureRun {
  manifest: Manifest
  context: StructureContext
  structure: Structure
}
