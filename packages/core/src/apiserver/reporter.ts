import type { Manifest, Path } from '../parse/tree.ts'
import { isMap, valueAt } from '../parse/value.ts'
import type { Problem } from '../problem.ts'
import { toProblem } from '../report/report.ts'
import type { Finding } from './check.ts'
import type { RejectionReport } from './rejection-report.ts'
import { rejections } from './rejections.ts'

/**
 * Makes the function by which checks report what the API server refuses of one manifest. It returns false for what is
 * not reported, as it rests on something unknown.
 * @param add takes the findings
 */
export function rejectionReporter(node: Manifest, add: (problem: Problem) => void) {
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
    add(problem)
    return true
  }
}

/**
 * Takes what the validation finds: drops what rests on a value that is not known, and passes on the rest.
 */
export function findingReporter(node: Manifest, report: (report: RejectionReport) => boolean) {
  const known = new Map<string, boolean>()
  const isNeedKnown = (path: Path): boolean => {
    const at = path.indexOf('*')
    const list = at < 0 ? undefined : valueAt(node.value, path.slice(0, at))
    // In a map it is a key like others.
    if (at < 0 || isMap(list)) return isWhollyKnown(node, path)
    const key = path.join('\n')
    const before = known.get(key)
    if (before !== undefined) return before
    const now = isEachKnown(
      node,
      path.slice(0, at),
      Array.isArray(list) ? list.length : 0,
      path.slice(at + 1),
    )
    known.set(key, now)
    return now
  }
  return ({ at, field, needs = [], ...finding }: Finding): boolean => {
    const { path } = at
    if (!isKnown(node, path)) return false
    const others = needs.map((need) => need.path)
    if (others.some((other) => !isNeedKnown(other))) return false
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

/** True when a field is known of all items of a list, and that no item is added. */
function isEachKnown(node: Manifest, list: Path, length: number, field: Path): boolean {
  for (let index = 0; index < length; index++) {
    if (!isWhollyKnown(node, [...list, index, ...field])) return false
  }
  return isWhollyKnown(node, [...list, length])
}
