/** A text that is parsed with the help of an earlier tree comes to what it comes to without. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { visit } from 'yaml'
import { judge } from '../../src/apiserver/index.ts'
import { parse, type Root } from '../../src/index.ts'
import { kubernetesVersions } from '../../src/schema/index.ts'

const root = new URL('../../../../', import.meta.url)
const examples = filesIn(new URL('examples/', root))
const corpus = filesIn(new URL('../shared/corpus/plain/', root))

function filesIn(folder: URL): URL[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => new URL(`file://${entry.parentPath ?? entry.path}/${entry.name}`))
    .sort()
}

/** All that can be seen of a tree: what is enumerable, where its YAML stands, and what is said of it. */
function shown(tree: Root): string {
  const yaml = tree.children.map(({ yaml }) => {
    const ranges: unknown[] = []
    visit(yaml.document, (_, node) => {
      const { range, source, anchor } = node as unknown as Record<string, unknown>
      ranges.push([node?.constructor.name, range, source, anchor])
    })
    return { ranges, same: yaml.text === tree.text, end: yaml.lines.pointAt(1e9) }
  })
  const { problems, hidden } = judge(tree, { kubernetesVersions: kubernetesVersions.slice(-1) })
  const said = problems.map(({ manifest, ...problem }) => problem)
  const big = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)
  return JSON.stringify({ tree, yaml, said, hidden: hidden.size }, big)
}

/** The same numbers in each run. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const insertions = [
  'x',
  ' ',
  '\n',
  '---\n',
  '\n---\n',
  ': ',
  '- a\n',
  '#',
  '"',
  '\t',
  '\r\n',
  '{{ x }}',
  '*a',
  '&a ',
]
const pieces = [
  ...insertions,
  '# daemonlint-disable\n',
  'kind: DaemonSet\n',
  '\u{1f600}',
  '--- text\n',
  '...\n',
  '\r',
]

function edited(text: string, next: (below: number) => number): string {
  const at = next(text.length + 1)
  switch (next(4)) {
    case 0:
      return text.slice(0, at) + text.slice(at + next(30))
    case 1: {
      // Moves lines, as people do: documents become others that were there before.
      const lines = text.split('\n')
      const taken = lines.splice(next(lines.length), next(8))
      lines.splice(next(lines.length + 1), 0, ...taken)
      return lines.join('\n')
    }
    default:
      return text.slice(0, at) + pieces[next(pieces.length)] + text.slice(at)
  }
}

function checkEdits(start: string, seed: number, count: number): void {
  const next = random(seed)
  const wants = seed % 2 ? undefined : ({ kind }: { kind: string }) => kind === '' || kind === 'DaemonSet'
  let text = start
  let previous = parse(text, { wants })
  for (let edit = 0; edit < count; edit++) {
    text = next(8) === 0 ? start : edited(text, next)
    const before = shown(previous)
    const current = parse(text, { wants, previous })
    expect(shown(current)).toBe(shown(parse(text, { wants })))
    // The earlier tree is somebody's still.
    expect(shown(previous)).toBe(before)
    previous = current
  }
}

const two = `# one
apiVersion: apps/v1
kind: DaemonSet
metadata: &meta { name: a }
spec:
  template: { metadata: *meta }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: &meta
  name: b # here
spec:
  template:
    metadata: *meta
    spec:
      containers:
        - name: a
          image: |-
            x
`

describe('an earlier tree', () => {
  it('lends documents that hold the same', () => {
    const first = parse(two)
    const later = parse(two.replace('# one', '# the first one\n'), { previous: first })
    const [, before] = first.children
    const [, after] = later.children
    expect(after!.value).toBe(before!.value)
    expect(after!.at('metadata', 'name')!.start.line).toBe(before!.at('metadata', 'name')!.start.line + 1)
    expect(later.children[0]!.value).not.toBe(first.children[0]!.value)
  })

  it('is not read again where what went wrong names a line', () => {
    const broken = `${two}---\nkind: DaemonSet\na: 1\na: 2\n`
    const first = parse(broken)
    const later = parse(`\n${broken}`, { previous: first })
    expect(later.documents.at(-1)!.errors).toEqual(parse(`\n${broken}`).documents.at(-1)!.errors)
  })

  it('lends no value that another file context has changed', () => {
    const overlaid = [{ path: ['metadata', 'name'] }]
    const first = parse(two, { context: { overlaid } })
    expect(first.children[1]!.name).toBe('')
    expect(parse(two, { previous: first }).children[1]!.name).toBe('b')
  })

  it('does not count where bytes are no UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(two), Buffer.from([0xff])])
    const { text } = parse(bytes)
    expect(shown(parse(text, { previous: parse(bytes) }))).toBe(shown(parse(text)))
    expect(shown(parse(bytes, { previous: parse(text) }))).toBe(shown(parse(bytes)))
  })

  it('changes nothing, whatever is edited', () => {
    for (let seed = 0; seed < 20; seed++) checkEdits(two, seed, 20)
    for (const [seed, file] of examples.entries()) checkEdits(readFileSync(file, 'utf8'), seed, 12)
  }, 60_000)

  it.skipIf(corpus.length === 0)(
    'changes nothing in real files',
    () => {
      const several = corpus.filter((file) => readFileSync(file, 'utf8').includes('\n---'))
      expect(several.length).toBeGreaterThan(20)
      for (const [seed, file] of several.entries()) {
        const text = readFileSync(file, 'utf8')
        if (text.length < 40_000) checkEdits(text, seed, 4)
      }
    },
    120_000,
  )
})

if (corpus.length === 0) console.log('skipped: ../shared/corpus is not there')
