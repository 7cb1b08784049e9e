// node scripts/variants.mjs FOLDER [PRESET…] [--output FORM]
// Writes every preset in its default form, in each of its variants, and in every form: FOLDER/PRESET/VARIANT/FORM/…
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { variantsOf } from './all-variants.mjs'
import { load } from './load.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { output: { type: 'string', multiple: true } },
})
const [folder, ...names] = positionals
if (!folder) {
  console.error('Usage: node scripts/variants.mjs FOLDER [PRESET…] [--output FORM]')
  process.exit(2)
}
const { presets, scaffold, outputs } = await load()
const unknown = names.filter((name) => !presets.some((preset) => preset.name === name))
if (unknown.length > 0) {
  console.error(`There is no preset ${unknown.join(', ')}.`)
  process.exit(2)
}

let count = 0
for (const preset of presets) {
  if (names.length > 0 && !names.includes(preset.name)) continue
  for (const { name, answers } of variantsOf(preset)) {
    for (const output of values.output ?? outputs) {
      for (const { path, contents } of scaffold({ ...answers, output }).files) {
        const file = resolve(folder, preset.name, name, output, path)
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, contents)
      }
      count++
    }
  }
}
console.log(`${count} scaffolds in ${folder}`)
