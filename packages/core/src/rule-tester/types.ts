import type { Settings } from '../lint/config.ts'
import type { Project } from '../lint/project.ts'
import type { ManifestRole } from '../parse/tree.ts'

/** A text in which the rule finds nothing. */
export interface ValidCase {
  /** Default: the code. */
  name?: string
  code: string
  options?: readonly unknown[]
  /** An absolute path, for rules that look at other files. */
  filename?: string
  settings?: Settings
  project?: Project
  /** Other files, applied together with the code: texts by absolute paths. Instead of `project`. */
  files?: Readonly<Record<string, string>>
  /** The code as it was in the version that the run is compared to. */
  previous?: string
  /** What the documents are judged as. */
  role?: ManifestRole
  /** Runs this case alone. */
  only?: boolean
}

/** A text in which it finds something. */
export interface InvalidCase extends ValidCase {
  /** How many, or each one in the order of the text. */
  errors: number | readonly (string | RegExp | ErrorCase)[]
  /**
   * What the fixes make of the code in one pass; a list where later passes change more. Must be given when there is a
   * fix; null says that there is none.
   */
  output?: string | readonly string[] | null
}

/** What is expected of one finding; only what is given is compared. */
export interface ErrorCase {
  messageId?: string
  message?: string | RegExp
  /** With `messageId`: the message must be the one that these values make. */
  data?: Record<string, string | number>
  line?: number
  column?: number
  endLine?: number
  endColumn?: number
  /** Its field as the API server prints it. */
  field?: string
  /** All that are offered, in order, or how many. */
  suggestions?: number | readonly SuggestionCase[] | null
}

export interface SuggestionCase {
  messageId?: string
  message?: string
  data?: Record<string, string | number>
  /** The text once it is applied. */
  output: string
}

export interface Cases {
  valid: readonly (string | ValidCase)[]
  invalid: readonly InvalidCase[]
}
