/** The line below `- name: x`, at the column of its dash: where editors put the cursor after Enter. */
import type { Snapshot } from '../snapshot.ts'
import type { Completion, CompletionOptions } from './completion-types.ts'

/**
 * What fits into the item above, whose other keys stand further to the right. Another item, or a key of what holds the
 * list, may be meant as well, so these come only with the spaces that are missing.
 * @param complete what can be written at an offset of a text
 */
export function completeBelowDash(
  snapshot: Snapshot,
  offset: number,
  options: CompletionOptions,
  complete: (snapshot: Snapshot, offset: number, options: CompletionOptions) => Completion[],
): Completion[] {
  const { text } = snapshot
  const line = text.lastIndexOf('\n', offset - 1) + 1
  const [, indent, word] = /^( *)([\w./-]*)$/.exec(text.slice(line, offset)) ?? []
  if (indent === undefined || word!.startsWith('-') || !/^[\w./-]*[ \t]*(?:\r?\n|$)/.test(text.slice(offset)))
    return []
  const above = text.slice(0, line).trimEnd()
  const [, dashes, marks] = /(?:^|[\r\n])( *)(- +)["']?[\w./-]+["']?:(?:[ \t][^\r\n]*)?$/.exec(above) ?? []
  if (marks === undefined || dashes !== indent) return []
  const pad = ' '.repeat(marks.length)
  const start = line + indent.length
  const padded = text.slice(0, start) + pad + text.slice(start)
  const breaks = options.adjustsIndentation === false ? '\n' : `\n${pad}`
  return complete({ ...snapshot, text: padded }, offset + pad.length, options).map((found) => ({
    ...found,
    detail: [found.detail, 'in the item above'].filter(Boolean).join(', '),
    start: found.start - pad.length,
    end: found.end - pad.length,
    insertText: pad + found.insertText.replaceAll('\n', breaks),
    filterText: found.filterText ?? found.label,
  }))
}
