import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { rules } from '../src/index.ts'
import { badChanges } from './changes.ts'
import { examplesOf } from './examples.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const corpus = join(root, '../shared/corpus')
const hasCorpus = existsSync(corpus)
if (!hasCorpus)
  console.log('changes.test.ts: real manifests skipped, there is no corpus beside this repository')

const manifestsIn = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, name))
    .sort()

/** Whoever takes one piece of advice gets no new complaint for it. */
describe('each change that is offered raises nothing new, keeps comments and the verdict', () => {
  it.each(Object.keys(rules))('in the examples of %s', (id) => {
    for (const { text, line } of examplesOf(id)) expect(badChanges(text).bad, `${id}.md:${line}`).toEqual([])
  })

  it('in examples/', () => {
    const found = manifestsIn(join(root, 'examples')).flatMap((path) =>
      badChanges(readFileSync(path, 'utf8')),
    )
    expect(found.flatMap(({ bad }) => bad)).toEqual([])
    expect(found.reduce((sum, { tried }) => sum + tried, 0)).toBeGreaterThan(20)
  })

  it.skipIf(!hasCorpus).each(['plain', 'odd', 'templated'])(
    'in the real manifests of %s',
    (folder) => {
      const bad = manifestsIn(join(corpus, folder)).flatMap((path) =>
        badChanges(readFileSync(path, 'utf8')).bad.map((one) => ({
          file: path.slice(corpus.length + 1),
          ...one,
        })),
      )
      expect(bad).toEqual([])
    },
    300_000,
  )
})
