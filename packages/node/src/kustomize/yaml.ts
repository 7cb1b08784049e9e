import { parseAllDocuments } from 'yaml'

/**
 * The documents of a file as plain values; broken ones are left out, for saying what is wrong with them is for others.
 * @param schema `failsafe`: all scalars as text, so that `newTag: 1.10` stays what it is
 */
export function parseDocuments(text: string, schema: 'core' | 'failsafe' = 'core'): unknown[] {
  if (text.length > maxLength || isDeep(text)) return []
  try {
    const options = {
      schema,
      merge: true,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    } as const
    const documents = parseAllDocuments(text, options)
    if ('empty' in documents) return []
    return documents
      .filter(({ errors }) => errors.length === 0)
      .map((document) => document.toJS({ maxAliasCount: 100 }))
  } catch {
    return []
  }
}

/** What is longer is no work of hand. */
const maxLength = 1_000_000
const maxDepth = 200

/** The time to parse brackets in brackets grows with the square of their depth. */
function isDeep(text: string): boolean {
  let depth = 0
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : depth > 0 ? -1 : 0
    if (depth > maxDepth) return true
  }
  return false
}
