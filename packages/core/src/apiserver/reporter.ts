import type { Manifest } from '../parse/tree.ts'
import type { Problem } from '../problem.ts'
import { toProblem } from '../report/report.ts'
import type { RejectionReport } from './rejection-report.ts'
import { rejections } from './rejections.ts'

/**
 * Makes the function by which checks report what the API server refuses of one manifest.
 * @param problems where the findings go
 */
export function rejectionReporter(node: Manifest, problems: Problem[]) {
  return ({ id, needs: _, ...descriptor }: RejectionReport): void => {
    const problem = toProblem(
      { ...descriptor, node },
      {
        ruleId: `api-server/${id}`,
        severity: 'error',
        messages: rejections[id].messages,
        rejected: true,
      },
    )
    if (problem) problems.push(problem)
  }
}
