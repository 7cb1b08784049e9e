import type { DecodeError, SourceDocument } from '../parse/tree.ts'
import type { Problem } from '../problem.ts'
import { afterBlank } from '../text/blank.ts'
import { excerpt } from '../text/excerpt.ts'
import { rejections } from './rejections.ts'

/** What was found while a document's text was decoded, as problems. */
export const decodingProblems = (document: SourceDocument): Problem[] => document.errors.map(decodingProblem)

function decodingProblem({ code, message, position, field, related }: DecodeError): Problem {
  const accepted = rejections[code].accepted === true
  return {
    ruleId: `api-server/${code}`,
    severity: accepted ? 'warn' : 'error',
    message: /[.!?]$/.test(message) ? message : `${message}.`,
    messageId: 'error',
    position,
    ...(field === undefined ? {} : { field }),
    ...(accepted ? {} : { rejected: true }),
    ...(related === undefined ? {} : { related }),
  }
}

/** True when something the API server refuses was found in a document's text. */
export const isRejected = (document: SourceDocument): boolean =>
  document.errors.some(({ code }) => rejections[code].accepted !== true)

/**
 * `%YAML` before the `---` of a document: kubectl, which splits a file on such lines, takes it for a document of its
 * own and refuses the file. The API server would take it, but for a version other than 1.1.
 * @param text the text of what then is a document of its own; it may have been passed over
 */
export function directiveProblem(document: SourceDocument, text: string): Problem | undefined {
  const first = startOf(text)
  let at = first
  while (text[at] === '%') at = afterBlank(text, at + lineAt(text, at).length)
  if (at === first || at < text.length) return undefined
  const written = lineAt(text, first).trimEnd()
  const { start } = document.position
  const line = start.line + text.slice(0, first).split('\n').length - 1
  const point = (length: number) => ({ line, column: 1 + length, offset: start.offset! + first + length })
  return {
    ruleId: 'api-server/yaml-syntax',
    severity: 'error',
    message: `\`${excerpt(written)}\` before \`---\`: kubectl takes the line for a document of its own and refuses it; remove it.`,
    messageId: 'error',
    position: { start: point(0), end: point(written.length) },
    rejected: true,
  }
}

/**
 * A document that is a list of manifests, a DaemonSet among them. Other lists (of exceptions, of test cases, of tasks
 * and patches that hold a manifest) are not meant for the API server. It works on the text, for such a document may
 * have been passed over.
 * @param text the document's own text
 */
export function listProblem(document: SourceDocument, text: string): Problem | undefined {
  if ((document.status !== 'parsed' && document.status !== 'skipped') || !isList(text)) {
    return undefined
  }
  if (!namesDaemonSet(text)) return undefined
  const first = startOf(text)
  if (!namesDaemonSet(ownFields(text, first))) return undefined
  const lines = text.slice(0, first).split('\n')
  const { line, offset } = document.position.start
  const column = lines.at(-1)!.length + 1
  const start = { line: line + lines.length - 1, column, offset: offset! + first }
  const end = { ...start, column: column + 1, offset: start.offset + 1 }
  return {
    ruleId: 'api-server/top-level-list',
    severity: 'error',
    message: rejections['top-level-list'].messages.list!,
    messageId: 'list',
    position: { start, end },
    rejected: true,
  }
}

const namesDaemonSet = (text: string) =>
  /\bkind["']?\s*:\s*["']?DaemonSet\b/.test(text) && /\bapiVersion["']?\s*:\s*["']?apps\/v1\b/.test(text)

/** What the items of a list say themselves, and nothing that stands deeper. `first` is where the list begins. */
function ownFields(text: string, first: number): string {
  if (text[first] === '[') return outerFlow(text.slice(first))
  const column = (at: number) => at - (text.lastIndexOf('\n', at - 1) + 1)
  const dash = column(first)
  const inner = column(afterBlank(text, first + 1))
  // An item that is written in flow style is taken as a whole.
  const isOwn = (line: string) => line[dash] === '-' || !/^ *$/.test(line.slice(0, inner + 1))
  return text
    .slice(first - dash)
    .split('\n')
    .filter(isOwn)
    .join('\n')
}

/** The text of a list in flow style without what stands within three brackets or more. */
function outerFlow(text: string): string {
  let depth = 0
  return text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|[[\]{}]|[^[\]{}"']+/g, (part) => {
    if (part === '[' || part === '{') depth++
    const isOuter = depth <= 2
    if (part === ']' || part === '}') depth--
    return isOuter ? part : ''
  })
}

/** True when a list is the first thing in a document. */
function isList(text: string): boolean {
  const start = startOf(text)
  return /^(?:-\s|\[)/.test(text.slice(start, start + 2))
}

/** The first thing in a document that is no white space, comment or separator. */
const startOf = (text: string) => afterBlank(text, /^---.*\n/.exec(text)?.[0].length)

const lineAt = (text: string, at: number) => /^[^\r\n]*/.exec(text.slice(at, at + 1000))![0]
