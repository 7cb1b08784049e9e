import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { systemReason } from '@daemonlint/node'
import { type FormatRequest, flagOf, pathOf } from './formats.ts'
import { UsageError } from './usage-error.ts'
import { makeFolder, writeWhole } from './write-file.ts'

/**
 * Refuses to write a report over what is to be linted. A report of an earlier run in JSON may lie among the files; it is
 * no manifest, and is replaced.
 * @param cwd absolute
 * @param inputs absolute
 * @throws {UsageError}
 */
export function checkOutputs(
  requests: readonly FormatRequest[],
  cwd: string,
  inputs: readonly string[],
): void {
  for (const request of requests) {
    const path = pathOf(request, cwd)
    if (path === undefined || !isInput(path, inputs) || isReport(readFileSync(path, 'utf8'))) continue
    throw new UsageError(`${flagOf(request, path)} is one of the files to lint, and would be overwritten.`)
  }
}

function isInput(output: string, inputs: readonly string[]): boolean {
  const stats = statSync(output, { throwIfNoEntry: false })
  if (!stats?.isFile()) return false
  return inputs.some((input) => {
    const other = statSync(input, { throwIfNoEntry: false })
    return other?.ino === stats.ino && other.dev === stats.dev
  })
}

/** What the formats in JSON begin with: a list, SARIF, reviewdog's diagnostics, or a finding on a line. */
function isReport(text: string): boolean {
  return /^\s*(\[|$|\{"\$schema":"[^"]*\bsarif\b|\{\s*"source":\s*\{\s*"name":\s*"daemonlint"|\{"filePath":)/.test(
    text,
  )
}

/**
 * Writes a report as a whole.
 * @returns why it could not be written
 */
export function writeReport(request: FormatRequest, path: string, text: string): string | undefined {
  try {
    makeFolder(dirname(path))
    writeWhole(path, text)
    return undefined
  } catch (error) {
    return `${flagOf(request, path)} cannot be written: ${systemReason(error)}.`
  }
}
