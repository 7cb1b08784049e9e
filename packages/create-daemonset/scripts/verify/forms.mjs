// npm run verify-forms [-- PRESET…]
// Builds every Kustomize output with kubectl, lints and renders every chart with helm, and compares what comes out with
// the plain output. Needs kubectl and helm on the PATH; what is absent is left out, aloud.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { parseAllDocuments } from 'yaml'
import { variantsOf } from '../all-variants.mjs'
import { load } from '../load.mjs'
import { conclude, hasProgram, runProgram, skip } from './tools.mjs'

const programs = { kubectl: hasProgram('kubectl'), helm: hasProgram('helm') }
if (!programs.kubectl && !programs.helm) skip('neither kubectl nor helm is on the PATH')
for (const [name, isThere] of Object.entries(programs))
  if (!isThere) console.log(`skipped: ${name} is not on the PATH`)

const names = process.argv.slice(2)
const { presets, scaffold } = await load()
const failures = []
let checked = 0

for (const preset of presets) {
  if (names.length > 0 && !names.includes(preset.name)) continue
  for (const { name, answers } of variantsOf(preset)) {
    const where = `${preset.name}/${name}`
    const plain = scaffold({ ...answers, output: 'single' })
    const wanted = objectsIn(plain.files[0].contents)
    const { namespace } = plain.answers
    if (programs.kubectl)
      compare(`${where} kustomize`, wanted, () =>
        kustomized(scaffold({ ...answers, output: 'kustomize' }), wanted, where),
      )
    if (programs.helm)
      compare(`${where} helm`, wanted, () =>
        rendered(scaffold({ ...answers, output: 'helm' }), namespace, where),
      )
  }
}
conclude(checked, failures)

function compare(where, wanted, make) {
  checked++
  const found = make()
  if (found === undefined) return
  const keys = new Set([...wanted.keys(), ...found.keys()])
  for (const key of keys) {
    if (isDeepStrictEqual(wanted.get(key), found.get(key))) continue
    failures.push(`${where}: ${key} differs: ${firstDifference(wanted.get(key), found.get(key))}`)
  }
}

function kustomized({ files }, wanted, where) {
  return inFolder(files, (folder) => {
    for (const overlay of ['overlays/staging', 'overlays/production']) {
      const { status, stderr } = runProgram('kubectl', ['kustomize', join(folder, overlay)])
      if (status !== 0) failures.push(`${where} ${overlay}: ${stderr.trim()}`)
    }
    const { status, stdout, stderr } = runProgram('kubectl', ['kustomize', join(folder, 'base')])
    if (status !== 0) return void failures.push(`${where} base: ${stderr.trim()}`)
    return objectsIn(withoutHashes(stdout, wanted))
  })
}

/** Names of generated ConfigMaps end in a hash of what they hold. */
function withoutHashes(text, wanted) {
  let plain = text
  for (const { kind, metadata } of objectsOf(text)) {
    const name = metadata.name.replace(/-[a-z0-9]{10}$/, '')
    if (kind === 'ConfigMap' && !wanted.has(`ConfigMap ${metadata.name}`) && wanted.has(`ConfigMap ${name}`))
      plain = plain.replaceAll(metadata.name, name)
  }
  return plain
}

function rendered({ files }, namespace, where) {
  return inFolder(files, (folder) => {
    const lint = runProgram('helm', ['lint', '--quiet', folder])
    if (lint.status !== 0) failures.push(`${where} helm lint: ${lint.stdout}${lint.stderr}`)
    const { status, stdout, stderr } = runProgram('helm', [
      'template',
      'release',
      folder,
      '--namespace',
      namespace,
      '--include-crds',
    ])
    if (status !== 0) return void failures.push(`${where} helm template: ${stderr.trim()}`)
    const before = files
      .filter(({ path }) => path.startsWith('prerequisites/'))
      .map(({ contents }) => contents)
    return objectsIn([stdout, ...before].join('\n---\n'))
  })
}

function inFolder(files, use) {
  const folder = mkdtempSync(join(tmpdir(), 'create-daemonset-'))
  try {
    for (const { path, contents } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), contents)
    }
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function objectsOf(text) {
  return parseAllDocuments(text, { version: '1.1' })
    .map((document) => document.toJS())
    .filter(Boolean)
}

/** Objects by kind and name, without what only one form has. */
function objectsIn(text) {
  return new Map(
    objectsOf(text).map((object) => [`${object.kind} ${object.metadata.name}`, normalised(object)]),
  )
}

function normalised(object) {
  const { template } = object.spec ?? {}
  // Of Kustomize's base only the DaemonSet says the version: an overlay may have another.
  if (object.kind === 'DaemonSet') delete template.metadata.labels['app.kubernetes.io/version']
  const annotations = template?.metadata?.annotations
  if (annotations) {
    delete annotations['checksum/config']
    if (Object.keys(annotations).length === 0) delete template.metadata.annotations
  }
  return withoutEmpty(object)
}

/** A list or map with nothing in it means the same as none. */
function withoutEmpty(value) {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, one]) => [key, withoutEmpty(one)])
  return Object.fromEntries(
    entries.filter(
      ([key, one]) =>
        key === 'emptyDir' || typeof one !== 'object' || one === null || Object.keys(one).length > 0,
    ),
  )
}

function firstDifference(a, b, path = '') {
  if (isDeepStrictEqual(a, b)) return undefined
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b)
    return `${path || 'it'}: ${short(a)} and ${short(b)}`
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = firstDifference(a[key], b[key], `${path}/${key}`)
    if (found) return found
  }
  return `${path}: order`
}

function short(value) {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 200)
}
