import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { systemReason } from '@daemonlint/node'
import { UsageError } from './usage-error.ts'
import { writeWhole } from './write-file.ts'

/**
 * Refuses to write a report over what is to be linted. A report in JSON of an earlier run may lie among the files; it
 * is no manifest, and is replaced.
 * @param output absolute
 * @param inputs absolute
 * @throws {UsageError}
 */
export function checkOutput(output: string, inputs: readonly string[]): void {
  const stats = statSync(output, { throwIfNoEntry: false })
  if (!stats?.isFile()) return
  const isOutput = (input: string) => {
    const other = statSync(input, { throwIfNoEntry: false })
    return other?.ino === stats.ino && other.dev === stats.dev
  }
  const found = inputs.find(isOutput)
  if (found === undefined || /^\s*(\[|$)/.test(readFileSync(output, 'utf8'))) return
  throw new UsageError(`--output-file ${output} is one of the files to lint, and would be overwritten.`)
}

/**
 * @param path absolute
 * @throws {UsageError}
 */
export function writeReport(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeWhole(path, text)
  } catch (error) {
    throw new UsageError(`--output-file ${path} cannot be written: ${systemReason(error)}.`)
  }
}
