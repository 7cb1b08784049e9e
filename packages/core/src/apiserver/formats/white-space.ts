const atEnds =
  /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g

/** Without white space at its ends, as Go's strings.TrimSpace sees it: U+0085 counts, a byte order mark does not. */
export const trimSpace = (text: string): string => text.replace(atEnds, '')
