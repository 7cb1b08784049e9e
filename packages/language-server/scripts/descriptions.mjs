// Kubernetes' own descriptions of the fields of workloads, from the comments of `kubernetes-types`.
//   descriptions()             the structs that core's schema has, with their fields
//   writeDescriptions(file)    the same as JSON, read by the language server when the first hover or completion needs it
// Run as a program it writes the file that it is given, or dist/descriptions.json.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const structs = join(folder, '..', 'core', 'src', 'schema', 'structs.generated.ts')

/** A struct that several of them have is that of the first. */
const modules = ['apps', 'core', 'batch', 'meta']

/** @returns {Record<string, Record<string, string>>} by struct and field; a struct's own description is at '' */
export function descriptions() {
  const types = dirname(createRequire(join(folder, 'package.json')).resolve('kubernetes-types/package.json'))
  const wanted = new Set(
    [...readFileSync(structs, 'utf8').matchAll(/^([A-Z]\w*):/gm)].map(([, name]) => name),
  )
  const found = {}
  for (const module of modules) {
    const source = readFileSync(join(types, module, 'v1.d.ts'), 'utf8')
    for (const [, comment, name, body] of source.matchAll(
      /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?export interface (\w+) \{\n([\s\S]*?)\n\}/g,
    )) {
      if (!wanted.has(name) || found[name]) continue
      found[name] = { ...(comment && { '': textOf(comment) }), ...fieldsOf(body) }
    }
  }
  return found
}

/** @param {string} file absolute */
export function writeDescriptions(file) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(descriptions()))
}

function fieldsOf(body) {
  const fields = {}
  for (const [, comment, quoted, name] of body.matchAll(
    /^ {4}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {4}(?:readonly )?(?:"([^"]+)"|(\w+))\??:/gm,
  )) {
    fields[quoted ?? name] = textOf(comment)
  }
  return fields
}

/** Without the stars before each line; empty lines stay, for they end paragraphs. */
const textOf = (comment) =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
    .join('\n')
    .trim()

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeDescriptions(resolve(process.argv[2] ?? join(folder, 'dist', 'descriptions.json')))
}
