import { TextDecoder, TextEncoder } from './platform.ts'

/** The text of a file, or why it is none. */
export interface DecodedText {
  /** Without a byte order mark. What cannot be decoded is U+FFFD. */
  text: string
  hadByteOrderMark: boolean
  /** Set when the whole file is in another encoding. */
  wrongEncoding?: 'UTF-16'
}

const startsWith = (bytes: Uint8Array, ...prefix: number[]) =>
  prefix.every((byte, index) => bytes[index] === byte)

const utf8 = new TextDecoder('utf-8')

/**
 * Decodes a file's bytes. Those that are not UTF-8 become U+FFFD; {@link invalidOffsets} tells where they are.
 */
export function decodeText(source: string | Uint8Array): DecodedText {
  if (typeof source === 'string') {
    const hadByteOrderMark = source.charCodeAt(0) === 0xfeff
    return { text: hadByteOrderMark ? source.slice(1) : source, hadByteOrderMark }
  }
  if (startsWith(source, 0xff, 0xfe) || startsWith(source, 0xfe, 0xff)) {
    const encoding = source[0] === 0xff ? 'utf-16le' : 'utf-16be'
    const text = decodeAs(encoding, source)
    return { text, hadByteOrderMark: true, wrongEncoding: 'UTF-16' }
  }
  const hadByteOrderMark = startsWith(source, 0xef, 0xbb, 0xbf)
  return { text: utf8.decode(source), hadByteOrderMark }
}

function decodeAs(encoding: string, source: Uint8Array): string {
  try {
    return new TextDecoder(encoding).decode(source)
  } catch {
    return ''
  }
}

/**
 * Offsets in the decoded text of the first byte of each sequence that is not UTF-8; empty for text that is, which any
 * text without U+FFFD is.
 * @param source the file's bytes, as given to {@link decodeText}
 */
export function invalidOffsets(source: string | Uint8Array): number[] {
  if (typeof source === 'string') return []
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(source)
    return []
  } catch {
    // Decode line by line: a line feed is never part of a longer sequence, so each line decodes alone.
  }
  const offsets: number[] = []
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true })
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let offset = startsWith(source, 0xef, 0xbb, 0xbf) ? -1 : 0
  for (let start = 0; start < source.length; ) {
    const feed = source.indexOf(0x0a, start)
    const end = feed < 0 ? source.length : feed + 1
    const line = source.subarray(start, end)
    const text = lenient.decode(line)
    try {
      strict.decode(line)
    } catch {
      offsets.push(offset + firstInvalid(text, line))
    }
    offset += text.length
    start = end
  }
  return offsets
}

/** The first U+FFFD that the line's bytes do not spell out. */
function firstInvalid(text: string, line: Uint8Array): number {
  let spelled = 0
  for (let at = 0; at + 2 < line.length; at++) {
    if (line[at] === 0xef && line[at + 1] === 0xbf && line[at + 2] === 0xbd) spelled++
  }
  const first = text.indexOf('\ufffd')
  if (spelled === 0) return first
  // Rare: the line also spells out U+FFFD. Take the first one whose prefix does not encode to the same bytes.
  const encoder = new TextEncoder()
  for (let at = first; at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    const prefix = encoder.encode(text.slice(0, at + 1))
    if (prefix.some((byte, index) => byte !== line[index])) return at
  }
  return first
}
