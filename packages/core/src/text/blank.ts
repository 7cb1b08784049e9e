const blank = /\s+|#[^\r\n]*/y

/**
 * The offset after all white space and comments that stand at an offset. It goes step by step: one pattern that
 * repeats them all overflows the stack on long texts.
 */
export function afterBlank(text: string, from = 0): number {
  let at = from
  blank.lastIndex = at
  while (blank.test(text)) at = blank.lastIndex
  return at
}
