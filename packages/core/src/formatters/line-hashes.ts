/** How many characters a line's hash covers, and by what it multiplies. */
const length = 100
const factor = 37
/** Stands at the end of the file. */
const endOfFile = 0xffff
const half = 2 ** 32

/**
 * The `primaryLocationLineHash` of every line, by which GitHub tells an alert from one run to the next. It is what
 * github/codeql-action works out on upload (`src/fingerprints.ts`) where a report has none: a hash of 64 bits over the
 * hundred characters that follow from the start of the line, spaces and tabs left out and every line end read as `\n`,
 * and after a colon how often the hash has come up so far.
 * @param text without a byte order mark
 * @returns the first line's at index 0
 */
export function lineHashes(text: string): string[] {
  const { codes, starts } = significant(text)
  const seen = new Map<string, number>()
  return starts.map((start) => {
    const hash = hashOf(codes, start)
    const count = (seen.get(hash) ?? 0) + 1
    seen.set(hash, count)
    return `${hash}:${count}`
  })
}

/** The characters that count, and where among them each line begins. */
function significant(text: string): { codes: number[]; starts: number[] } {
  const codes: number[] = []
  const starts: number[] = []
  let isStart = true
  let isAfterReturn = false
  const take = (code: number) => {
    if (isStart) starts.push(codes.length)
    isStart = code === 10
    codes.push(code)
  }
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const isRestOfLineEnd = code === 10 && isAfterReturn
    isAfterReturn = code === 13
    if (code !== 32 && code !== 9 && !isRestOfLineEnd) take(code === 13 ? 10 : code)
  }
  take(endOfFile)
  return { codes, starts }
}

/** In two halves of 32 bits: the products stay below 2^53, and BigInt takes many times as long. */
function hashOf(codes: readonly number[], start: number): string {
  let high = 0
  let low = 0
  for (let index = start; index < start + length; index++) {
    low = low * factor + (codes[index] ?? 0)
    const carry = Math.floor(low / half)
    low -= carry * half
    high = (high * factor + carry) % half
  }
  return high > 0 ? high.toString(16) + low.toString(16).padStart(8, '0') : low.toString(16)
}
