/** Whatever key of a manifest is taken away, it is offered again where it stood: with nothing typed, and with a part of it. */
import { splitDocuments } from '@daemonlint/core/editor'
import { describe, expect, it } from 'vitest'
import { complete } from '../../src/features/completion.ts'
import { fieldAt } from '../../src/kubernetes/fields.ts'
import { workloadAt } from '../../src/kubernetes/resource.ts'
import { type OutlineEntry, type OutlineNode, outlineOf } from '../../src/yaml/outline.ts'
import { examples, plain, type TestManifest } from '../manifests.ts'
import { snapshotOf } from '../snapshot-of.ts'

interface KeyPlace {
  path: (string | number)[]
  entry: OutlineEntry
}

/** The fields of workloads, with their places; not the free keys of labels and the like. */
function keysOf(text: string): KeyPlace[] {
  const keys: KeyPlace[] = []
  for (const { start, end } of splitDocuments(text)) {
    const { root } = outlineOf(text, start, end)
    const visit = (node: OutlineNode | undefined, path: (string | number)[]): void => {
      if (node?.type === 'list')
        for (const [index, { value }] of node.items.entries()) visit(value, [...path, index])
      if (node?.type !== 'map') return
      const names = node.entries.map(({ key }) => key)
      for (const entry of node.entries) {
        const own = [...path, entry.key]
        const resource = workloadAt(root, own)
        const place = resource && fieldAt(resource.kind, own.slice(resource.base.length))
        // A key that is there twice is there still when one is gone.
        const isOnce = names.filter((name) => name === entry.key).length === 1
        if (place?.below.length === 0 && isOnce) keys.push({ path: own, entry })
        visit(entry.value, own)
      }
    }
    visit(root, [])
  }
  return keys
}

const config = { rules: {} }
const without = new Map<string, ReturnType<typeof snapshotOf>>()

/** Completion asks a snapshot for its text, its configuration and its findings; linting anew would prove no more. */
function labelsAt(text: string, offset: number): string[] {
  const base = without.get('') ?? snapshotOf('', { config })
  without.set('', base)
  return complete({ ...base, text }, offset).map(({ label }) => label)
}

/** Where completion forgets a key that was taken away. */
function misses({ name, text }: TestManifest, every: number): { misses: string[]; count: number } {
  const found: string[] = []
  const keys = keysOf(text).filter((_, index) => index % every === 0)
  for (const { path, entry } of keys) {
    const key = String(path.at(-1))
    // kind and apiVersion tell what a resource is: without them they are offered, and nothing else.
    const { keyStart, keyEnd, value } = entry
    const line = text.indexOf('\n', keyEnd)
    const eol = line < 0 ? text.length : line
    const isFlow = text.slice(text.lastIndexOf('\n', keyStart) + 1, keyStart).search(/[{[]/) >= 0
    const end = isFlow ? Math.min(value?.end ?? keyEnd + 1, eol) : eol
    for (const typed of ['', key.slice(0, Math.ceil(key.length / 2))]) {
      const changed = `${text.slice(0, keyStart)}${typed}${text.slice(end)}`
      if (!labelsAt(changed, keyStart + typed.length).includes(key)) {
        found.push(`${name}:${keyStart} ${path.join('.')} with '${typed}'`)
      }
    }
  }
  return { misses: found, count: keys.length }
}

describe('a key that is taken away', () => {
  it.each(examples)('is offered again in examples/$name', (manifest) => {
    expect(misses(manifest, 1).misses).toEqual([])
  })

  it.skipIf(plain.length === 0)(
    'is offered again in manifests that others wrote',
    () => {
      const all = plain.filter(({ text }) => text.length < 40_000).map((manifest) => misses(manifest, 13))
      expect(all.flatMap(({ misses }) => misses)).toEqual([])
      expect(all.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(1000)
    },
    60_000,
  )
})
