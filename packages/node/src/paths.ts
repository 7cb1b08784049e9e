import { relative, sep } from 'node:path'

/** Windows' separators as `/`; elsewhere a backslash is a letter as any other and stays. */
export function toSlashes(path: string, separator: string = sep): string {
  return separator === '\\' ? path.replaceAll('\\', '/') : path
}

/** The way from a directory to a path, with `/`; '' for the directory itself. */
export function relativePath(from: string, path: string): string {
  const prefix = from.endsWith(sep) ? from : from + sep
  return toSlashes(path.startsWith(prefix) ? path.slice(prefix.length) : relative(from, path))
}
