/** Directives in comments: `# daemonlint-disable-next-line image-tag -- reason`. */

import type { Problem } from '@daemonlint/core'
import { directiveTypes } from '@daemonlint/core/editor'
import type { Snapshot } from '../snapshot.ts'
import { completeRules } from './complete-rules.ts'
import { type Completion, type CompletionOptions, sortText } from './completion-types.ts'

const meanings: Readonly<Record<(typeof directiveTypes)[number], string>> = {
  'disable-next-line': 'hides findings on the next line',
  'disable-line': 'hides findings on this line',
  disable: 'hides findings from here on',
  enable: 'ends a disable',
}

/** @param comment from its `#` to the cursor */
export function completeDirective(
  snapshot: Snapshot,
  offset: number,
  comment: { start: number; text: string },
  options: CompletionOptions,
): Completion[] {
  const [, type, list] = /^#\s*daemonlint-([\w-]+)\s(.*)$/s.exec(comment.text) ?? []
  const known = directiveTypes.find((known) => known === type)
  if (known && list !== undefined) {
    const problems = problemsOf(snapshot, offset, known)
    return completeRules(snapshot, { written: list, offset, problems }, options)
  }
  const [, word] = /^#\s*([\w-]+)$/.exec(comment.text) ?? []
  // Most comments are none: what is typed must begin as one does.
  if (!word || !directiveTypes.some((type) => `daemonlint-${type}`.startsWith(word))) return []
  return Object.entries(meanings).map(([type, detail], index) => ({
    label: `daemonlint-${type}`,
    kind: 'keyword',
    detail,
    start: offset - word.length,
    end: offset,
    insertText: `daemonlint-${type} `,
    snippet: false,
    sortText: sortText(0, index),
  }))
}

/** The findings that a directive at an offset hides, or would hide; without a rule it hides them all by now. */
function problemsOf(
  { text, result }: Snapshot,
  offset: number,
  type: (typeof directiveTypes)[number],
): Problem[] {
  const all = [...result.problems, ...result.suppressed]
  const line = text.slice(0, offset).split('\n').length
  if (type === 'disable-line') return all.filter(({ position }) => position.start.line === line)
  if (type !== 'disable-next-line') return all.filter(({ position }) => position.start.line > line)
  const lines = text.split('\n')
  let next = line
  while (next < lines.length && /^\s*(?:#|$)/.test(lines[next]!)) next++
  return all.filter(({ position }) => position.start.line === next + 1)
}
