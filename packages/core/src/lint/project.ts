import type { FileContext } from '../parse/file-context.ts'
import type { FoundResource, ResourceQuery } from './resources.ts'

/**
 * Answers, for one file at a time, what surrounds it: what kustomizations near it make of it, and which resources stand
 * in other files. A host may read lazily, when it is first asked, and keeps what it read, so an answer holds for as long
 * as the project does; when a file changes, the host makes a new project.
 */
export interface Project {
  /** The context of one file, by absolute path. */
  contextOf(filePath: string): FileContext
  /**
   * Resources of other files, in the order of their paths; none where it is absent.
   * @param filePath absolute; of the file whose surroundings are meant
   */
  resources?(filePath: string, query: ResourceQuery, clusters: Clusters): readonly FoundResource[]
  /**
   * True when other files may hold such resources that nobody can see, as templates do; false where it is absent.
   * @param filePath absolute; of the file whose surroundings are meant
   */
  mayHide?(filePath: string, query: ResourceQuery, clusters: Clusters): boolean
  /**
   * Whether a file around another, in the scope `folder`, may hold a resource of a kind; unknown where it is absent.
   * @param filePath absolute; of the file whose surroundings are meant
   */
  mayHold?(filePath: string, kind: string, clusters: Clusters): boolean
  /**
   * The text of a file as it was in the version that the run is compared to; undefined where there is none, or the file
   * was not there.
   */
  previousText?(filePath: string): string | undefined
}

/** `settings.clusters`, and where its globs start. */
export interface Clusters {
  /** Absolute; undefined where the configuration is of no folder. */
  basePath: string | undefined
  /** The files of each cluster, by its name. */
  globs: Readonly<Record<string, readonly string[]>>
}

/** Knows of nothing around any file. */
export const emptyProject: Project = { contextOf: () => ({}) }
