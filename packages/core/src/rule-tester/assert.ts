/** Fails a test; runners show the difference when both values are given. */
export function fail(message: string, values: { actual: unknown; expected: unknown } | object = {}): never {
  const error = new Error(message)
  error.name = 'AssertionError'
  throw Object.assign(error, values, { showDiff: 'actual' in values })
}

/** Fails unless two texts, numbers or the like are the same. */
export function assertSame(actual: unknown, expected: unknown, message: string): void {
  if (actual === expected) return
  fail(`${message}\n  expected: ${shown(expected)}\n  actual:   ${shown(actual)}`, { actual, expected })
}

function shown(value: unknown): string {
  return typeof value === 'string' && value.includes('\n')
    ? `\n${value.replace(/^/gm, '    | ')}`
    : typeof value === 'string'
      ? JSON.stringify(value)
      : String(value)
}
