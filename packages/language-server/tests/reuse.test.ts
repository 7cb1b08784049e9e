/** What is linted with the help of the version before comes to what it comes to without. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createConfigResolver, type LintResult } from '@daemonlint/core'
import builtin from '@daemonlint/rules'
import { expect, it } from 'vitest'
import { changeDocument, type OpenDocument, openDocument } from '../src/documents.ts'
import { lintDocument } from '../src/lint-document.ts'

const root = join(import.meta.dirname, '../../..')
const rules = Object.fromEntries(Object.keys(builtin.rules ?? {}).map((id) => [id, 'warn' as const]))
const config = createConfigResolver([{ rules }], { builtin }).forFile(undefined)

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

const lintWith = (document: OpenDocument, previous: LintResult | undefined): LintResult =>
  lintDocument(document, {
    config,
    kubernetesVersions: undefined,
    project: undefined,
    previous: previous?.root,
    isTemplate: false,
  }).result

function shown({ problems, suppressed }: LintResult): string {
  const plain = [...problems, ...suppressed].map(({ manifest, ...problem }) => problem)
  return JSON.stringify(plain, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
}

/** The same numbers in each run. */
function random(seed: number): (below: number) => number {
  let state = seed + 1
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const pieces = [
  'x',
  '\n',
  '---\n',
  'hostPID: true\n',
  '# daemonlint-disable-line\n',
  ': ',
  '"',
  '\u{1f600}',
  '\r\n',
]

function checkEdits(text: string, seed: number, count: number): void {
  const next = random(seed)
  let document = openDocument({ uri: 'untitled:a', languageId: 'yaml', version: 1, text }, 'utf-16')
  let result = lintWith(document, undefined)
  for (let version = 2; version < count + 2; version++) {
    const at = next(document.text.length + 1)
    const range = document.positions.rangeBetween(at, at + (next(3) === 0 ? next(40) : 0))
    const change = { range, text: pieces[next(pieces.length)]! }
    document = changeDocument(document, version, [change], 'utf-16')
    result = lintWith(document, result)
    expect(shown(result)).toBe(shown(lintWith(document, undefined)))
  }
}

it('changes no finding of the examples, whatever is edited', () => {
  for (const [seed, file] of filesIn(join(root, 'examples')).entries()) {
    checkEdits(readFileSync(file, 'utf8'), seed, 15)
  }
})

const corpus = filesIn(join(root, '../shared/corpus/plain'))
it.skipIf(corpus.length === 0)('changes no finding of real files', () => {
  const several = corpus.map((file) => readFileSync(file, 'utf8')).filter((text) => text.includes('\n---'))
  expect(several.length).toBeGreaterThan(20)
  for (const [seed, text] of several.entries()) if (text.length < 30_000) checkEdits(text, seed, 3)
})
if (corpus.length === 0) console.log('skipped: ../shared/corpus is not there')
