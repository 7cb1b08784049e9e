// What mutants are made of: own bases, the project's conformance cases, and real manifests.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { caseFiles, loadFile } from '../packages/core/scripts/conformance/cases.mjs'
import { yaml } from './ours.mjs'

const bases = fileURLToPath(new URL('bases', import.meta.url))

/** @returns {{ name: string, text: string, group: 'base' | 'case' | 'refused' | 'corpus' }[]} */
export function readSeeds({ corpus, limit = 20_000 }) {
  const seeds = documentsOf(bases, 'base')
  seeds.push(...cases())
  if (corpus) seeds.push(...documentsOf(corpus, 'corpus'))
  return seeds.filter(
    ({ text }) =>
      text.length <= limit &&
      /^kind: *["']?DaemonSet["']? *$/m.test(text) &&
      /^apiVersion: *["']?apps\/v1["']? *$/m.test(text),
  )
}

function documentsOf(folder, group) {
  const found = []
  for (const file of filesOf(folder)) {
    if (!/\.ya?ml$/.test(file)) continue
    const documents = readFileSync(file, 'utf8').split(/^---[ \t]*$/m)
    documents.forEach((text, index) => {
      const name = relative(folder, file)
      found.push({
        name: documents.length > 1 ? `${name}#${index}` : name,
        text: text.replace(/^\n/, ''),
        group,
      })
    })
  }
  return found
}

function filesOf(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? filesOf(path) : [path]
    })
}

function cases() {
  return caseFiles().flatMap((file) => {
    try {
      return loadFile(file)
        .filter(({ encoding, kubernetesVersion }) => !encoding && !kubernetesVersion)
        .map(({ check, kind, name, text }) => ({
          name: `${check}: ${name}`,
          text,
          group: kind === 'invalid' ? 'refused' : 'case',
        }))
    } catch (error) {
      console.error(`Skipped: ${error.message}`)
      return []
    }
  })
}

/**
 * The value that a text stands for, to mutate.
 * @returns undefined where it is none
 */
export function readValue(text) {
  const document = yaml.parseDocument(text, {
    version: '1.1',
    merge: true,
    logLevel: 'silent',
    intAsBigInt: true,
    customTags: (tags) =>
      tags.filter((tag) => tag.tag !== 'tag:yaml.org,2002:timestamp' && tag.format !== 'TIME'),
  })
  if (document.errors.length > 0) return undefined
  let value
  try {
    value = document.toJS({ reviver: (_, each) => (typeof each === 'bigint' ? smaller(each) : each) })
  } catch {
    // An alias of nothing, or of itself.
    return undefined
  }
  const { selector, template } = value?.spec ?? {}
  return selector && Array.isArray(template?.spec?.containers) ? value : undefined
}

/** Numbers, but for those that would lose digits. */
const smaller = (value) => (BigInt.asIntN(53, value) === value ? Number(value) : value)
