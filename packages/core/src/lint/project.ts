import type { FileContext } from '../parse/file-context.ts'

/** A resource as other files see it. */
export interface ResourceSummary {
  apiVersion: string
  kind: string
  name: string
  namespace: string
  file: string
}

/**
 * What a run knows of all its files. Immutable: a changed file makes a new project, so a server can replace one file
 * at a time.
 */
export interface Project {
  /** The context of one file, by absolute path. */
  contextOf(filePath: string): FileContext
  readonly resources: readonly ResourceSummary[]
}

export const emptyProject: Project = { contextOf: () => ({}), resources: [] }
