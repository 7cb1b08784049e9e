import { isSpace, trimEnds } from '../../text/trim.ts'

const isWhite = (code: number) =>
  (code >= 0x09 && code <= 0x0d) || code === 0x2028 || code === 0x2029 || isSpace(code)

/** Without white space at its ends, as Go's strings.TrimSpace sees it: U+0085 counts, a byte order mark does not. */
export const trimSpace = (text: string): string => trimEnds(text, isWhite)
