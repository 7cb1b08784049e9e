// Makes examples small: drops mutations, then lines with all that hangs on them, while the difference stays.
import { differences, explanation } from './compare.mjs'

const perRound = 3000

/**
 * @param examples `{ text, alternatives: string[], kind, key, ours }`; `text` becomes the smallest that was found
 * @param judge our side
 */
export async function shrink(examples, judge, server, { rounds = 60 } = {}) {
  for (const example of examples) example.todo = []
  await attempt(examples.map((example) => [example, example.alternatives.map((text) => ({ text }))]))
  for (const example of examples) refill(example)
  let open = examples.filter(({ todo }) => todo.length > 0)
  for (let round = 0; round < rounds && open.length > 0; round++) {
    const budget = Math.max(8, Math.floor(perRound / open.length))
    await attempt(open.map((example) => [example, example.todo.splice(0, budget)]))
    open = open.filter(({ todo }) => todo.length > 0)
  }

  /** Tries candidates of many examples in one batch; an example that shrank gets new ones. */
  async function attempt(jobs) {
    const asked = []
    for (const [example, candidates] of jobs) {
      for (const candidate of candidates) {
        const ours = judge(candidate.text)
        // What our side alone can tell.
        if (example.kind === 'verdict' && ours.verdict !== example.ours.verdict) continue
        if (ours.applicable !== example.ours.applicable) continue
        asked.push({ example, candidate, ours })
      }
    }
    const verdicts = await server.judge(asked.map(({ candidate }) => candidate.text))
    const kept = new Map()
    asked.forEach(({ example, candidate, ours }, index) => {
      const difference = differences(ours, verdicts[index]).find((each) => isSame(example, each))
      if (!difference || explanation(candidate.text, ours, verdicts[index], difference)) return
      kept.set(example, [...(kept.get(example) ?? []), candidate])
    })
    for (const [example, better] of kept) {
      better.sort((a, b) => a.text.length - b.text.length)
      const base = example.text
      example.text = better[0].text
      refill(example)
      // Blocks that can go alone may go together.
      const blocks = better.map(({ block }) => block).filter(Boolean)
      for (const some of [blocks, blocks.slice(0, blocks.length >> 1), blocks.slice(blocks.length >> 1)]) {
        if (some.length < 2) continue
        const text = without(base, some)
        if (text.length < example.text.length) example.todo.unshift({ text })
      }
    }
  }
}

/** The same difference, or one with fewer causes. */
function isSame(example, { kind, key }) {
  if (kind !== example.kind) return false
  if (key === example.key) return true
  if (kind !== 'verdict' && kind !== 'stage') return false
  const [head, causes] = halves(example.key)
  const [otherHead, others] = halves(key)
  return head === otherHead && others.every((cause) => causes.includes(cause))
}

function halves(key) {
  const at = key.indexOf(': ')
  return [key.slice(0, at), key.slice(at + 2).split(' & ')]
}

function without(text, blocks) {
  const dropped = new Set(
    blocks.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)),
  )
  return text
    .split('\n')
    .filter((_, index) => !dropped.has(index))
    .join('\n')
}

function refill(example) {
  const lines = example.text.split('\n')
  example.todo = blocksOf(lines).map((block) => ({
    text: block.instead
      ? lines.toSpliced(block.from, block.to - block.from, block.instead).join('\n')
      : without(example.text, [block]),
    block: block.instead ? undefined : block,
  }))
}

/** A line with all lines that are deeper, the longest first; and an item's first key alone. */
function blocksOf(lines) {
  const blocks = []
  const indents = lines.map((line) => (line.trim() === '' ? -1 : /^ */.exec(line)[0].length))
  for (let from = 0; from < lines.length; from++) {
    const indent = indents[from]
    if (indent < 0) continue
    let to = from + 1
    while (to < lines.length && indents[to] > indent) to++
    blocks.push({ from, to })
    const dash = /^( *)- /.exec(lines[from])
    if (!dash || to === from + 1) continue
    let next = from + 1
    while (next < to && indents[next] > indent + 2) next++
    if (next < to) blocks.push({ from, to: next + 1, instead: `${dash[1]}- ${lines[next].trim()}` })
  }
  return blocks.sort((a, b) => b.to - b.from - (a.to - a.from))
}
