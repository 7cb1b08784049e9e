/** How many bytes more a sequence has that begins with a byte, and between which the second one lies. */
function sequenceOf(first: number): { length: number; low: number; high: number } | undefined {
  if (first <= 0x7f) return { length: 0, low: 0, high: 0 }
  if (first < 0xc2 || first > 0xf4) return undefined
  if (first <= 0xdf) return { length: 1, low: 0x80, high: 0xbf }
  // No overlong forms, no halves of surrogate pairs, nothing beyond U+10FFFF.
  if (first <= 0xef)
    return { length: 2, low: first === 0xe0 ? 0xa0 : 0x80, high: first === 0xed ? 0x9f : 0xbf }
  return { length: 3, low: first === 0xf0 ? 0x90 : 0x80, high: first === 0xf4 ? 0x8f : 0xbf }
}

const sequences = Array.from({ length: 256 }, (_, first) => sequenceOf(first))

/**
 * Finds what is not UTF-8, in one look at each byte.
 * @param bytes perhaps with a byte order mark, which the decoded text does not have
 * @returns for each line the offset in the decoded text (UTF-16 units; a maximal part of a sequence is one U+FFFD, as
 *   the Encoding Standard has it) of the first such sequence
 */
export function invalidLines(bytes: Uint8Array): number[] {
  const offsets: number[] = []
  let offset = 0
  let said = false
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (at < bytes.length) {
    const first = bytes[at]!
    if (first === 0x0a) said = false
    const sequence = sequences[first]
    let valid = sequence !== undefined
    let next = at + 1
    if (sequence && sequence.length > 0) {
      const end = at + sequence.length
      let { low, high } = sequence
      while (next <= end && next < bytes.length && bytes[next]! >= low && bytes[next]! <= high) {
        next++
        low = 0x80
        high = 0xbf
      }
      valid = next > end
    }
    if (!valid && !said) {
      offsets.push(offset)
      said = true
    }
    offset += valid && first >= 0xf0 ? 2 : 1
    at = next
  }
  return offsets
}
