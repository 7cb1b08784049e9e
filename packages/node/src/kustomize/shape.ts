/** The value if it is a map. */
export function asRecord(value: unknown): Record<string, unknown> | undefined {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isMap ? (value as Record<string, unknown>) : undefined
}

/** The value if it is a list, else an empty one. */
export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value if it is text. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The maps in a list, or in a list of one when the value is a map; none for anything else. */
export function asRecords(value: unknown): Record<string, unknown>[] {
  const items = asRecord(value) ? [value] : asList(value)
  return items.map(asRecord).filter((item) => item !== undefined)
}
