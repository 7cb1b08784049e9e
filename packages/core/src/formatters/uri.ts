/**
 * A path as a URI: relative ones stay relative, absolute ones get the scheme `file`.
 * @param path as people read it; of Windows too
 */
export function toUri(path: string): string {
  const slashed = path.replaceAll('\\', '/')
  if (/^[a-z]:\//i.test(slashed)) return `file:///${encode(slashed)}`
  // A share of Windows: its host comes first.
  if (/^\/\/[^/]/.test(slashed)) return `file:${encode(slashed)}`
  return slashed.startsWith('/') ? `file://${encode(slashed)}` : encode(slashed)
}

/** A folder as a URI, which ends with a slash as SARIF wants it. */
export const folderUri = (path: string): string => toUri(path).replace(/\/?$/, '/')

/** Segment by segment; a half of a surrogate pair cannot be encoded. */
function encode(path: string): string {
  const segments = path.replace(/\p{Surrogate}/gu, '\ufffd').split('/')
  return segments.map((segment, index) => encodeSegment(segment, index === 0)).join('/')
}

/** A colon in the first segment of a relative URI would end a scheme; the one after a drive's letter stays. */
function encodeSegment(segment: string, isFirst: boolean): string {
  return isFirst && /^[a-z]:$/i.test(segment) ? segment : encodeURIComponent(segment)
}
