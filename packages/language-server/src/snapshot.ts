import type { LintResult, ResolvedConfig } from '@daemonlint/core'

/**
 * One version of an open document and what linting it came to. All that editors are offered (hover, completion, actions,
 * symbols, links) is worked out from one, by functions that know nothing of the protocol's connection: offsets and unist
 * positions go in and out, and the server translates them to the encoding that was agreed upon.
 */
export interface Snapshot {
  uri: string
  /** Absolute; undefined for a document that is no file. */
  filePath: string | undefined
  version: number
  /** Without a byte order mark; what positions and offsets speak of. */
  text: string
  /** The tree, the problems in the order of the text, and what was suppressed. */
  result: LintResult
  config: ResolvedConfig
}
