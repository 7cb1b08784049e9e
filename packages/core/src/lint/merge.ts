/** True for `{}` and the like, of any realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (value === null || typeof value !== 'object') return false
  return Object.prototype.toString.call(value) === '[object Object]'
}

/** A copy of `base` with the values of `over` on top; maps are merged, anything else is replaced. */
export function mergeDeep<Base>(base: Base, over: unknown): Base {
  if (!isPlainObject(base) || !isPlainObject(over)) return (over === undefined ? base : over) as Base
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) {
    if (key === '__proto__') continue
    merged[key] = Object.hasOwn(merged, key) ? mergeDeep(merged[key], value) : value
  }
  return merged as Base
}

/** Options as a rule gets them: those given, on top of the rule's defaults, position by position. */
export function mergeOptions(defaults: readonly unknown[] = [], given: readonly unknown[]): unknown[] {
  const length = Math.max(defaults.length, given.length)
  return Array.from({ length }, (_, index) => mergeDeep(defaults[index], given[index]))
}
