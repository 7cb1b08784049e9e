import { statSync } from 'node:fs'

/**
 * What tells the states of a file or directory apart without reading it; '' where there is none.
 * @param path absolute
 */
export function stampOf(path: string): string {
  try {
    const { ino, size, mtimeMs, ctimeMs } = statSync(path)
    return `${ino} ${size} ${mtimeMs} ${ctimeMs}`
  } catch {
    return ''
  }
}
