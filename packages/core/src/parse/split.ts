/** One document of a file, as kubectl splits it. */
export interface Chunk {
  /** Counted from 0. */
  index: number
  /** Offset of its first character. */
  start: number
  /** Offset after its last character: that of the `---` line which ends it, or of the end of the file. */
  end: number
  /** Text after the `---` that ends it, which kubectl refuses: "invalid Yaml document separator". */
  badSeparator?: { start: number; end: number }
}

/**
 * Splits a file on `---` lines exactly as the YAML reader of k8s.io/apimachinery (`pkg/util/yaml`, `YAMLReader`) does:
 * every line that begins with `---` ends the document before it, wherever it stands; an empty stretch before it makes
 * no document, the line then belongs to the next one; only white space or a comment may follow the dashes.
 * @param text without a byte order mark
 * @param hadByteOrderMark then the first line does not begin with `---` for kubectl, whatever it holds
 */
export function splitDocuments(text: string, hadByteOrderMark = false): Chunk[] {
  const chunks: Chunk[] = []
  let start = 0
  const push = (end: number, badSeparator?: Chunk['badSeparator']) => {
    chunks.push({ index: chunks.length, start, end, ...(badSeparator && { badSeparator }) })
  }
  let line = !hadByteOrderMark && text.startsWith('---') ? 0 : nextSeparator(text, 0)
  while (line >= 0) {
    const feed = text.indexOf('\n', line)
    const lineEnd = feed < 0 ? text.length : feed
    const rest = text.slice(line + 3, lineEnd).trim()
    if (rest !== '' && rest[0] !== '#') {
      const restStart = text.indexOf(rest, line + 3)
      push(line, { start: restStart, end: restStart + rest.length })
      start = Math.min(lineEnd + 1, text.length)
    } else if (line > start) {
      push(line)
      start = Math.min(lineEnd + 1, text.length)
    }
    line = nextSeparator(text, lineEnd)
  }
  if (start < text.length) push(text.length)
  return chunks
}

function nextSeparator(text: string, from: number): number {
  const feed = text.indexOf('\n---', from)
  return feed < 0 ? -1 : feed + 1
}
