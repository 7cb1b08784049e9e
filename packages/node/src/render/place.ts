import type { Problem } from '@daemonlint/core'

/** A place of a file that a rendered text comes from. */
export interface Place {
  /** Absolute. */
  filePath: string
  text: string
  position: Problem['position']
  /** The resource as that file names it, where the built one may have another name. */
  resource?: { name: string; namespace: string }
}

/** Finds where a place of a rendered text comes from; undefined where nobody can tell. */
export type FindPlace = (position: Problem['position']) => Place | undefined
