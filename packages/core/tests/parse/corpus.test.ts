import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from '../../src/parse/index.ts'

/** Real files and what an API server said of them; a sibling of the repository that a clone lacks. */
const shared = new URL('../../../../../shared/', import.meta.url)
const present =
  existsSync(new URL('oracle/corpus-verdicts.json', shared)) && existsSync(new URL('corpus/plain/', shared))
if (!present) console.log('skipped: ../shared/corpus is not there')

const files = (folder: string) =>
  readdirSync(new URL(`corpus/${folder}/`, shared), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`)
const wants = ({ kind }: { kind: string }) => kind === '' || /daemon/i.test(kind)

describe.skipIf(!present)('real files', () => {
  it('that the API server accepts have no errors', () => {
    const verdicts: { file: string; verdict: string }[] = JSON.parse(
      readFileSync(new URL('oracle/corpus-verdicts.json', shared), 'utf8'),
    )
    const names = [...new Set(verdicts.map(({ file }) => file))]
    const wrong = names.filter((name) => {
      const own = verdicts.filter(({ file }) => file === name)
      const accepted = own.filter(({ verdict }) => verdict === 'accept').length
      const { children, documents } = parse(readFileSync(new URL(`corpus/${name}`, shared)), { wants })
      const errors = documents.filter(({ errors, status }) => errors.length > 0 || status === 'template')
      return (
        children.filter(({ type }) => type === 'daemonSet').length < accepted ||
        errors.length > own.length - accepted
      )
    })
    expect(names.length).toBeGreaterThan(300)
    expect(wrong).toEqual([])
  }, 60_000)

  it('that are templates have no errors', () => {
    const found = files('templated').map((file) => parse(readFileSync(file)).documents)
    expect(found.flat().flatMap(({ errors }) => errors)).toEqual([])
    expect(found.flat().some(({ status }) => status === 'template')).toBe(true)
  }, 60_000)

  it('that are plain are no templates', () => {
    const found = files('plain').filter((file) =>
      parse(readFileSync(file), { wants }).documents.some(({ status }) => status === 'template'),
    )
    expect(found).toEqual([])
  }, 60_000)
})
