import type { TextDocumentContentChangeEvent } from 'vscode-languageserver/node'
import { createPositions, type Encoding, type Positions } from './encoding.ts'
import { filePathOf } from './uris.ts'

/** One version of an open document. A change makes a new one. */
export interface OpenDocument {
  readonly uri: string
  /** Absolute; undefined for what is no file. */
  readonly filePath: string | undefined
  readonly languageId: string
  readonly version: number
  /** Without a byte order mark. */
  readonly text: string
  readonly hasMark: boolean
  readonly positions: Positions
}

const mark = '\u{feff}'

/** @param text as the client sent it */
export function openDocument(
  { uri, languageId, version, text }: { uri: string; languageId: string; version: number; text: string },
  encoding: Encoding,
): OpenDocument {
  return make({ uri, languageId, filePath: filePathOf(uri) }, version, text, encoding)
}

/** The version that some changes make of one, each of which is told in terms of what those before it left. */
export function changeDocument(
  document: OpenDocument,
  version: number,
  changes: readonly TextDocumentContentChangeEvent[],
  encoding: Encoding,
): OpenDocument {
  let current = document
  for (const change of changes) {
    const whole = current.hasMark ? mark + current.text : current.text
    current = make(
      document,
      version,
      'range' in change ? replaced(current, change, whole) : change.text,
      encoding,
    )
  }
  return changes.length === 0 ? make(document, version, whole(document), encoding) : current
}

function whole({ hasMark, text }: OpenDocument): string {
  return hasMark ? mark + text : text
}

function replaced(
  { positions, hasMark }: OpenDocument,
  { range, text }: Extract<TextDocumentContentChangeEvent, { range: unknown }>,
  before: string,
): string {
  // The mark itself may be what goes: a place before it is told by a character of 0 in the first line.
  const offset = (position: { line: number; character: number }) =>
    hasMark && position.line === 0 && position.character === 0
      ? 0
      : positions.offsetAt(position) + (hasMark ? mark.length : 0)
  const start = offset(range.start)
  const end = Math.max(start, offset(range.end))
  return before.slice(0, start) + text + before.slice(end)
}

function make(
  { uri, languageId, filePath }: Pick<OpenDocument, 'uri' | 'languageId' | 'filePath'>,
  version: number,
  source: string,
  encoding: Encoding,
): OpenDocument {
  const hasMark = source.startsWith(mark)
  const text = hasMark ? source.slice(mark.length) : source
  return {
    uri,
    languageId,
    filePath,
    version,
    text,
    hasMark,
    positions: createPositions(text, encoding, hasMark),
  }
}
