/** How many bytes a text takes in UTF-8, as Go counts a string's length. */
export function byteLength(text: string): number {
  let bytes = text.length
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x80) continue
    bytes += code < 0x800 ? 1 : 2
    // Two units of a pair make four bytes.
    if (code >= 0xd800 && code < 0xdc00) {
      index++
    }
  }
  return bytes
}
