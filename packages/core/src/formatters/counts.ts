import type { Problem, Severity } from '../problem.ts'

/** Most severe first. */
export const severities: readonly Severity[] = ['error', 'warn', 'info']

/** What people call them. */
export const severityWords: Record<Severity, string> = { error: 'error', warn: 'warning', info: 'info' }

/** `file` for one, `files` for any other number of them. */
export function plural(number: number, one: string, many = `${one}s`): string {
  return number === 1 ? one : many
}

/** `1 file`, `2 files`. */
export function count(number: number, one: string, many?: string): string {
  return `${number} ${plural(number, one, many)}`
}

export interface SeverityCount {
  severity: Severity
  number: number
  /** `2 warnings` */
  text: string
}

/** How many findings there are of each severity that some have, most severe first. */
export function countSeverities(problems: readonly Problem[]): SeverityCount[] {
  const numbers: Record<Severity, number> = { error: 0, warn: 0, info: 0 }
  for (const { severity } of problems) numbers[severity]++
  return severities
    .filter((severity) => numbers[severity] > 0)
    .map((severity) => {
      const number = numbers[severity]
      return { severity, number, text: count(number, severityWords[severity]) }
    })
}
