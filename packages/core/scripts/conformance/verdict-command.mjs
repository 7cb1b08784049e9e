import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from './usage-error.mjs'

/**
 * Asks a command: it reads names of files, one a line, and prints for each a line of JSON, `{ file, verdict, message,
 * causes: [{ field }], warnings }`, of which `verdict` (`accept` or `reject`) must be there.
 * @param {string} command run by the shell
 * @param {{ bytes: Uint8Array }[]} cases
 * @returns {import('./cluster.mjs').Answer[]} in the order of the cases
 * @throws UsageError where it does not answer like that
 */
export function askCommand(command, cases) {
  const folder = mkdtempSync(join(tmpdir(), 'daemonlint-conformance-'))
  try {
    const files = cases.map(({ bytes }, index) => {
      const file = join(folder, `${index}.yaml`)
      writeFileSync(file, bytes)
      return file
    })
    const { stdout, stderr, status, error } = spawnSync(command, {
      input: `${files.join('\n')}\n`,
      shell: true,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    })
    // A command that does not read all names (EPIPE) shows by what it says.
    const broken = error?.code === 'EPIPE' ? undefined : error
    if (broken || status !== 0) {
      throw new UsageError(
        `\`${command}\` failed: ${broken?.message ?? (stderr.trim().slice(0, 500) || `exit code ${status}`)}`,
      )
    }
    const answers = new Map(
      stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => answerOf(command, line)),
    )
    return files.map((file) => answers.get(file) ?? fail(command, `said nothing of ${file}`))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function answerOf(command, line) {
  let answer
  try {
    answer = JSON.parse(line)
  } catch {
    fail(command, `printed what is no JSON: ${line.slice(0, 200)}`)
  }
  const { file, verdict, message, causes, warnings } = Object(answer)
  if (!['accept', 'reject'].includes(verdict)) fail(command, `gave no verdict: ${line.slice(0, 200)}`)
  const fields = (causes ?? []).map(({ field }) => field).filter(Boolean)
  const said = message ?? (causes ?? []).map(({ field, message }) => `${field}: ${message}`).join('; ')
  return [file, { verdict, fields, warnings: warnings ?? [], message: said }]
}

function fail(command, what) {
  throw new UsageError(`\`${command}\` ${what}`)
}
