import type { Severity } from '../problem.ts'
import { uniqueFingerprints } from './fingerprint.ts'
import type { FileResult, FormatOptions } from './format.ts'

/** GitLab's words: info, minor, major, critical, blocker. What the API server refuses blocks. */
const SEVERITY: Record<Severity, string> = { info: 'info', warn: 'minor', error: 'major' }

/**
 * GitLab's code quality report, a JSON list on one line. GitLab tells by the fingerprint what a merge request adds and what it
 * resolves: it holds the path and what is found there, but no line. GitLab reads `positions`, with columns, where they
 * are, else `lines`.
 */
export function gitlab(results: readonly FileResult[], _options: FormatOptions): string {
  const fingerprintOf = uniqueFingerprints()
  const issues = results.flatMap(({ displayPath, problems }) =>
    problems.map((problem) => {
      const { start, end } = problem.position
      return {
        type: 'issue',
        check_name: problem.ruleId,
        description: problem.message,
        categories: ['Bug Risk'],
        severity: problem.rejected ? 'blocker' : SEVERITY[problem.severity],
        fingerprint: fingerprintOf(problem, displayPath),
        location: {
          path: displayPath,
          lines: { begin: start.line, end: end.line },
          positions: {
            begin: { line: start.line, column: start.column },
            end: { line: end.line, column: end.column },
          },
        },
      }
    }),
  )
  return JSON.stringify(issues)
}

export default gitlab
