import type { Edit } from '../problem.ts'

/**
 * The edits of a fix in the order of the text.
 * @param result what a fix function returned: one operation's edits, or several operations'
 * @returns null when any operation could not be done, or nothing is to be changed
 * @throws Error when two edits overlap, for then no order of applying them is right
 */
export function collectEdits(result: Edit[] | null | (Edit[] | null)[]): Edit[] | null {
  if (!result) return null
  const edits: Edit[] = []
  for (const part of result) {
    if (part === null) return null
    if (Array.isArray(part)) for (const edit of part) edits.push(edit)
    else edits.push(part)
  }
  if (edits.length === 0) return null
  edits.sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1])
  for (let index = 1; index < edits.length; index++) {
    const [start] = edits[index]!.range
    const [, end] = edits[index - 1]!.range
    if (start < end) throw new Error(`the edits of its fix overlap at offset ${start}`)
  }
  return edits
}
