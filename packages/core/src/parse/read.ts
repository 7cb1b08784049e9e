import { afterBlank } from '../text/blank.ts'
import { type Composed, compose, type SyntaxProblem } from './compose.ts'
import { type Decoded, decode } from './decode.ts'
import type { Lines } from './lines.ts'
import { createSource, type YamlSource } from './source.ts'
import { checkAllEscapes, checkCharacters } from './strictness.ts'
import { holdsBlocks, holdsMarkers, neutralise } from './template.ts'
import type { DecodeError } from './tree.ts'

/** A file's text and what is known of it. */
export interface SourceFile {
  /** Without a byte order mark. */
  text: string
  lines: Lines
  /** Offsets of what is not UTF-8. */
  invalid: readonly number[]
}

/** One document, read. */
export interface ReadDocument {
  status: 'parsed' | 'template' | 'broken'
  errors: DecodeError[]
  /** Of a template: what is wrong with it as it stands. */
  cause?: DecodeError
  comments: { start: number; end: number }[]
  /** Only of a parsed document. */
  decoded?: Decoded
  source?: YamlSource
}

/**
 * Reads one document between two offsets of a file: lexes, parses, composes and decodes it. Never throws.
 */
export function readDocument(file: SourceFile, start: number, end: number): ReadDocument {
  const { text, lines, invalid } = file
  const body = text.slice(start, end)
  const bad = firstFrom(invalid, start)
  const composed = compose(body, start)
  const { comments } = composed
  const broken = (code: DecodeError['code'], message: string, from: number, to = from + 1): ReadDocument => ({
    status: 'broken',
    errors: [{ code, message, position: lines.positionOf(from, to) }],
    comments,
  })
  if (bad !== undefined && bad < end) {
    return broken('encoding', 'Not UTF-8; Kubernetes reads nothing else, so save the file as UTF-8', bad)
  }
  if (composed.tooComplex) {
    const { offset, reason } = composed.tooComplex
    return broken('too-complex', `Declined: ${reason}, more than any manifest needs`, offset)
  }
  const problem = firstProblem(composed, body, start, text)
  if (problem) {
    const failed = broken('yaml-syntax', problem.message, problem.start, problem.end)
    return isTemplate(body, problem) ? asTemplate(failed) : failed
  }
  const source = createSource(composed.document!, text, lines)
  const decoded = decode(composed.document!.contents, { text, lines, anchors: source.resolve })
  if (decoded.templateKey || (!decoded.decodable && isTemplate(body))) {
    return asTemplate({ status: 'broken', errors: decoded.errors, comments })
  }
  const ignored = ignoredText(file, composed, end)
  return {
    status: decoded.decodable ? 'parsed' : 'broken',
    errors: [...decoded.errors, ...ignored.errors],
    comments: [...comments, ...ignored.comments],
    ...(decoded.decodable && { decoded, source }),
  }
}

/** The first of ascending offsets that is not before another. */
function firstFrom(offsets: readonly number[], start: number): number | undefined {
  let low = 0
  let high = offsets.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (offsets[middle]! < start) low = middle + 1
    else high = middle
  }
  return offsets[low]
}

function asTemplate({ errors, comments }: ReadDocument): ReadDocument {
  return { status: 'template', errors: [], comments, ...(errors[0] && { cause: errors[0] }) }
}

/** The error that the API server would stop at. */
function firstProblem(
  composed: Composed,
  body: string,
  start: number,
  text: string,
): SyntaxProblem | undefined {
  const directive = /^\ufeff?%.*/.exec(body)
  if (directive) {
    return {
      start,
      end: start + directive[0].length,
      code: 'DIRECTIVE',
      message: `YAML directive \`${directive[0].trim()}\`: kubectl splits the file on \`---\`, which leaves the directive without a document; remove the line`,
    }
  }
  const markerAt = documentEndFirst(body)
  if (markerAt !== undefined) {
    return {
      start: start + markerAt,
      end: start + markerAt + 3,
      code: 'DOCUMENT_END',
      message: '`...` ends a document, and none has begun: remove the line',
    }
  }
  const problems = [...composed.problems]
  const control = checkCharacters(body, start)
  if (control) problems.push(control)
  if (composed.document && body.includes('\\')) {
    const badEscape = checkAllEscapes(composed.document, text)
    if (badEscape && !isJson(body)) problems.push(badEscape)
  }
  return problems.sort((a, b) => a.start - b.start)[0]
}

/** Where a `...` stands before anything else, with something behind it. */
function documentEndFirst(body: string): number | undefined {
  const start = afterBlank(body, body.startsWith('\ufeff') ? 1 : 0)
  if (!/^\.\.\.(?:\s|$)/.test(body.slice(start, start + 4))) return undefined
  return contentStart(body.slice(start)) < body.length - start ? start : undefined
}

/** JSON goes through a JSON parser in kubectl, which knows escapes that go-yaml does not. */
export function isJson(body: string): boolean {
  if (!/^\s*\{/.test(body)) return false
  try {
    JSON.parse(body)
    return true
  } catch {
    return false
  }
}

/** Whether placeholders are to blame for a text that is no YAML. */
function isTemplate(body: string, problem?: SyntaxProblem): boolean {
  if (!holdsMarkers(body)) return false
  if (holdsBlocks(body) || !problem) return true
  return compose(neutralise(body), 0).problems.length === 0
}

/** What stands after `...`, or after a second document that kubectl does not see as one. */
function ignoredText({ text, lines }: SourceFile, composed: Composed, end: number) {
  const found = { errors: [] as DecodeError[], comments: [] as { start: number; end: number }[] }
  const { documentEnd, secondDocument } = composed
  const from = documentEnd !== undefined ? documentEnd + 3 : secondDocument
  if (from === undefined) return found
  const rest = text.slice(from, end)
  if (documentEnd !== undefined) {
    for (const match of rest.matchAll(/(?<=^|[ \t])#[^\r\n]*/gm)) {
      found.comments.push({ start: from + match.index, end: from + match.index + match[0].length })
    }
  }
  const content = contentStart(rest)
  if (content < rest.length) {
    found.errors.push({
      code: 'ignored-text',
      message:
        'Text after `...`, which ends the document: Kubernetes silently ignores all of it; begin a new document with `---`',
      position: lines.positionOf(from + content, from + rest.trimEnd().length),
    })
  }
  return found
}

/** Offset of the first thing in a text that is no white space, comment or `...`; its length if there is none. */
function contentStart(text: string): number {
  let at = afterBlank(text)
  while (/^\.\.\.(?:\s|$)/.test(text.slice(at, at + 4))) at = afterBlank(text, at + 3)
  return at
}
