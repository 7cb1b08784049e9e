import type { Edit } from '@daemonlint/core'

/** More than this of a text is not shown. */
const longest = 50

/**
 * What edits of YAML do, in a few words: ``add `readOnly: true` ``, ``replace `latest` with `1.4.2` ``.
 * @param text what the edits' offsets speak of
 * @param edits of one fix
 */
export function describeEdits(text: string, edits: readonly Edit[]): string {
  const [first, second, ...others] = edits
    .toSorted((a, b) => a.range[0] - b.range[0])
    .flatMap((edit) => describe(text, edit))
  if (first === undefined) return 'tidy up'
  if (second === undefined) return first
  if (others.length === 0) return `${first}, ${second}`
  return `${first} and ${others.length + 1} more changes`
}

/** None for a comma, a bracket or white space, which are there for the sake of others. */
function describe(text: string, { range, text: insert }: Edit): string[] {
  const [before, after] = [inShort(text.slice(...range)), inShort(insert)]
  if (before === after) return []
  if (before === '') return [`add ${quoted(after)}`]
  return [after === '' ? `remove ${quoted(before)}` : `replace ${quoted(before)} with ${quoted(after)}`]
}

const quoted = (text: string) => `\`${text}\``

/** A text on one line: maps of one entry by their path, others with what separates them. */
function inShort(text: string): string {
  const lines = text
    .split(/\r\n?|\n/)
    .map((line) => line.trim().replace(/^,\s*|\s*,$/g, ''))
    .filter((line) => /[^\s[\]{},]/.test(line))
  const last = lines.pop()
  if (last === undefined) return ''
  const isPath = lines.every((line) => /^[\w./-]+:$/.test(line))
  const words = isPath
    ? [...lines.map((line) => line.slice(0, -1)), last].join('.')
    : [...lines, last].join(', ').replaceAll(/:, |-, /g, (mark) => `${mark[0]} `)
  return words.length > longest ? `${words.slice(0, longest - 1).trimEnd()}…` : words
}
