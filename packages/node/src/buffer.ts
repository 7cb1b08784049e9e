/** The same bytes as a Buffer. What we export speaks of Uint8Array, so that nobody needs Node's types to use ours. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
