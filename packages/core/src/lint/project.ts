import type { FileContext } from '../parse/file-context.ts'

/**
 * Answers, for one file at a time, what surrounds it: what kustomizations near it make of it. A host may read lazily,
 * when it is first asked, and keeps what it read, so an answer holds for as long as the project does; when a file
 * changes, the host makes a new project.
 */
export interface Project {
  /** The context of one file, by absolute path. */
  contextOf(filePath: string): FileContext
}

/** Knows of nothing around any file. */
export const emptyProject: Project = { contextOf: () => ({}) }
