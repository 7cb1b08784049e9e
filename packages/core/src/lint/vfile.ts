import { VFileMessage } from 'vfile-message'
import type { Fix, Problem, Suggestion } from '../problem.ts'

/** What a message of daemonlint has beside what every VFile message has. */
export interface DaemonlintMessage extends VFileMessage {
  /** As the API server prints it: `spec.template.spec.containers[0].image`. */
  field?: string
  fix?: Fix
  suggestions?: Suggestion[]
  /** The API server refuses the manifest because of it. `fatal` is the severity and nothing else. */
  rejected?: boolean
}

/** VFile's severities: true is an error, false a warning, null a remark. */
export const fatal = { error: true, warn: false, info: null } as const

/**
 * Makes a VFile message of a problem. `expected` is set when the fix replaces exactly what the message points at, and
 * `actual` beside it when the text is known.
 * @param file its path, for the message's name, and the text without a byte order mark
 */
export function toVFileMessage(
  problem: Problem,
  file: { filePath?: string | undefined; text?: string | undefined } = {},
): DaemonlintMessage {
  const { ruleId, position, severity, url, field, fix, suggestions, rejected } = problem
  const message: DaemonlintMessage = new VFileMessage(problem.message, {
    place: position,
    ruleId,
    source: 'daemonlint',
  })
  if (file.filePath !== undefined) {
    message.file = file.filePath
    message.name = `${file.filePath}:${message.name}`
  }
  message.fatal = fatal[severity]
  if (url !== undefined) message.url = url
  const note = noteOf(problem)
  if (note) message.note = note
  const replacement = replacementOf(problem)
  if (replacement !== undefined) {
    message.expected = [replacement]
    if (file.text !== undefined) message.actual = file.text.slice(...rangeOf(problem))
  }
  if (field !== undefined) message.field = field
  if (fix) message.fix = fix
  if (suggestions) message.suggestions = suggestions
  if (rejected) message.rejected = true
  return message
}

function rangeOf({ position }: Problem): [number, number] {
  return [position.start.offset ?? 0, position.end.offset ?? 0]
}

function replacementOf(problem: Problem): string | undefined {
  const [edit, ...others] = problem.fix?.edits ?? []
  if (!edit || others.length > 0) return undefined
  const [start, end] = rangeOf(problem)
  return edit.range[0] === start && edit.range[1] === end ? edit.text : undefined
}

/** The second place, and what a person may choose from. */
function noteOf({ related, suggestions = [] }: Problem): string {
  const lines: string[] = []
  if (related) {
    const { line, column } = related.position.start
    lines.push(`${related.message} (${line}:${column})`)
  }
  if (suggestions.length > 0) lines.push('Suggestions:', ...suggestions.map(({ message }) => `- ${message}`))
  return lines.join('\n')
}
