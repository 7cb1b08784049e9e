import { isMap, isScalar, isSeq, type Node, visit } from 'yaml'
import { beforeOnLine } from './lines.ts'
import type { Quote } from './scalar.ts'

/** How a resource is laid out, as far as what stands there shows it. */
export interface Layout {
  /** Columns between a key and the keys beneath it. */
  step: number
  /** Columns between a key and the dashes beneath it. */
  list: number
  /** The quotes it uses most. */
  quote: Quote
}

/** Counts and names the most frequent; the first seen wins a draw. */
function tally<T>(): { add(value: T): void; most(otherwise: T): T } {
  const counts = new Map<T, number>()
  return {
    add: (value) => counts.set(value, (counts.get(value) ?? 0) + 1),
    most: (otherwise) => {
      let best = otherwise
      let most = 0
      for (const [value, count] of counts) if (count > most) [best, most] = [value, count]
      return best
    },
  }
}

/** Column of an entry of a block collection, or undefined where it cannot be told surely. */
export function columnOf(text: string, offset: number): number | undefined {
  const before = beforeOnLine(text, offset)
  return /^ *(?:- +)*$/.test(before) ? before.length : undefined
}

/** Reads the layout of the resource whose root node is given. */
export function readLayout(text: string, root: Node | undefined): Layout {
  const steps = tally<number>()
  const lists = tally<number>()
  const quotes = tally<Quote>()
  if (root) {
    visit(root, {
      Scalar(_, node) {
        if (node.type === 'QUOTE_DOUBLE') quotes.add('"')
        if (node.type === 'QUOTE_SINGLE') quotes.add("'")
      },
      Pair(_, pair) {
        const { key, value } = pair
        if (!isScalar(key) || !key.range || !(isMap(value) || isSeq(value)) || value.flow) return
        const from = columnOf(text, key.range[0])
        const to = value.range ? columnOf(text, value.range[0]) : undefined
        if (from === undefined || to === undefined) return
        if (isSeq(value)) lists.add(to - from)
        else if (to > from) steps.add(to - from)
      },
    })
  }
  const list = lists.most(-1)
  const step = steps.most(list > 0 ? list : 2)
  return { step, list: Math.max(list, 0), quote: quotes.most('"') }
}
