import { truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildProject } from '../src/project.ts'
import { createSources } from '../src/sources.ts'
import { temp } from './temp.ts'

describe('sources', () => {
  it('read a file once, until it is forgotten', () => {
    const directory = temp({ 'a.yaml': 'a: 1\n' })
    const path = join(directory, 'a.yaml')
    const sources = createSources()
    expect(sources.read(path)).toBe('a: 1\n')
    writeFileSync(path, 'a: 2\n')
    expect(sources.read(path)).toBe('a: 1\n')
    sources.forget(path)
    expect(sources.read(path)).toBe('a: 2\n')
    sources.forget(join(directory, 'never-read.yaml'))
  })

  it('say what cannot be read, each time', () => {
    const sources = createSources()
    const path = join(temp(), 'none.yaml')
    for (let time = 0; time < 2; time++) expect(() => sources.read(path)).toThrow(/no such file/)
  })

  it('keep so much, and let go of what was read first', () => {
    const directory = temp({ 'a.yaml': 'a', 'b.yaml': 'b', 'large.yaml': '' })
    const [a, b, large] = ['a.yaml', 'b.yaml', 'large.yaml'].map((name) => join(directory, name)) as [
      string,
      string,
      string,
    ]
    // All zeros: read as bytes, since a text holds none.
    truncateSync(large, 2 ** 26 - 1)
    const sources = createSources()
    for (const path of [a, b, large]) sources.read(path)
    for (const path of [a, b]) writeFileSync(path, 'new')
    expect(sources.read(b)).toBe('b')
    expect(sources.read(a)).toBe('new')
  })

  it('are shared with a project', () => {
    const resource = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: map }\n'
    const directory = temp({ '.git/': '', 'a.yaml': resource, 'b.yaml': resource })
    const [a, b] = ['a.yaml', 'b.yaml'].map((name) => join(directory, name)) as [string, string]
    const sources = createSources()
    sources.read(b)
    unlinkSync(b)
    const query = { kinds: ['ConfigMap'], scope: 'run' } as const
    const found = (options: { sources?: typeof sources }) =>
      buildProject([a, b], { cwd: directory, ...options }).resources!(a, query, {
        basePath: undefined,
        globs: {},
      })
    expect(found({ sources })).toHaveLength(1)
    expect(found({})).toHaveLength(0)
  })
})
