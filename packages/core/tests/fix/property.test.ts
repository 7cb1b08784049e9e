import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createFixer } from '../../src/fix/fixer.ts'
import type { Fixer } from '../../src/fix/types.ts'
import { parse } from '../../src/parse/parse.ts'
import type { KubernetesNode, KubernetesValue, Manifest, Path, Root } from '../../src/parse/tree.ts'
import { fixtures } from './fixtures.ts'
import { flatten, get, pathsOf, type Result, withAppended, withRemoved, withSet } from './helpers.ts'

const values: KubernetesValue[] = [
  'plain',
  'yes',
  '1.0',
  '',
  ' # odd: ',
  'two\nlines\n',
  "it's",
  7,
  true,
  null,
  {},
  [],
  { a: 1, b: { c: ['x', { d: 'y' }] } },
  ['x', 'on', { name: 'n', list: [1] }],
]

/** Fixtures in which hardly anything stands in the way of a fix. */
const free = ['plain', 'flat', 'json', 'compact', 'plain, CR LF', 'unicode']

interface Attempt {
  what: string
  path: Path
  fix(fixer: Fixer): Result
  expected: unknown
}

/** What is tried on a resource; `few`: one value at each place instead of four. */
function attempts(node: Manifest, few: boolean): Attempt[] {
  const root = node.value
  const chosen = (index: number) =>
    [0, 5, 9, 12].slice(0, few ? 1 : 4).map((step) => values[(index + step) % values.length]!)
  return [[], ...pathsOf(root)].flatMap((path: Path, index) => {
    const all: Attempt[] = []
    const value = get(root, path)
    const add = (what: string, fix: Attempt['fix'], expected: unknown) =>
      all.push({ what, path, fix, expected })
    if (path.length > 0) {
      for (const each of chosen(index)) {
        add(`set ${JSON.stringify(each)}`, (fixer) => fixer.set(path, each), withSet(root, path, each))
      }
      add('remove', (fixer) => fixer.remove(path), withRemoved(root, path))
      const last = path.at(-1)!
      if (typeof last === 'string') {
        const renamed = withSet(
          withRemoved(root, path),
          [...path.slice(0, -1), 'on'],
          value as KubernetesValue,
        )
        add('rename', (fixer) => fixer.rename(path, 'on'), renamed)
        const to = ['moved', 'here']
        const moved = withSet(withRemoved(root, path), to, value as KubernetesValue)
        add('move', (fixer) => fixer.move(path, to), moved)
        const both = withSet(withRemoved(root, path), [...path.slice(0, -1), 'new'], 1)
        const pair = (fixer: Fixer) => [fixer.set([...path.slice(0, -1), 'new'], 1), fixer.remove(path)]
        add('set beside and remove', pair, both)
      }
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const each of chosen(index)) {
        const at = [...path, 'new']
        add(`add ${JSON.stringify(each)}`, (fixer) => fixer.set(at, each), withSet(root, at, each))
      }
      const deep = [...path, 'new', 'deep', 'x']
      add('add deep', (fixer) => fixer.set(deep, 'v'), withSet(root, deep, 'v'))
      const two = [...path, 'new', 'deep', 'y']
      const twice = withSet(withSet(root, deep, 'v'), two, 2)
      add('add two deep', (fixer) => [fixer.set(deep, 'v'), fixer.set(two, 2)], twice)
      const list = [...path, 'new']
      const twoItems = withAppended(withAppended(root, list, 'a'), list, { b: 1, c: 'no' })
      add('append two', (fixer) => [fixer.append(list, 'a'), fixer.append(list, { b: 1, c: 'no' })], twoItems)
    }
    if (Array.isArray(value) || value === null) {
      for (const each of chosen(index)) {
        add(
          `append ${JSON.stringify(each)}`,
          (fixer) => fixer.append(path, each),
          withAppended(root, path, each),
        )
      }
    }
    return all
  })
}

const commentsOf = (root: Root): string[] => root.comments.map(({ value }) => value).sort()

/** Tries every fix and says what is wrong with it; counts those that were made. */
function tryAll(text: string, few = false): { wrong: string[]; made: Record<string, [number, number]> } {
  const before = parse(text)
  const wrong: string[] = []
  const made: Record<string, [number, number]> = {}
  for (const [index, node] of before.children.entries()) {
    for (const { what, path, fix, expected } of attempts(node, few)) {
      const edits = flatten(fix(createFixer(node as KubernetesNode)))
      const word = what.split(' ')[0]!
      const tally = made[word] ?? [0, 0]
      made[word] = tally
      tally[1]++
      if (edits === null) continue
      tally[0]++
      const output = splice(text, edits)
      const flaw = output === null ? 'edits overlap' : compare(text, output, before, index, expected)
      if (flaw) wrong.push(`${what} at ${node.field(...path)}: ${flaw}\n${output}`)
    }
  }
  return { wrong, made }
}

/** Applies edits, or null if they overlap; written anew, so as not to test the code by itself. */
function splice(text: string, edits: { range: [number, number]; text: string }[]): string | null {
  const ordered = [...edits].sort((a, b) => b.range[0] - a.range[0] || b.range[1] - a.range[1])
  let output = text
  let limit = text.length
  for (const { range, text: insert } of ordered) {
    if (range[1] > limit || range[0] > range[1]) return null
    output = output.slice(0, range[0]) + insert + output.slice(range[1])
    limit = range[0]
  }
  return output
}

function compare(
  text: string,
  output: string,
  before: Root,
  index: number,
  expected: unknown,
): string | undefined {
  const after = parse(output)
  const errors = after.documents.flatMap(({ errors }) => errors.map(({ message }) => message))
  const known = before.documents.flatMap(({ errors }) => errors.map(({ message }) => message))
  if (errors.length > known.length) return `does not parse: ${errors[0]}`
  const values = before.children.map(({ value }, at) => (at === index ? expected : value))
  if (after.children.length !== values.length) return 'resources are missing'
  for (const [at, { value }] of after.children.entries()) {
    if (!same(value, values[at])) {
      return `is ${JSON.stringify(value)}, not ${JSON.stringify(values[at])}`
    }
  }
  if (!same(commentsOf(after), commentsOf(before))) return 'comments are lost or made'
  if (output.split('\t').length > text.split('\t').length) return 'a tab is written'
  const breaks = new Set(text.match(/\r\n|\n|\r/g))
  for (const each of output.match(/\r\n|\n|\r/g) ?? [])
    if (breaks.size > 0 && !breaks.has(each)) return 'other line breaks'
  if (text.trimStart().startsWith('{') && isJson(text) && !isJson(output)) return 'is no JSON any more'
  return undefined
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Deep equality whatever the order of keys. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b))
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value === 'bigint') return `bigint ${value}`
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, ordered(item)]),
  )
}

describe('every fix on every field', { timeout: 60_000 }, () => {
  for (const [name, text] of Object.entries(fixtures)) {
    it(name, () => {
      const { wrong, made } = tryAll(text, name.includes(', '))
      expect(wrong.slice(0, 3).join('\n\n')).toBe('')
      expect(made.set?.[0]).toBeGreaterThan(0)
      if (!free.includes(name)) return
      for (const [done, tried] of Object.values(made))
        expect(done / tried, JSON.stringify(made)).toBeGreaterThan(0.75)
    })
  }
})

const corpus = fileURLToPath(new URL('../../../../../shared/corpus/plain', import.meta.url))
const hasCorpus = existsSync(corpus)
if (!hasCorpus) console.log('fix: skipped on real manifests, since ../shared/corpus/plain is absent')

describe.skipIf(!hasCorpus)('every fix on real manifests', () => {
  it('keeps values and comments', { timeout: 3_600_000 }, () => {
    const files = readdirSync(corpus, { recursive: true })
      .map((name) => join(corpus, String(name)))
      .filter((file) => /\.(?:ya?ml|json)$/.test(file) && statSync(file).isFile())
      .sort()
    const wrong: string[] = []
    let made = 0
    const stride = Number(process.env.STRIDE ?? 25)
    for (const file of files.filter((_, index) => index % stride === 0)) {
      const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '')
      if (text.length > Number(process.env.LONGEST ?? 3_000)) continue
      const result = tryAll(text, true)
      wrong.push(...result.wrong.map((each) => `${file}: ${each}`))
      for (const [done] of Object.values(result.made)) made += done
    }
    expect(wrong.slice(0, 3).join('\n\n')).toBe('')
    expect(made).toBeGreaterThan(100)
  })
})
