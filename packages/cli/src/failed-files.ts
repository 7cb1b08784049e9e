import { displayPath } from '@daemonlint/node'
import { say, stackOf, textOf } from '@daemonlint/node/process'

/** Collects what breaks while a file is linted, so that the other files are reported all the same. */
export interface FailedFiles {
  /**
   * False for what is wrong with the whole run, such as a configuration. Where a person wants to see it, prints the
   * stack.
   * @param filePath absolute
   */
  take(error: unknown, filePath: string): boolean
  /** One for each rule, and for each file on which something else broke. */
  sentences(): string[]
}

interface Failure {
  what: string
  where: string
  reason: string
  others: number
}

const ofTheRun = new Set(['ConfigError', 'UsageError', 'FileError'])

/** @param cwd absolute; paths are shown relative to it */
export function createFailedFiles(cwd: string): FailedFiles {
  const failures = new Map<string, Failure>()
  return {
    take(error, filePath) {
      if (error instanceof Error && ofTheRun.has(error.name)) return false
      if (process.env.DAEMONLINT_DEBUG) say(stackOf(error))
      const { what, line, cause } = describe(error)
      const known = failures.get(what)
      if (known) known.others++
      else {
        const where = `${displayPath(filePath, cwd)}${line}`
        failures.set(what, { what, where, reason: textOf(cause).split('\n', 1)[0]!, others: 0 })
      }
      return true
    },
    sentences: () =>
      [...failures.values()].map(({ what, where, reason, others }) => {
        const more = others > 0 ? `, and in ${others} ${others === 1 ? 'file' : 'files'} more` : ''
        const end = /[.!?]$/.test(reason) ? '' : '.'
        return `${what} failed at ${where}${more}: ${reason}${end} DAEMONLINT_DEBUG=1 prints where.`
      }),
  }
}

function describe(error: unknown): { what: string; line: string; cause: unknown } {
  if (!isRuleError(error)) return { what: 'daemonlint itself', line: '', cause: error }
  return { what: `Rule '${error.ruleId}'`, line: `:${error.line}`, cause: error.cause }
}

interface RuleFailure extends Error {
  ruleId: string
  line: number
}

function isRuleError(error: unknown): error is RuleFailure {
  return error instanceof Error && error.name === 'RuleError'
}
