import { splitDocuments } from '@daemonlint/core/editor'
import { describe, expect, it } from 'vitest'
import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml'
import { outlineOf } from '../../src/yaml/outline.ts'
import { spotAt } from '../../src/yaml/spot.ts'
import { examples, plain, type TestManifest } from '../manifests.ts'

interface Place {
  on: 'key' | 'value'
  path: (string | number)[]
  offset: number
}

/** Every key and scalar of a document that YAML's own parser reads. */
function placesOf(text: string, start: number): Place[] {
  const document = parseDocument(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent' })
  if (document.errors.length > 0) return []
  const places: Place[] = []
  const visit = (node: unknown, path: (string | number)[]): void => {
    if (isMap(node)) {
      for (const pair of node.items) {
        if (!isPair(pair) || !isScalar(pair.key)) continue
        const key = pair.key.source ?? String(pair.key.value)
        places.push({ on: 'key', path: [...path, key], offset: start + pair.key.range![0] })
        visit(pair.value, [...path, key])
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) visit(item, [...path, index])
    } else if ((isScalar(node) || isAlias(node)) && node.range![1] > node.range![0]) {
      places.push({ on: 'value', path, offset: start + node.range![0] })
    }
  }
  visit(document.contents, [])
  return places
}

/** What the outline finds elsewhere than the parser does, and how many places there are. */
function compare({ name, text }: TestManifest): { differences: string[]; count: number } {
  const differences: string[] = []
  let count = 0
  for (const { start, end } of splitDocuments(text)) {
    const body = text.slice(start, end).replace(/^---.*\n?/, (line) => `${' '.repeat(line.length - 1)}\n`)
    const outline = outlineOf(text, start, end)
    for (const { on, path, offset } of placesOf(body, start)) {
      count++
      const spot = spotAt(outline, offset)
      const found = spot && `${spot.on} ${spot.path.join('.')}`
      if (found !== `${on} ${path.join('.')}`) {
        differences.push(`${name}:${offset} ${on} ${path.join('.')} is ${found}`)
      }
    }
  }
  return { differences, count }
}

describe('spotAt', () => {
  it.each(examples)('finds every key and value of examples/$name', (manifest) => {
    const { differences, count } = compare(manifest)
    expect(differences).toEqual([])
    expect(count).toBeGreaterThan(5)
  })

  it.skipIf(plain.length === 0)('finds every key and value of manifests that others wrote', () => {
    const all = plain.map(compare)
    expect(all.flatMap(({ differences }) => differences)).toEqual([])
    expect(all.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(10_000)
  })
})
