import { hash } from 'node:crypto'
import type { Source } from '../read-file.ts'
import type { Sources } from '../sources.ts'

/** What stands for a content: 144 bits of its SHA-256, as base64url. Two contents that have the same one are the same. */
export function digestOf(content: Source): string {
  return hash('sha256', content, 'base64url').slice(0, 24)
}

/**
 * What stands for what a file holds; `-` for one that cannot be read. Each file is read once.
 * @param source what it holds, where that is at hand
 */
export type FileDigests = (path: string, source?: Source) => string

export function createFileDigests(sources: Sources): FileDigests {
  const known = new Map<string, string>()
  return (path, source) => {
    let digest = known.get(path)
    if (digest === undefined) {
      digest = source === undefined ? digestOfFile(path, sources) : digestOf(source)
      known.set(path, digest)
    }
    return digest
  }
}

function digestOfFile(path: string, sources: Sources): string {
  try {
    return digestOf(sources.read(path))
  } catch {
    return '-'
  }
}
