import type { RolledWorkload } from '../fix/rolled.ts'
import type { Severity } from '../problem.ts'
import { count, countSeverities } from './counts.ts'
import type { FileResult, RunSummary } from './format.ts'
import { printable } from './frame.ts'
import type { Paint } from './paint.ts'
import { resourceName } from './resource.ts'

/** How much was found, what was looked at, and what `--fix` would do or has done. */
export function summarise(results: readonly FileResult[], summary: RunSummary, paint: Paint): string {
  return [...findings(results, summary, paint), ...aboutRun(results, summary, paint)].join('\n')
}

/** The same without how much was found, for formats that say so in a heading: a line each. */
export function aboutRun(results: readonly FileResult[], summary: RunSummary, paint: Paint): string[] {
  const lines = [looked(results, summary), ...unseen(summary)]
  if (summary.fixable > 0) {
    lines.push(`${count(summary.fixable, 'finding')} can be fixed with ${paint.bold('--fix')}.`)
  }
  if (summary.offersChoice) {
    lines.push(
      `Some findings have suggestions: ${paint.bold('--format json')} lists them, and ${paint.bold('daemonlint explain RULE')} says more.`,
    )
  }
  const written = results.filter(({ output }) => output !== undefined).length
  if (written > 0) {
    const files = count(written, 'file')
    lines.push(
      summary.dryRun ? `Fixes would change ${files}; nothing was written.` : `Fixes were made in ${files}.`,
    )
  }
  if (summary.rolled.length > 0) for (const line of rolls(summary.rolled, paint)) lines.push(line)
  return lines
}

/** One line; none where nothing was looked at. */
function findings(results: readonly FileResult[], summary: RunSummary, paint: Paint): string[] {
  const { hidden = 0, workloads } = summary
  const marks: Record<Severity, string> = {
    error: paint.red('✖'),
    warn: paint.yellow('⚠'),
    info: paint.blue('ℹ'),
  }
  const parts = countSeverities(results.flatMap(({ problems }) => problems)).map(
    ({ severity, text }) => `${marks[severity]} ${text}`,
  )
  const others = hidden > 0 ? ` (${count(hidden, 'other finding')} not shown)` : ''
  if (parts.length > 0) return [`${parts.join(', ')}${others}`]
  if (workloads === 0 && hidden === 0) return []
  const isBaseline = results.some(({ suppressed }) =>
    suppressed.some(({ suppressions }) => suppressions?.some(({ kind }) => kind === 'file')),
  )
  return [
    `${paint.green('✔')} ${hidden > 0 ? 'No errors' : isBaseline ? 'Nothing new found' : 'Nothing found'}${others}.`,
  ]
}

function looked(results: readonly FileResult[], summary: RunSummary): string {
  const { files, workloads, patches, templates } = summary
  const parts = [`${count(files, 'file')} read`, `${count(workloads, 'workload')} checked`]
  if (patches > 0) parts[1] += ` (${patches} of them as ${patches === 1 ? 'a patch' : 'patches'})`
  if (templates > 0) parts.push(`${count(templates, 'template')} passed over`)
  const suppressed = results.flatMap((result) => result.suppressed)
  const rejected = suppressed.filter((problem) => problem.rejected).length
  const refused = rejected > 0 ? ` (the API server refuses ${rejected} of them all the same)` : ''
  if (suppressed.length > 0) parts.push(`${count(suppressed.length, 'finding')} suppressed${refused}`)
  return `${parts.join(', ')}.`
}

/** One line where rules could not look at something. */
function unseen({ undecoded = 0 }: RunSummary): string[] {
  if (undecoded === 0) return []
  const it = undecoded === 1 ? 'it' : 'them'
  return [`${count(undecoded, 'workload')} cannot be decoded, so the rules have not looked at ${it} yet.`]
}

function rolls(rolled: readonly RolledWorkload[], paint: Paint): string[] {
  const names = rolled.map((workload) => printable(`  ${resourceName(workload)}`))
  return [`${paint.yellow('↻')} Pod templates changed: applying this restarts the pods of`, ...names]
}
