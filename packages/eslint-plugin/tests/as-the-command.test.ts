/** What ESLint reports and mends is what the command does. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fixText, lint, type Problem, resolveConfig } from '@daemonlint/core'
import { buildProject } from '@daemonlint/node'
import builtin from '@daemonlint/rules'
import { expect, it } from 'vitest'
import daemonlint from '../src/index.ts'
import { eslintOf, setups } from './eslint.ts'

const root = resolve(import.meta.dirname, '../../..')
const preset = 'strict'
const config = resolveConfig({ extends: [`daemonlint/${preset}`] }, { builtin })

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, name))
    .sort()

/** As the command does, to which one file is given. */
function command(filePath: string, cwd: string) {
  const source = readFileSync(filePath)
  const project = buildProject([filePath], { cwd })
  const lintOnce = (text: string | Uint8Array) => lint(text, { config, filePath, project })
  const first = lintOnce(source)
  const fixed = fixText(first.root.text, lintOnce, { first })
  return { rows: first.problems.map(rowOf).sort(), output: fixed.output }
}

const rowOf = ({ ruleId, position: { start, end }, message }: Problem): string =>
  row(ruleId.replace(/^daemonlint\//, ''), start.line, start.column, end.line, end.column, message)

const row = (...parts: unknown[]): string => parts.join(' ')

interface Outcome {
  compared: number
  found: number
  /** Files that the language does not parse, so that no rule sees them. */
  unread: number
}

async function compare(
  setup: (typeof setups)[number],
  files: readonly string[],
  cwd: string,
): Promise<Outcome> {
  const outcome: Outcome = { compared: 0, found: 0, unread: 0 }
  const options = { ...setup, cwd, configs: [daemonlint.configs[preset]!] }
  const [eslint, mending] = [eslintOf(options), eslintOf({ ...options, fix: true })]
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    const [result] = await eslint.lintText(text, { filePath: file })
    if (result!.messages.some(({ fatal }) => fatal)) {
      outcome.unread++
      continue
    }
    const rows = result!.messages.map(({ ruleId, line, column, endLine, endColumn, message }) =>
      row(ruleId!.replace('daemonlint/', ''), line, column, endLine, endColumn, message),
    )
    const expected = command(file, cwd)
    expect(rows.sort(), file).toEqual(expected.rows)
    const [mended] = await mending.lintText(text, { filePath: file })
    expect((mended!.output ?? text).replace(/^\u{feff}/u, ''), file).toBe(expected.output)
    outcome.compared++
    outcome.found += rows.length
  }
  return outcome
}

it.each(setups)('the examples with ESLint $major and $language', { timeout: 60_000 }, async (setup) => {
  const { found, unread } = await compare(setup, filesBelow(join(root, 'examples')), root)
  expect(found).toBeGreaterThan(100)
  expect(unread).toBe(0)
})

const corpus = resolve(root, '../shared/corpus/plain')
const present = existsSync(corpus)
if (!present) console.warn(`Skipped: ${corpus} is absent`)

it.skipIf(!present).each(setups)(
  'manifests of others with ESLint $major and $language',
  { timeout: 300_000 },
  async (setup) => {
    const files = filesBelow(corpus).filter((_, index) => index % 30 === 0)
    const { compared, found, unread } = await compare(setup, files, corpus)
    expect(compared).toBeGreaterThan(10)
    expect(found).toBeGreaterThan(100)
    expect(unread, 'files that the language does not parse').toBeLessThan(
      setup.language === 'daemonlint/yaml' ? 1 : 10,
    )
  },
)
