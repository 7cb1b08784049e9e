import type { FixFunction } from '../fix/types.ts'
import type { Path } from '../parse/tree.ts'
import type { Change, StructureFinding } from '../schema/finding.ts'
import type { RejectionReport } from './rejection-report.ts'

/** A finding of the structure's check, as it is reported: changes are made by fixes. */
export function reportOfFinding({ change, choices, ...finding }: StructureFinding): RejectionReport {
  const { path } = finding
  return {
    ...finding,
    ...(change && { fix: fixOf(path, change) }),
    ...(choices && {
      suggest: choices.map(({ change, ...choice }) => ({ ...choice, fix: fixOf(path, change) })),
    }),
  }
}

function fixOf(path: Path, change: Change): FixFunction {
  if ('set' in change) return (fixer) => fixer.set(path, change.set)
  if ('rename' in change) return (fixer) => fixer.rename(path, change.rename)
  if ('moveTo' in change) return (fixer) => fixer.move(path, change.moveTo)
  return (fixer) => fixer.remove(path)
}
