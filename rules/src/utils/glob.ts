/**
 * Tells whether a text matches a pattern in which `*` stands for any characters and everything else for itself.
 * @param pattern `nightly-*`
 */
export function matchesGlob(text: string, pattern: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${source}$`).test(text)
}
