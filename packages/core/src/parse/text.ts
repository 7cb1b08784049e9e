import { TextDecoder } from './platform.ts'
import { invalidLines } from './utf8.ts'

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
 * Offsets in the decoded text of the first sequence of each line that is not UTF-8; empty for text that is, which any
 * text without U+FFFD is.
 * @param source the file's bytes, as given to {@link decodeText}
 */
export function invalidOffsets(source: string | Uint8Array): number[] {
  if (typeof source === 'string') return []
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(source)
    return []
  } catch {
    return invalidLines(source)
  }
}
