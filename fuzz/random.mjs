// One seeded generator for everything, so that a run can be repeated exactly.

/** The generator of one mutant: the same for the same seed and index, whatever came before. */
export function randomOf(seed, index) {
  // SplitMix32 spreads the two numbers, mulberry32 goes on from there.
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0
  state = Math.imul(state ^ (state >>> 16), 0x21f0aaad) >>> 0
  state = Math.imul(state ^ (state >>> 15), 0x735a2d97) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit) => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)],
    /** @param weights pairs of a value and its weight */
    weighted(weights) {
      const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
      let left = next() * total
      for (const [value, weight] of weights) {
        left -= weight
        if (left < 0) return value
      }
      return weights.at(-1)[0]
    },
  }
}
