import { editDistance } from '@daemonlint/core/text'

/** Endings by which people call the same thing in two ways. */
const endings = /-?(sa|svc|service-?accounts?|accounts?|config|conf|cfg|configmap|cm|secrets?|class)$/

/**
 * True for two different names of which one may be a slip for the other: they differ in a letter or two, in hyphens, or
 * in an ending that only says what kind of thing it is.
 */
export function areSimilar(one: string, other: string): boolean {
  if (one === other) return false
  const [core, otherCore] = [one, other].map((name) => name.replace(endings, '').replaceAll('-', ''))
  if (core === otherCore && core !== '') return true
  const shorter = Math.min(one.length, other.length)
  const most = shorter >= 8 ? 2 : shorter >= 4 ? 1 : 0
  // Digits are no slips: `agent-1` and `agent-2` are two things.
  return editDistance(one, other, most) <= most && digitsOf(one) === digitsOf(other)
}

const digitsOf = (name: string): string => name.replace(/\D/g, '')
