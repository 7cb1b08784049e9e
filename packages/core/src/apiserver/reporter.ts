import type { Manifest, Path } from '../parse/tree.ts'
import { valueAt } from '../parse/value.ts'
import type { Problem } from '../problem.ts'
import { toProblem } from '../report/report.ts'
import type { Finding } from './check.ts'
import type { RejectionReport } from './rejection-report.ts'
import { rejections } from './rejections.ts'

/**
 * Makes the function by which checks report what the API server refuses of one manifest.
 * @param problems where the findings go
 */
export function rejectionReporter(node: Manifest, problems: Problem[]) {
  return ({ id, needs: _, field, ...descriptor }: RejectionReport): boolean => {
    const { messages, accepted } = rejections[id]
    const problem = toProblem(
      { ...descriptor, node },
      {
        ruleId: `api-server/${id}`,
        severity: accepted ? 'warn' : 'error',
        messages,
        ...(!accepted && { rejected: true }),
      },
    )
    if (!problem) return false
    if (field !== undefined) problem.field = field
    problems.push(problem)
    return true
  }
}

/**
 * Takes what the validation finds: drops what rests on a value that is not known, and passes on the rest.
 */
export function findingReporter(node: Manifest, report: (report: RejectionReport) => boolean) {
  return ({ at, field, needs = [], ...finding }: Finding): boolean => {
    const { path } = at
    if (!isKnown(node, path)) return false
    const others = needs.map((need) => need.path)
    if (others.some((other) => !isWhollyKnown(node, other))) return false
    return report({ ...finding, path, field: String(field ?? at), needs: others })
  }
}

/**
 * True when the field's value, or that it is absent, is known; below it something may be unknown, unless nothing stands
 * there: an empty list or map may be about to be filled.
 */
function isKnown(node: Manifest, path: Path): boolean {
  const value = valueAt(node.value, path)
  if (value === undefined || value === null) return node.lacks(...path)
  if (typeof value !== 'object' || Object.keys(value).length > 0) return !node.isUnknown(...path)
  return node.role !== 'patch' && node.knows(...path)
}

/** As above, with everything below. A patch's lists and maps are merged with those of its base. */
function isWhollyKnown(node: Manifest, path: Path): boolean {
  const value = valueAt(node.value, path)
  if (value === undefined || value === null) return node.lacks(...path)
  return node.knows(...path) && (node.role !== 'patch' || typeof value !== 'object')
}
