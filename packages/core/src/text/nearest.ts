import { editDistance } from './distance.ts'

/** To compare longer names takes long, and nobody means one by a misspelling of another. */
const longest = 100

/**
 * The known name that a wrong one was most likely meant to be, or undefined if none is near, or they are very long.
 * @param names candidates; the first of equally near ones wins
 * @param most how many letters may be wrong; default: every third
 */
export function nearest(
  wrong: string,
  names: Iterable<string>,
  most = Math.max(1, Math.floor(wrong.length / 3)),
): string | undefined {
  if (wrong.length > longest) return undefined
  const from = wrong.toLowerCase()
  let best: string | undefined
  let limit = most
  for (const name of names) {
    if (name.length > longest) continue
    const distance = editDistance(from, name.toLowerCase(), limit)
    if (distance > limit) continue
    best = name
    if (distance === 0) break
    limit = distance - 1
  }
  return best
}

/** ` Did you mean 'x'?` when a known name is near, else ''. */
export function didYouMean(wrong: string, names: Iterable<string>): string {
  const name = nearest(wrong, names)
  return name === undefined ? '' : ` Did you mean '${name}'?`
}
