import type { Formatter } from './format.ts'

/** The formats by name. Each is loaded when asked for, since a run needs one of them. */
export const formatters: Record<string, () => Promise<Formatter>> = {
  stylish: async () => (await import('./stylish.ts')).stylish,
  json: async () => (await import('./json.ts')).json,
}

/**
 * Loads a format.
 * @param name `stylish` or `json`
 * @throws Error that names the formats there are, when it is none of them
 */
export async function loadFormatter(name: string): Promise<Formatter> {
  if (!Object.hasOwn(formatters, name)) {
    throw new Error(`There is no format '${name}'; choose one of: ${Object.keys(formatters).join(', ')}.`)
  }
  return formatters[name]!()
}
