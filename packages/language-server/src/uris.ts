import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The absolute path of a `file:` URI; undefined for any other, and for what only looks like one. */
export function filePathOf(uri: string): string | undefined {
  if (!/^file:/i.test(uri)) return undefined
  try {
    return resolve(fileURLToPath(uri))
  } catch {
    return undefined
  }
}

/** @param path absolute */
export function uriOf(path: string): string {
  return pathToFileURL(path).href
}
