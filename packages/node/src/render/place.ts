import type { Problem, ProblemResource } from '@daemonlint/core'

/** A place of a file that a rendered text comes from. */
export interface Place {
  /** Absolute. */
  filePath: string
  text: string
  position: Problem['position']
  /** The resource as the file names it, where that may be otherwise than in the rendered text. */
  resource?: ProblemResource
}

/** Finds where a place of a rendered text comes from; undefined where nobody can tell. */
export type FindPlace = (position: Problem['position']) => Place | undefined
