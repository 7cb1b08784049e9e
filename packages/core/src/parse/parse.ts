import type { FileContext } from '../lint/project.ts'
import { buildManifests } from './build.ts'
import { type Composed, compose, type SyntaxProblem } from './compose.ts'
import { type Decoded, decode } from './decode.ts'
import { createLines, type Lines } from './lines.ts'
import { type ScannedDocument, scanDocument } from './scan.ts'
import { createSource } from './source.ts'
import { splitDocuments } from './split.ts'
import { checkAllEscapes, checkCharacters } from './strictness.ts'
import { holdsBlocks, holdsMarkers, neutralise } from './template.ts'
import { decodeText, invalidOffsets } from './text.ts'
import type { Comment, DecodeError, Manifest, Root, SourceDocument } from './tree.ts'

export interface ParseOptions {
  /** Where the text comes from, for messages alone. */
  filePath?: string
  /**
   * Which documents matter; the others are skipped unread. Asked once for each kind that a light scan finds in a
   * document, with `kind: ''` where the scan cannot tell. Absent: all documents are parsed.
   */
  wants?: (document: { kind: string; apiVersion: string; text: string }) => boolean
  /** What the files around this one say about it. */
  context?: FileContext
}

interface Session {
  text: string
  lines: Lines
  options: ParseOptions
  invalid: number[]
  manifests: Manifest[]
  comments: Comment[]
}

/**
 * Parses YAML or JSON as kubectl and the API server read it. Never throws: what is wrong with the text is in the
 * `errors` of its `documents`.
 * @param source the text, or a file's bytes (UTF-8)
 * @returns the resources, the comments of the parsed documents, and what became of each document
 */
export function parse(source: string | Uint8Array, options: ParseOptions = {}): Root {
  const { text, hadByteOrderMark, wrongEncoding } = decodeText(source)
  const lines = createLines(text)
  const session: Session = {
    text,
    lines,
    options,
    invalid: invalidOffsets(source),
    manifests: [],
    comments: [],
  }
  const documents = wrongEncoding
    ? [encodedDocument(session, wrongEncoding)]
    : parseDocuments(session, hadByteOrderMark)
  return {
    type: 'root',
    children: session.manifests,
    comments: session.comments,
    documents,
    position: lines.positionOf(0, text.length),
    text,
  }
}

function encodedDocument({ lines, text }: Session, encoding: string): SourceDocument {
  const message = `The file is ${encoding}; Kubernetes reads UTF-8, so save it as UTF-8`
  return {
    index: 0,
    status: 'broken',
    position: lines.positionOf(0, text.length),
    kind: '',
    apiVersion: '',
    errors: [{ code: 'encoding', message, position: lines.positionOf(0, Math.min(1, text.length)) }],
  }
}

function parseDocuments(session: Session, hadByteOrderMark: boolean): SourceDocument[] {
  const { text, options } = session
  const scanned = splitDocuments(text, hadByteOrderMark).map((chunk) => scanDocument(text, chunk))
  const wanted = scanned.map((document) => {
    const { apiVersion, candidates, start, end } = document
    const body = text.slice(start, end)
    return !options.wants || candidates.some((kind) => options.wants!({ kind, apiVersion, text: body }))
  })
  const directives = text.includes('daemonlint-')
  return scanned.map((document, index) => {
    const separated = document.badSeparator && (wanted[index] || wanted[index + 1])
    if (wanted[index]) return parseDocument(session, document)
    const skipped = describe(session, document, isEmpty(text, document) ? 'empty' : 'skipped')
    if (directives)
      session.comments.push(
        ...toComments(session, compose(text.slice(document.start, document.end), document.start).comments),
      )
    if (separated) addSeparatorError(session, document, skipped)
    return skipped
  })
}

function describe(
  session: Session,
  scanned: ScannedDocument,
  status: SourceDocument['status'],
): SourceDocument {
  const { index, start, end, kind, apiVersion } = scanned
  return { index, status, position: session.lines.positionOf(start, end), kind, apiVersion, errors: [] }
}

/** Only white space, comments and the separator. */
function isEmpty(text: string, { start, end }: { start: number; end: number }): boolean {
  return /^(?:---)?(?:[ \t\r\n\ufeff]|#[^\r\n]*)*$/.test(text.slice(start, end))
}

function addSeparatorError(session: Session, scanned: ScannedDocument, document: SourceDocument) {
  const { start, end } = scanned.badSeparator!
  const rest = session.text.slice(start, end)
  if (holdsMarkers(rest)) document.status = 'template'
  else {
    document.errors.push({
      code: 'yaml-syntax',
      message: `Text after \`---\`: kubectl allows only a comment there ("invalid Yaml document separator"); begin the document on the next line`,
      position: session.lines.positionOf(start, end),
    })
  }
}

function parseDocument(session: Session, scanned: ScannedDocument): SourceDocument {
  const { text, lines } = session
  const { start, end } = scanned
  const document = describe(session, scanned, 'parsed')
  const body = text.slice(start, end)
  const composed = compose(body, start)
  session.comments.push(...toComments(session, composed.comments))
  const invalid = session.invalid.find((offset) => offset >= start && offset < end)
  const fail = (error: DecodeError) => {
    document.status = 'broken'
    document.errors.push(error)
    return document
  }
  if (invalid !== undefined) {
    const position = lines.positionOf(invalid, invalid + 1)
    return fail({
      code: 'encoding',
      message: 'Not UTF-8; Kubernetes reads nothing else, so save the file as UTF-8',
      position,
    })
  }
  if (composed.tooComplex) {
    const { offset, reason } = composed.tooComplex
    const position = lines.positionOf(offset, offset + 1)
    return fail({
      code: 'too-complex',
      message: `Declined: ${reason}, more than any manifest needs`,
      position,
    })
  }
  const problem = firstProblem(composed, body, start, text)
  if (problem) {
    if (isTemplate(body, problem)) document.status = 'template'
    else
      fail({
        code: 'yaml-syntax',
        message: problem.message,
        position: lines.positionOf(problem.start, problem.end),
      })
    return document
  }
  const source = createSource(composed.document!, text, lines)
  const decoded = decode(composed.document!.contents, { text, lines, anchors: source.resolve })
  finish(session, scanned, document, decoded, composed, source)
  return document
}

function finish(
  session: Session,
  scanned: ScannedDocument,
  document: SourceDocument,
  decoded: Decoded,
  composed: Composed,
  source: ReturnType<typeof createSource>,
) {
  const { text, options } = session
  if (decoded.templateKey || (!decoded.decodable && isTemplate(text.slice(scanned.start, scanned.end)))) {
    document.status = 'template'
    return
  }
  document.errors.push(...decoded.errors)
  if (!decoded.decodable) document.status = 'broken'
  else {
    const { value, unknown } = decoded
    const manifests = buildManifests({
      source,
      document: scanned.index,
      value,
      unknown,
      context: options.context,
    })
    session.manifests.push(...manifests)
    if (isEmpty(text, scanned)) document.status = 'empty'
  }
  addIgnoredText(session, scanned, document, composed)
  if (scanned.badSeparator) addSeparatorError(session, scanned, document)
}

/** The error that the API server would stop at. */
function firstProblem(
  composed: Composed,
  body: string,
  start: number,
  text: string,
): SyntaxProblem | undefined {
  const problems = [...composed.problems]
  const control = checkCharacters(body, start)
  if (control) problems.push(control)
  if (composed.document && body.includes('\\')) {
    const badEscape = checkAllEscapes(composed.document, text)
    if (badEscape && !isJson(body)) problems.push(badEscape)
  }
  const directive = /^(?:\ufeff)?%.*/.exec(body)
  if (directive) {
    problems.unshift({
      start,
      end: start + directive[0].length,
      code: 'DIRECTIVE',
      message: `YAML directive \`${directive[0].trim()}\`: kubectl splits the file on \`---\`, which leaves the directive without a document; remove the line`,
    })
  }
  return problems.sort((a, b) => a.start - b.start)[0]
}

/** JSON goes through a JSON parser in kubectl, which knows escapes that go-yaml does not. */
function isJson(body: string): boolean {
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

function addIgnoredText(
  session: Session,
  scanned: ScannedDocument,
  document: SourceDocument,
  composed: Composed,
) {
  const { text, lines } = session
  const from = composed.documentEnd !== undefined ? composed.documentEnd + 3 : composed.secondDocument
  if (from === undefined) return
  const rest = text.slice(from, scanned.end)
  const content = /^(?:\s|#[^\r\n]*|\.\.\.(?=\s|$))*/.exec(rest)![0].length
  if (composed.documentEnd !== undefined) {
    for (const match of rest.matchAll(/(?<=^[ \t]*|[ \t])#[^\r\n]*/gm)) {
      const start = from + match.index
      session.comments.push(...toComments(session, [{ start, end: start + match[0].length }]))
    }
  }
  if (content >= rest.length) return
  document.errors.push({
    code: 'ignored-text',
    message:
      'Text after `...`, which ends the document: Kubernetes silently ignores all of it; begin a new document with `---`',
    position: lines.positionOf(from + content, from + rest.trimEnd().length),
  })
}

function toComments({ text, lines }: Session, ranges: { start: number; end: number }[]): Comment[] {
  return ranges.map(({ start, end }) => {
    let lineStart = start
    while (lineStart > 0 && (text[lineStart - 1] === ' ' || text[lineStart - 1] === '\t')) lineStart--
    const ownLine = lineStart === 0 || text[lineStart - 1] === '\n' || text[lineStart - 1] === '\r'
    return {
      type: 'comment',
      value: text.slice(start + 1, end),
      position: lines.positionOf(start, end),
      ownLine,
    }
  })
}
