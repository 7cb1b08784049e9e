/** A part of a message: text, or what stands in backticks. */
export interface Span {
  text: string
  code: boolean
}

/** Splits a message at its backticks. One without a partner is text. */
export function spansOf(message: string): Span[] {
  return message
    .split(/(`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) =>
      /^`[^`]+`$/.test(part) ? { text: part.slice(1, -1), code: true } : { text: part, code: false },
    )
}
