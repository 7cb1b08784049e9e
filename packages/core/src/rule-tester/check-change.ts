import type { LintResult } from '../lint/lint.ts'
import type { Edit } from '../problem.ts'
import { fail } from './assert.ts'

/**
 * Fails when a fix or suggestion does harm: its output does not parse, the API server refuses it for a new reason, or
 * a comment is gone that did not belong to something removed.
 * @param what how the failure names the change: `the fix`
 */
export function checkChange(
  what: string,
  before: LintResult,
  after: LintResult,
  edits: readonly Edit[],
): void {
  const known = rejectionsOf(before)
  const added = rejectionsOf(after).filter((rejection) => {
    const index = known.indexOf(rejection)
    if (index >= 0) known.splice(index, 1)
    return index < 0
  })
  const output = after.root.text
  if (added.length > 0)
    fail(`After ${what} the API server refuses the manifest: ${added.join('; ')}`, { output })
  const left = after.root.comments.map(({ value }) => value)
  for (const { value, position } of before.root.comments) {
    const index = left.indexOf(value)
    if (index >= 0) {
      left.splice(index, 1)
      continue
    }
    const start = position.start.offset ?? 0
    const removed = edits.some(({ range, text }) => text === '' && range[0] <= start && start < range[1])
    if (!removed) fail(`After ${what} the comment '#${value}' is gone.`, { output })
  }
}

/** What is refused, without places, for a fix moves them. */
function rejectionsOf({ problems, root }: LintResult): string[] {
  const rejections = problems
    .filter(({ rejected }) => rejected)
    .map(({ ruleId, message }) => `${ruleId}: ${message}`)
  const broken = root.documents.flatMap(({ status, errors }) => (status === 'broken' ? errors : []))
  return [...new Set([...rejections, ...broken.map(({ code, message }) => `api-server/${code}: ${message}`)])]
}
