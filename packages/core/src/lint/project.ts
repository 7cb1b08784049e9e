import type { KubernetesValue } from '../parse/tree.ts'

/** A field that a kustomization (or another overlay) sets when it builds, so that the file alone does not tell it. */
export interface OverlaidField {
  /** Which resource; absent parts match any. */
  kind?: string
  name?: string
  namespace?: string
  /**
   * From the resource's root. `'*'` stands for any item or key; an item of a list may be named by its name:
   * `{ name: 'agent' }`.
   */
  path: readonly (string | number | { name: string })[]
  /** The value it gets, where that can be told. */
  value?: KubernetesValue
}

/** What the files around one file say about it. */
export interface FileContext {
  /** `patch` when a kustomization lists the file as one. */
  role?: 'manifest' | 'patch'
  /** What kustomizations set on the resources of the file. */
  overlaid?: OverlaidField[]
}

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
