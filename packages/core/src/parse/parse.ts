import { buildManifests } from './build.ts'
import { compose } from './compose.ts'
import type { FileContext } from './file-context.ts'
import { createLines, type Lines } from './lines.ts'
import { readDocument, type SourceFile } from './read.ts'
import { createReuse, keepReadings, type Reading, type Readings, type Reuse } from './readings.ts'
import { type ScannedDocument, scanDocument } from './scan.ts'
import { badSeparators } from './separators.ts'
import { type Chunk, splitDocuments } from './split.ts'
import { holdsMarkers } from './template.ts'
import { decodeText, invalidOffsets } from './text.ts'
import type { Comment, Manifest, Root, SourceDocument } from './tree.ts'

export interface ParseOptions {
  /**
   * Which documents matter; the others are skipped unread. Asked once for each kind that a light scan finds in a
   * document, with `kind: ''` where the scan cannot tell. Absent: all documents are parsed.
   */
  wants?: ((document: { kind: string; apiVersion: string; text: string }) => boolean) | undefined
  /** What the files around this one say about it. */
  context?: FileContext | undefined
  /**
   * The tree of an earlier version of the text. Documents that hold the same as in it are not read again; the result is
   * what it would be without, and the earlier tree stays as it is.
   */
  previous?: Root | undefined
  /** How comments that tell a program something begin; where the text holds it, those of all documents are read. */
  directive?: string | undefined
}

interface Session extends SourceFile {
  options: ParseOptions
  reuse: Reuse
  readings: Readings
  manifests: Manifest[]
  comments: Comment[]
}

/**
 * Parses YAML or JSON as kubectl and the API server read it. Never throws: what is wrong with the text is in the
 * `errors` of its `documents`.
 * @param source the text, or a file's bytes (UTF-8)
 * @returns the resources, the comments of the parsed documents (of all documents if the text holds a directive:
 *   `daemonlint-` if nothing else is said), and what became of each document
 */
export function parse(source: string | Uint8Array, options: ParseOptions = {}): Root {
  const { text, hadByteOrderMark, wrongEncoding } = decodeText(source)
  const lines = createLines(text)
  const invalid = wrongEncoding || !text.includes('\ufffd') ? [] : invalidOffsets(source)
  const reuse = createReuse(options.previous, { text, lines, invalid })
  const readings: Readings = new Map()
  const session: Session = { text, lines, invalid, options, reuse, readings, manifests: [], comments: [] }
  const documents = wrongEncoding
    ? [encodedDocument(session, wrongEncoding)]
    : parseDocuments(session, hadByteOrderMark)
  const root: Root = {
    type: 'root',
    children: session.manifests,
    comments: session.comments,
    documents,
    position: lines.positionOf(0, text.length),
    text,
  }
  // Bytes that are no UTF-8 do not show in the text.
  if (invalid.length === 0) keepReadings(root, readings)
  return root
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
  const wanted = scanned.map((document) => isWanted(text, document, options.wants))
  const directives = text.includes(options.directive ?? 'daemonlint-')
  const empties = scanned.map((document) => isEmpty(text, document))
  const documents = scanned.map((each, index) => {
    const empty = empties[index]!
    let document: SourceDocument
    if (wanted[index] && !(empty && options.wants)) document = parseOne(session, each)
    else {
      document = describe(session, each, 'skipped')
      if (directives) addComments(session, commentsOf(session, each))
    }
    if (empty && document.errors.length === 0) document.status = 'empty'
    return document
  })
  for (const { separator, owner } of badSeparators(scanned, wanted, empties)) {
    addSeparatorError(session, separator, documents[owner]!)
  }
  return documents
}

function isWanted(text: string, document: ScannedDocument, wants: ParseOptions['wants']): boolean {
  const { apiVersion, candidates, start, end, badSeparator } = document
  if (!wants) return true
  // A document that begins on the line of its `---` hides its kind there.
  if (badSeparator && /kind\b/.test(text.slice(badSeparator.start, badSeparator.end))) return true
  return candidates.some((kind) => wants({ kind, apiVersion, text: text.slice(start, end) }))
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
  for (let at = text.startsWith('---', start) ? start + 3 : start; at < end; at++) {
    const character = text[at]!
    if (character === '#') while (at + 1 < end && text[at + 1] !== '\n' && text[at + 1] !== '\r') at++
    else if (!' \t\r\n\ufeff'.includes(character)) return false
  }
  return true
}

/** What was made of a document, now or when the earlier tree was. */
function readingOf(
  session: Session,
  { start, end }: ScannedDocument,
  wanted: boolean,
  make: (body: string) => Pick<Reading, 'read' | 'comments'>,
): Reading {
  const body = session.text.slice(start, end)
  const reused = session.invalid.length === 0 ? session.reuse(body, start, wanted) : undefined
  const reading = reused ?? { start, line: session.lines.pointAt(start).line, ...make(body) }
  const equal = session.readings.get(body)
  if (equal) equal.push(reading)
  else session.readings.set(body, [reading])
  return reading
}

function commentsOf(session: Session, scanned: ScannedDocument): Reading['comments'] {
  return readingOf(session, scanned, false, (body) => ({ comments: compose(body, scanned.start).comments }))
    .comments
}

function parseOne(session: Session, scanned: ScannedDocument): SourceDocument {
  const document = describe(session, scanned, 'parsed')
  const { read } = readingOf(session, scanned, true, () => {
    const made = readDocument(session, scanned.start, scanned.end)
    return { read: made, comments: made.comments }
  }) as Required<Reading>
  addComments(session, read.comments)
  document.status = read.status
  // A separator's error is added to it.
  document.errors = [...read.errors]
  if (read.cause) document.cause = read.cause
  if (read.decoded && read.source) {
    const { value, unknown } = read.decoded
    const { context } = session.options
    const manifests = buildManifests({
      source: read.source,
      document: scanned.index,
      value,
      unknown,
      context,
    })
    for (const manifest of manifests) session.manifests.push(manifest)
  }
  return document
}

function addSeparatorError(
  session: Session,
  { start, end }: Required<Chunk>['badSeparator'],
  document: SourceDocument,
) {
  if (holdsMarkers(session.text.slice(start, end))) {
    if (document.status === 'empty') document.status = 'template'
    return
  }
  if (document.status === 'empty') document.status = 'broken'
  document.errors.push({
    code: 'yaml-syntax',
    message:
      'Text after `---`: kubectl allows only a comment there ("invalid Yaml document separator"); begin the document on the next line',
    position: session.lines.positionOf(start, end),
  })
}

function addComments({ text, lines, comments }: Session, ranges: { start: number; end: number }[]) {
  for (const { start, end } of ranges) comments.push(toComment(text, lines, start, end))
}

function toComment(text: string, lines: Lines, start: number, end: number): Comment {
  let before = start
  while (before > 0 && (text[before - 1] === ' ' || text[before - 1] === '\t')) before--
  const ownLine = before === 0 || text[before - 1] === '\n' || text[before - 1] === '\r'
  return {
    type: 'comment',
    value: text.slice(start + 1, end),
    position: lines.positionOf(start, end),
    ownLine,
  }
}
