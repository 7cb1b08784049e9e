// Reads the cases of packages/core/conformance; the format is described in its README.md.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { asWritten, removeAt, setAt } from './edit.mjs'
import { expand } from './paths.mjs'

/** Where the cases are, with a separator at the end. */
export const folder = fileURLToPath(new URL('../../conformance/', import.meta.url))

const kinds = ['valid', 'invalid', 'warns']
const known = {
  valid: ['name', 'set', 'remove', 'replace', 'text', 'encoding', 'kubernetesVersion', 'also'],
  invalid: [
    'name',
    'set',
    'remove',
    'replace',
    'text',
    'encoding',
    'kubernetesVersion',
    'also',
    'fields',
    'marks',
    'server',
    'why',
  ],
}
known.warns = known.invalid
const encodings = ['utf8', 'latin1', 'utf16le']

/** The names of the files, `ports.yaml`. */
export const caseFiles = () =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml') && file !== 'base.yaml')
    .sort()

/** The DaemonSet that cases change. */
export const loadBase = () => readFileSync(`${folder}base.yaml`, 'utf8')

/**
 * The cases of one file.
 * @throws Error for a file that is not in the format, naming file, line, check and case
 */
export const loadFile = (file) => readCases(readFileSync(folder + file, 'utf8'), file, loadBase())

/** All cases, in the order of files and of what they hold. */
export const loadCases = () => caseFiles().flatMap(loadFile)

/**
 * The cases of the text of a file.
 * @param {string} text
 * @param {string} file its name, for errors
 * @param {string} base the DaemonSet that cases change
 * @returns {import('./cases.d.mts').ConformanceCase[]}
 */
export function readCases(text, file, base) {
  const lines = new LineCounter()
  // All scalars are text here: a case's values are written as they are written, for the reader to make of them what
  // the API server's would.
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines })
  const lineOf = (node) => lines.linePos(node?.range?.[0] ?? 0).line
  const fail = (node, message) => {
    throw new Error(`packages/core/conformance/${file}:${lineOf(node)}: ${message}`)
  }
  const [error] = document.errors
  if (error) fail({ range: error.pos }, error.message.split('\n')[0])
  if (!isSeq(document.contents))
    fail(document.contents, 'this must be a list of checks, each beginning with `- check:`')
  return document.contents.items.flatMap((entry) => {
    if (!isMap(entry)) fail(entry, 'this must be a map that begins with `check:`')
    const check = textOf(entry, 'check')
    if (!check) fail(entry, 'this entry has no `check`')
    onlyKnown(entry, ['check', 'about', ...kinds], (message) => fail(entry, `${check}: ${message}`))
    const about = textOf(entry, 'about')
    if (!about) fail(entry, `${check}: has no \`about\`, a sentence of what is checked`)
    const names = new Set()
    return kinds.flatMap((kind) => {
      const list = entry.get(kind, true)
      if (list === undefined) return []
      if (!isSeq(list))
        fail(list, `${check}: \`${kind}\` must be a list of cases, each beginning with \`- name:\``)
      return list.items.map((item) => {
        const name = isMap(item) ? textOf(item, 'name') : undefined
        if (!name) fail(item, `${check}: a case of \`${kind}\` has no \`name\``)
        if (names.has(name)) fail(item, `${check}: two cases are named "${name}"`)
        names.add(name)
        try {
          return { file, line: lineOf(item), check, about, kind, name, ...readCase(item, kind, base) }
        } catch (error) {
          return fail(item, `${check}, ${kind} "${name}": ${error.message}`)
        }
      })
    })
  })
}

function readCase(item, kind, base) {
  onlyKnown(item, known[kind], (message) => {
    throw new Error(message)
  })
  const fields = listOf(item, 'fields')?.map(expand)
  const server = textOf(item, 'server')
  if (server !== undefined && server !== 'accept') throw new Error('`server` can only be `accept`')
  const why = textOf(item, 'why')
  if ((server === undefined) !== (why === undefined))
    throw new Error('`server: accept` and `why` go together')
  const kubernetesVersion = textOf(item, 'kubernetesVersion')
  if (kubernetesVersion !== undefined && !/^\d+\.\d+$/.test(kubernetesVersion)) {
    throw new Error('`kubernetesVersion` must be written as `1.29`')
  }
  const encoding = textOf(item, 'encoding') ?? 'utf8'
  if (!encodings.includes(encoding)) throw new Error(`\`encoding\` must be one of ${encodings.join(', ')}`)
  const text = textOfCase(item, base)
  return {
    text,
    bytes: Buffer.from(text, encoding),
    also: listOf(item, 'also') ?? [],
    ...given({ fields, marks: textOf(item, 'marks'), kubernetesVersion, server, why }),
  }
}

/** The manifest: a whole document, or the base with what the case sets, removes and replaces. */
function textOfCase(item, base) {
  const set = mapOf(item, 'set')
  const replace = mapOf(item, 'replace')
  const remove = listOf(item, 'remove')
  if (item.has('text')) {
    if (set || replace || remove) {
      throw new Error('`text` is a whole document: it goes without `set`, `remove` and `replace`')
    }
    return textOf(item, 'text')
  }
  const document = parseDocument(base.replace(/^#.*\n/gm, ''), { schema: 'failsafe' })
  for (const path of remove ?? []) removeAt(document, path)
  for (const { key, value } of set?.items ?? []) setAt(document, key.value, asWritten(value))
  let text = document.toString({ lineWidth: 0, flowCollectionPadding: false })
  for (const { key } of replace?.items ?? []) {
    if (!text.includes(key.value)) throw new Error(`there is no \`${key.value}\` to replace`)
    text = text.replace(key.value, () => textOf(replace, key.value))
  }
  return text
}

function mapOf(map, key) {
  const node = map.get(key, true)
  if (node !== undefined && !isMap(node)) throw new Error(`\`${key}\` must be a map`)
  return node
}

function textOf(map, key) {
  const node = map.get(key, true)
  if (node === undefined) return undefined
  if (!isScalar(node) || typeof node.value !== 'string') throw new Error(`\`${key}\` must be text`)
  return node.value
}

function listOf(map, key) {
  const node = map.get(key, true)
  if (node === undefined) return undefined
  if (!isSeq(node) || !node.items.every((item) => isScalar(item)))
    throw new Error(`\`${key}\` must be a list of texts`)
  return node.items.map(({ value }) => value)
}

function onlyKnown(map, names, fail) {
  for (const { key } of map.items) {
    if (!names.includes(key.value))
      fail(`there is no \`${key.value}\` here, only ${names.map((name) => `\`${name}\``).join(', ')}`)
  }
}

const given = (record) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
