// Begins the pages of the API server's checks, docs/rules/api-server/ID.md, with examples of their conformance cases.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadRejections } from '../../../rules/scripts/load-rules.mjs'
import { caseFiles, loadFile } from './conformance/cases.mjs'

const help = `node packages/core/scripts/scaffold-pages.mjs [--refresh] [--missing] ID…
Writes docs/rules/api-server/ID.md for checks that have no page; what only a person can say is left as TODO, which a
test refuses. Its examples are the first cases of packages/core/conformance.

  --missing   all checks that have cases and no page
  --refresh   write the examples of pages that exist anew, and leave the rest of them alone
`
const folder = fileURLToPath(new URL('../../../docs/rules/api-server/', import.meta.url))
const pageOf = (id) => `${folder}${id}.md`

const { values, positionals } = readArguments()
const rejections = await loadRejections()
const problems = []
// Files are written by hand: one that cannot be read concerns only its own checks.
const cases = caseFiles().flatMap((file) => {
  try {
    return loadFile(file)
  } catch (error) {
    problems.push(error.message)
    return []
  }
})
const casesOf = (id) => cases.filter(({ check }) => check === id)
const missing = Object.keys(rejections).filter((id) => !existsSync(pageOf(id)) && casesOf(id).length > 0)
const ids = [
  ...new Set([
    ...positionals.map((id) => id.replace(/^api-server\//, '')),
    ...(values.missing ? missing : []),
  ]),
]

if (ids.length === 0 && !values.missing) console.log(help.trimEnd())
for (const id of ids) {
  const problem = write(id)
  if (problem) problems.push(`${id}: ${problem}`)
  else console.log(`docs/rules/api-server/${id}.md`)
}
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0

/** @returns what stands against it, or nothing */
function write(id) {
  const file = pageOf(id)
  if (!Object.hasOwn(rejections, id)) return 'there is no such check'
  const bad = examplesOf(id, ({ kind }) => kind !== 'valid').slice(0, 2)
  const good = examplesOf(id, ({ kind }) => kind === 'valid').slice(0, 1)
  if (bad.length === 0 || good.length === 0)
    return 'it has no valid and invalid cases in packages/core/conformance'
  const examples = [
    'Examples that are **incorrect**:',
    ...bad.map(fence),
    'Examples that are **correct**:',
    ...good.map(fence),
  ].join('\n\n')
  if (!values.refresh) {
    if (existsSync(file)) return 'it has a page; --refresh writes its examples anew'
    writeFileSync(file, newPage(id, examples))
    return undefined
  }
  if (!existsSync(file)) return 'it has no page yet; leave out --refresh'
  const page = readFileSync(file, 'utf8')
  const section = /(?<=^## Examples\n\n)[\s\S]*?(?=\n+## )/m
  if (!section.test(page)) return 'its page has no section Examples'
  writeFileSync(
    file,
    page.replace(section, () => examples),
  )
  return undefined
}

/** A check's cases as examples: first those that are about nothing else, and that a page can show. */
function examplesOf(id, isWanted) {
  const shown = casesOf(id).filter((given) => isWanted(given) && given.kubernetesVersion === undefined)
  const alone = shown.filter(({ also, text }) => also.length === 0 && isPlain(text))
  return alone.length > 0 ? alone : shown
}

/** No page is to hold tabs, carriage returns or other marks that nobody sees. */
function isPlain(text) {
  return !/[^\P{C}\n]/u.test(text)
}

function fence({ text }) {
  return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``
}

function newPage(id, examples) {
  return `# api-server/${id}

> ${rejections[id].description}.

TODO: why it is so, and what the API server answers, in a few sentences.

## Examples

${examples}

## How to fix it

TODO

## Sources

- TODO
`
}

function readArguments() {
  const flag = { type: 'boolean' }
  try {
    return parseArgs({ options: { refresh: flag, missing: flag, help: flag }, allowPositionals: true })
  } catch (error) {
    console.error(error.message)
    process.exit(2)
  }
}
