// node scripts/variants.mjs FOLDER [PRESET…] [--output FORM]
// Writes every preset in its default form, in each of its variants, and in every form: FOLDER/PRESET/VARIANT/FORM/…
// For whoever wants to see, lint, render or apply them all.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
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
  for (const [variant, answers] of Object.entries({
    default: {},
    ...commonVariants(preset),
    ...preset.variants,
  })) {
    for (const output of values.output ?? outputs) {
      const { files } = scaffold({
        preset: preset.name,
        output,
        acceptArchived: true,
        ...required(preset),
        ...answers,
      })
      for (const { path, contents } of files) {
        const file = resolve(folder, preset.name, variant, output, path)
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, contents)
      }
      count++
    }
  }
}
console.log(`${count} scaffolds in ${join(folder)}`)

/** Answers that every preset takes, where they change what comes out. */
function commonVariants(preset) {
  return {
    ...(preset.metrics && {
      'service-monitor': { monitor: 'service-monitor' },
      'pod-monitor': { monitor: 'pod-monitor' },
    }),
    ...(preset.podNetwork && { 'network-policy': { networkPolicy: true } }),
    'some-nodes': { nodeSelector: ['pool=agents'], nodeAffinity: ['zone in (a,b)'], controlPlane: false },
  }
}

/** Answers without which nothing can be made. */
function required(preset) {
  return preset.name === 'custom' ? { image: 'registry.example.com/agent:1.2.3' } : {}
}
