import { TextDecoder } from './platform.ts'
import { invalidLines } from './utf8.ts'

/** The text of a file, or why it is none. */
export interface DecodedText {
  /** Without a byte order mark. What cannot be decoded is U+FFFD. */
  text: string
  hadByteOrderMark: boolean
  /** Set when the whole file is in another encoding. */
  wrongEncoding?: 'UTF-16' | 'UTF-32'
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
  const other = otherEncodingOf(source)
  if (other) {
    const text = other.unit === 2 ? decodeUtf16(source, other.littleEndian) : decodeUtf32(source, other)
    const hadByteOrderMark = text.charCodeAt(0) === 0xfeff
    const wrongEncoding = other.unit === 2 ? 'UTF-16' : 'UTF-32'
    return { text: hadByteOrderMark ? text.slice(1) : text, hadByteOrderMark, wrongEncoding }
  }
  const hadByteOrderMark = startsWith(source, 0xef, 0xbb, 0xbf)
  return { text: utf8.decode(source), hadByteOrderMark }
}

interface OtherEncoding {
  /** Bytes. */
  unit: 2 | 4
  littleEndian: boolean
}

/**
 * UTF-16 or UTF-32: by its byte order mark, or because NUL, which no manifest holds, stands where the upper bytes of
 * ASCII would.
 */
function otherEncodingOf(source: Uint8Array): OtherEncoding | undefined {
  if (startsWith(source, 0xff, 0xfe, 0, 0)) return { unit: 4, littleEndian: true }
  if (startsWith(source, 0, 0, 0xfe, 0xff)) return { unit: 4, littleEndian: false }
  if (startsWith(source, 0xff, 0xfe)) return { unit: 2, littleEndian: true }
  if (startsWith(source, 0xfe, 0xff)) return { unit: 2, littleEndian: false }
  const length = Math.min(source.length, 1024) & ~3
  /** How many of four bytes in a row are NUL, by their place. */
  const nuls = [0, 0, 0, 0]
  for (let at = 0; at < length; at++) if (source[at] === 0) nuls[at & 3]!++
  if (length < 8) return undefined
  // Here and there stands a character that is none of ASCII.
  const isNul = nuls.map((count) => count > length / 8)
  const isFull = nuls.map((count) => count < length / 32)
  if (isFull[0] && isNul[1] && isNul[2] && isNul[3]) return { unit: 4, littleEndian: true }
  if (isNul[0] && isNul[1] && isNul[2] && isFull[3]) return { unit: 4, littleEndian: false }
  if (isFull[0] && isNul[1] && isFull[2] && isNul[3]) return { unit: 2, littleEndian: true }
  if (isNul[0] && isFull[1] && isNul[2] && isFull[3]) return { unit: 2, littleEndian: false }
  return undefined
}

function decodeUtf16(source: Uint8Array, littleEndian: boolean): string {
  try {
    return new TextDecoder(littleEndian ? 'utf-16le' : 'utf-16be', { ignoreBOM: true }).decode(source)
  } catch {
    return ''
  }
}

function decodeUtf32(source: Uint8Array, { littleEndian }: OtherEncoding): string {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength)
  const characters: string[] = []
  for (let at = 0; at + 3 < source.length; at += 4) {
    const code = view.getUint32(at, littleEndian)
    characters.push(code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd')
  }
  return characters.join('')
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
