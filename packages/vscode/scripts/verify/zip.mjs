import { inflateRawSync } from 'node:zlib'

/**
 * The files of a ZIP archive.
 * @param {Buffer} archive
 * @returns {Map<string, () => Buffer>} by path, what reads each
 */
export function zipEntries(archive) {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0) throw new Error('This is no ZIP archive.')
  const count = archive.readUInt16LE(end + 10)
  const entries = new Map()
  let at = archive.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    const method = archive.readUInt16LE(at + 10)
    const size = archive.readUInt32LE(at + 20)
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      archive.readUInt16LE(at + offset),
    )
    const local = archive.readUInt32LE(at + 42)
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    entries.set(name, () => {
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
      const data = archive.subarray(start, start + size)
      return method === 0 ? data : inflateRawSync(data)
    })
    at += 46 + nameLength + extraLength + commentLength
  }
  return entries
}
