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
  // Two neighbours in the wrong order
  if (shorter >= 4 && lettersOf(one) === lettersOf(other) && differsAtMost(one, other, 2)) return true
  return differsAtMost(one, other, shorter >= 8 ? 2 : shorter >= 4 ? 1 : 0)
}

/**
 * True when at most so many letters are added, left out or replaced. Digits are no slips: `agent-1` and `agent-2` are
 * two things.
 */
function differsAtMost(one: string, other: string, most: number): boolean {
  if (Math.abs(one.length - other.length) > most || digitsOf(one) !== digitsOf(other)) return false
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const replaced = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced))
    }
    row = next
  }
  return row[other.length]! <= most
}

const digitsOf = (name: string): string => name.replace(/\D/g, '')

const lettersOf = (name: string): string => [...name].sort().join('')
