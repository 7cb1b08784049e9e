import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { suppressionsFileName } from '@daemonlint/node'
import type { Options } from './options.ts'
import type { Memory } from './session.ts'

/** Where suppressions are, or are to be; undefined where there are none and none are to be written. While --watch lasts, they are watched. */
export function suppressionsLocation(
  options: Options,
  cwd: string,
  memory: Memory | undefined,
): string | undefined {
  const location = resolve(cwd, options.suppressionsLocation ?? suppressionsFileName)
  if (memory) {
    const { looked } = memory.record
    const folder = dirname(location)
    looked.set(folder, new Set([...(looked.get(folder) ?? []), basename(location)]))
  }
  const { suppressAll, suppressRule, pruneSuppressions } = options
  const isAsked = suppressAll || suppressRule.length > 0 || pruneSuppressions || options.suppressionsLocation
  return isAsked || existsSync(location) ? location : undefined
}
