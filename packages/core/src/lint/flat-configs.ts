import { ConfigError } from './config-error.ts'

/** No configuration that somebody wrote is nested as deep. */
const deepest = 100

/**
 * The objects of a configuration, which may be one, or a list of them and of lists.
 * @param value as a file exports it; unchecked but for what would never end
 * @throws ConfigError where it contains itself, or is nested more than 100 deep
 */
export function flatConfigs(value: unknown): unknown[] {
  checkFinite(value, 0, new Set(), new Set())
  return ([value] as unknown[]).flat(Number.POSITIVE_INFINITY)
}

/** Plugins are passed over: their presets may well name them. */
function checkFinite(value: unknown, depth: number, above: Set<object>, done: Set<object>): void {
  if (typeof value !== 'object' || value === null || done.has(value)) return
  if (above.has(value)) {
    throw new ConfigError(
      'The configuration contains itself, so that it has no end. Write out what it repeats.',
    )
  }
  if (depth > deepest) {
    throw new ConfigError(`The configuration is nested more than ${deepest} deep. Write it flatter.`)
  }
  above.add(value)
  if (Array.isArray(value)) for (const item of value) checkFinite(item, depth + 1, above, done)
  else {
    for (const key of Object.keys(value)) {
      if (key !== 'plugins') checkFinite((value as Record<string, unknown>)[key], depth + 1, above, done)
    }
  }
  above.delete(value)
  done.add(value)
}
