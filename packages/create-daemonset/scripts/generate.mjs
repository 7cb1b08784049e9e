// Writes the pages of presets, their index, the table of answers in docs/generator.md and the README's count, all of it
// from the presets. With `--check` it writes nothing and fails if a file is stale.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadFacts } from './facts.mjs'
import { generated, renderAnswers, renderCount, renderIndex, renderPage } from './render.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')
const pages = join(root, 'docs/presets')
const check = process.argv.includes('--check')
const mistakes = []

const facts = await loadFacts()
const outputs = new Map([
  [join(pages, 'README.md'), renderIndex(facts)],
  ...facts.presets.map((preset) => [join(pages, `${preset.name}.md`), renderPage(preset, facts)]),
])
putBetween('docs/generator.md', 'answers', renderAnswers(facts))
putBetween('README.md', 'generator', renderCount(facts))

mkdirSync(pages, { recursive: true })
for (const [file, text] of outputs) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  if (check)
    mistakes.push(`${name(file)}: is stale, run \`node packages/create-daemonset/scripts/generate.mjs\``)
  else {
    writeFileSync(file, text)
    console.log(`wrote ${name(file)}`)
  }
}
for (const page of readdirSync(pages)) {
  const file = join(pages, page)
  if (outputs.has(file) || !page.endsWith('.md') || !readFileSync(file, 'utf8').startsWith(generated))
    continue
  if (check) mistakes.push(`${name(file)}: there is no such preset`)
  else {
    rmSync(file)
    console.log(`removed ${name(file)}`)
  }
}
for (const mistake of mistakes) console.error(mistake)
if (mistakes.length > 0) process.exitCode = 1

/** What stands between two markers of a page that people write. */
function putBetween(path, marker, text) {
  const file = join(root, path)
  const old = readFileSync(file, 'utf8')
  const start = `<!-- ${marker}:start -->\n`
  const from = old.indexOf(start)
  const to = old.indexOf(`<!-- ${marker}:end -->`)
  if (from < 0 || to < from)
    mistakes.push(`${path}: has no <!-- ${marker}:start --> and <!-- ${marker}:end -->`)
  else outputs.set(file, `${old.slice(0, from + start.length)}${text.trimEnd()}\n${old.slice(to)}`)
}

function name(file) {
  return relative(root, file)
}
