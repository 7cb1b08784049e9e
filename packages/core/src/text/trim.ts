/**
 * A text without what stands at its ends. Looked at from both ends, for a pattern that ends in `+$` starts again at each
 * character, which takes quadratic time where much that looks like the end stands within.
 * @param isEnd true for a UTF-16 unit that goes
 */
export function trimEnds(text: string, isEnd: (code: number) => boolean): string {
  let start = 0
  let end = text.length
  while (start < end && isEnd(text.charCodeAt(start))) start++
  while (end > start && isEnd(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

/** True for the spaces of Unicode, those that end a line aside. */
export const isSpace = (code: number): boolean =>
  code === 0x20 ||
  (code >= 0x85 &&
    (code === 0x85 ||
      code === 0xa0 ||
      code === 0x1680 ||
      (code >= 0x2000 && code <= 0x200a) ||
      code === 0x202f ||
      code === 0x205f ||
      code === 0x3000))
