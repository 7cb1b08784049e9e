import { parse } from '../../src/parse/index.ts'
import { createLines } from '../../src/parse/lines.ts'
import { readDocument } from '../../src/parse/read.ts'
import { splitDocuments } from '../../src/parse/split.ts'
import { decodeText } from '../../src/parse/text.ts'
import type { DecodeError, KubernetesValue } from '../../src/parse/tree.ts'

export interface DecodedDocument {
  /** What is JSON of it; a template's or broken document's is undefined. */
  value: KubernetesValue | undefined
  /** Errors after which the server has no value. */
  fatal: DecodeError[]
  duplicates: DecodeError[]
  ignored: DecodeError[]
  status: string
}

/** All documents of a text with their values, whatever they are: a tree shows only maps. */
export function decodeAll(input: string): DecodedDocument[] {
  const { text, hadByteOrderMark } = decodeText(input)
  const file = { text, lines: createLines(text), invalid: [] }
  const chunks = splitDocuments(text, hadByteOrderMark)
  return parse(input).documents.map(({ errors, status, cause }, index) => {
    const { start, end } = chunks[index]!
    return {
      value: readDocument(file, start, end).decoded?.value,
      fatal: [...errors, ...(cause ? [cause] : [])].filter(
        ({ code }) => code !== 'duplicate-key' && code !== 'ignored-text',
      ),
      duplicates: errors.filter(({ code }) => code === 'duplicate-key'),
      ignored: errors.filter(({ code }) => code === 'ignored-text'),
      status,
    }
  })
}
