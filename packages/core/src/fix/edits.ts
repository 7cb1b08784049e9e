import type { Edit, Fix } from '../problem.ts'

export interface AppliedFixes {
  output: string
  /** In the order of the text. */
  applied: Fix[]
  /** Those that touch an applied one; they may fit in another pass. */
  skipped: Fix[]
}

export const byStart = (a: Edit, b: Edit): number => a.range[0] - b.range[0] || a.range[1] - b.range[1]

/**
 * Applies fixes to a text, all edits of one or none of them. As in ESLint, a fix that overlaps or adjoins an earlier
 * one is left for the next pass.
 * @param text the text that the fixes' offsets speak of
 * @param fixes in any order; the one that begins first in the text wins
 */
export function applyEdits(text: string, fixes: readonly Fix[]): AppliedFixes {
  const ordered = fixes
    .map((fix) => ({ fix, edits: fix.edits.toSorted(byStart) }))
    .filter(({ edits }) => edits.length > 0)
    .sort((a, b) => byStart(a.edits[0]!, b.edits[0]!))
  const applied: Fix[] = []
  const skipped: Fix[] = []
  const done = new DoneEdits()
  for (const { fix, edits } of ordered) {
    const fits = isSound(edits, text.length) && !edits.some((edit) => done.touches(edit))
    if (fits) for (const edit of edits) done.add(edit)
    ;(fits ? applied : skipped).push(fix)
  }
  return { output: splice(text, done.edits), applied, skipped }
}

/** Edits that do not overlap, in the order of the text; thousands of fixes ask whether theirs still fits. */
class DoneEdits {
  readonly edits: Edit[] = []

  /** Index of the first edit that ends at or after an offset. */
  private firstFrom(offset: number): number {
    let low = 0
    let high = this.edits.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.edits[middle]!.range[1] < offset) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Overlapping, or side by side: then the one may speak of what the other changes. */
  touches({ range: [start, end] }: Edit): boolean {
    const next = this.edits[this.firstFrom(start)]
    return next !== undefined && next.range[0] <= end
  }

  add(edit: Edit): void {
    let at = this.firstFrom(edit.range[0])
    // Edits of one fix may adjoin.
    while (at < this.edits.length && byStart(this.edits[at]!, edit) <= 0) at++
    this.edits.splice(at, 0, edit)
  }
}

/** True when the edits lie in the text and do not overlap each other; they may adjoin. */
function isSound(edits: readonly Edit[], length: number): boolean {
  let at = 0
  for (const { range } of edits) {
    const [start, end] = range
    if (start < at || end < start || end > length) return false
    at = end
  }
  return true
}

/** @param edits in the order of the text, without overlaps */
function splice(text: string, edits: readonly Edit[]): string {
  let output = ''
  let at = 0
  for (const { range, text: insert } of edits) {
    output += text.slice(at, range[0]) + insert
    at = range[1]
  }
  return output + text.slice(at)
}

/**
 * One edit that does what several do, as ESLint's results want it: the text between them is repeated.
 * @param text the text that the edits' offsets speak of
 */
export function mergeEdits(text: string, edits: readonly Edit[]): Edit | undefined {
  const ordered = edits.toSorted(byStart)
  const [first, last] = [ordered[0], ordered.at(-1)]
  if (!first || !last) return undefined
  const [start, end] = [first.range[0], last.range[1]]
  const moved = ordered.map(
    (edit): Edit => ({ ...edit, range: [edit.range[0] - start, edit.range[1] - start] }),
  )
  return { range: [start, end], text: splice(text.slice(start, end), moved) }
}
