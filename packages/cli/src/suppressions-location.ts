import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { suppressionsFileName } from '@daemonlint/node'
import type { Options } from './options.ts'

/** Where suppressions are, or are to be; undefined where there are none and none are to be written. */
export function suppressionsLocation(options: Options, cwd: string): string | undefined {
  const location = resolve(cwd, options.suppressionsLocation ?? suppressionsFileName)
  const { suppressAll, suppressRule, pruneSuppressions } = options
  const isAsked = suppressAll || suppressRule.length > 0 || pruneSuppressions || options.suppressionsLocation
  return isAsked || existsSync(location) ? location : undefined
}
