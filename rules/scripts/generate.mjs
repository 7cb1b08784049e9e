// Writes what follows from the rules' `meta`: the record of rules, the presets, the index and headers of the pages and
// the README's count. With `--check` it writes nothing and fails if a file is stale.
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { loadPresets, loadRejectionAreas, loadRules, packageFolder } from './load-rules.mjs'
import {
  renderConfigs,
  renderCount,
  renderHeader,
  renderIndex,
  renderRules,
  replaceBetween,
} from './render.mjs'

const root = join(packageFolder, '..')
const pages = join(root, 'docs/rules')
const check = process.argv.includes('--check')

const rules = await loadRules()
const presets = await loadPresets()
const areas = await loadRejectionAreas()
const explained = new Set(
  Object.values(areas)
    .flatMap(Object.keys)
    .filter((id) => existsSync(join(pages, `api-server/${id}.md`))),
)
const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'))
const mistakes = []
const outputs = new Map([
  [join(packageFolder, 'src/rules.generated.ts'), renderRules(Object.keys(rules), version)],
  [join(packageFolder, 'src/configs.generated.ts'), renderConfigs(rules, presets)],
  [join(pages, 'README.md'), renderIndex(rules, presets, areas, explained)],
])

for (const [id, rule] of Object.entries(rules)) {
  const page = join(pages, `${id}.md`)
  const old = existsSync(page) ? await readFile(page, 'utf8') : undefined
  const text = old && replaceBetween(old, 'header', renderHeader(rule))
  if (text) outputs.set(page, text)
  else
    mistakes.push(
      `${name(page)}: ${old ? 'has no <!-- header:start --> and <!-- header:end -->' : 'is missing'}`,
    )
}

const readme = join(root, 'README.md')
if (existsSync(readme)) {
  const text = replaceBetween(await readFile(readme, 'utf8'), 'rules', renderCount(rules, presets))
  if (text) outputs.set(readme, text)
}

for (const [file, text] of outputs) {
  if (existsSync(file) && (await readFile(file, 'utf8')) === text) continue
  if (check) mistakes.push(`${name(file)}: is stale, run \`node rules/scripts/generate.mjs\``)
  else {
    await writeFile(file, text)
    console.log(`wrote ${name(file)}`)
  }
}
for (const mistake of mistakes) console.error(mistake)
if (mistakes.length) process.exitCode = 1

function name(file) {
  return relative(root, file)
}
