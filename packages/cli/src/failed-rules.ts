import { displayPath } from '@daemonlint/node'

/** Collects rules that break, so that the files they do not break on are reported all the same. */
export interface FailedRules {
  /** False for what is no rule's failure, or where a person wants to see where it was. */
  take(error: unknown): boolean
  /** One for each rule. */
  sentences(): string[]
}

interface Failure {
  where: string
  reason: string
  others: number
}

/** @param cwd absolute; paths are shown relative to it */
export function createFailedRules(cwd: string): FailedRules {
  const failures = new Map<string, Failure>()
  return {
    take(error) {
      if (!isRuleError(error) || process.env.DAEMONLINT_DEBUG) return false
      const { ruleId, filePath, line, cause } = error
      const known = failures.get(ruleId)
      if (known) known.others++
      else {
        const where = filePath === undefined ? `line ${line}` : `${displayPath(filePath, cwd)}:${line}`
        const text = cause instanceof Error ? cause.message : String(cause)
        failures.set(ruleId, { where, reason: text.split('\n', 1)[0]!, others: 0 })
      }
      return true
    },
    sentences: () =>
      [...failures].map(([ruleId, { where, reason, others }]) => {
        const more = others > 0 ? `, and in ${others} ${others === 1 ? 'file' : 'files'} more` : ''
        const end = /[.!?]$/.test(reason) ? '' : '.'
        return `Rule '${ruleId}' failed at ${where}${more}: ${reason}${end} DAEMONLINT_DEBUG=1 prints where.`
      }),
  }
}

interface RuleFailure extends Error {
  ruleId: string
  filePath?: string
  line: number
}

function isRuleError(error: unknown): error is RuleFailure {
  return error instanceof Error && error.name === 'RuleError'
}
