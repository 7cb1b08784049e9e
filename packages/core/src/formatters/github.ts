import type { Severity } from '../problem.ts'
import type { FileResult, FormatOptions } from './format.ts'
import { printable } from './frame.ts'

const COMMAND: Record<Severity, string> = { info: 'notice', warn: 'warning', error: 'error' }

/**
 * Workflow commands of GitHub Actions, one for each finding, which become annotations of the changed lines. Most severe
 * first, for GitHub shows ten of each severity for a step.
 */
export function github(results: readonly FileResult[], { summary }: FormatOptions): string {
  const failures = (summary.failures ?? []).map((text) => command('error', { title: 'daemonlint' }, text))
  const commands = (['error', 'warn', 'info'] as const).flatMap((wanted) =>
    results.flatMap(({ displayPath, problems }) =>
      problems
        .filter(({ severity }) => severity === wanted)
        .map(({ ruleId, message, position: { start, end } }) => {
          const place = { file: displayPath, line: start.line, endLine: end.line }
          // A column counts only on one line.
          const col = start.line === end.line ? start.column : undefined
          return command(COMMAND[wanted], { ...place, col, title: ruleId }, message)
        }),
    ),
  )
  return [...failures, ...commands].join('\n')
}

export default github

/** `::name key=value,key=value::text`, escaped as `@actions/core` does it. */
function command(
  name: string,
  properties: Record<string, string | number | undefined>,
  text: string,
): string {
  const pairs = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`)
  return `::${name} ${pairs.join(',')}::${escapeData(printable(text))}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
