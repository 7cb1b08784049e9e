const half = 2 ** 32

/**
 * A digest of texts, to tell them apart, not to guard them: FNV-1a of 64 bits over their UTF-16 units, low byte first,
 * each text ended by a zero unit. It must never change: reports and files of suppressions hold it.
 * @param texts any; where one ends and the next begins counts
 * @returns 16 hexadecimal digits
 */
export function digest(texts: readonly string[]): string {
  let high = 0xcbf29ce4
  let low = 0x84222325
  const take = (byte: number) => {
    low = (low ^ byte) >>> 0
    // The prime is 2^40 + 0x1b3.
    const product = low * 0x1b3
    high = (high * 0x1b3 + Math.floor(product / half) + low * 2 ** 8) % half
    low = product % half
  }
  for (const text of texts) {
    for (let index = 0; index <= text.length; index++) {
      const unit = index < text.length ? text.charCodeAt(index) : 0
      take(unit & 0xff)
      take(unit >>> 8)
    }
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')
}
