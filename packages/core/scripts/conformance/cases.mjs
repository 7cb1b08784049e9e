// Reads the cases of packages/core/conformance; the format is described in its README.md.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { asWritten, removeAt, setAt } from './edit.mjs'
import { expand } from './paths.mjs'

/** Where the cases are, with a separator at the end. */
export const folder = fileURLToPath(new URL('../../conformance/', import.meta.url))

const kinds = ['valid', 'invalid', 'warns']
/** What says of a case's manifest, and what of the answer. */
const manifestKeys = [
  'name',
  'set',
  'remove',
  'replace',
  'text',
  'encoding',
  'kubernetesVersion',
  'handler',
  'also',
]
const answerKeys = ['fields', 'marks', 'server', 'why']
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
  /** Does something; what is wrong with it is told with the place. */
  const at = (node, what, work) => {
    try {
      return work()
    } catch (error) {
      if (error instanceof Placed) throw error
      throw new Placed(`packages/core/conformance/${file}:${lineOf(node)}: ${what}${error.message}`)
    }
  }
  const [error] = document.errors
  at({ range: error?.pos }, '', () => {
    if (error) throw new Error(error.message.split('\n')[0])
  })
  const entries = at(document.contents, '', () =>
    itemsOf(document.contents, 'this must be a list of checks, each beginning with `- check:`'),
  )
  return entries.flatMap((entry) => {
    const check = at(entry, '', () => checkOf(entry))
    const about = at(entry, `${check}: `, () => aboutOf(entry))
    const names = new Set()
    return kinds.flatMap((kind) => {
      const list = entry.get(kind, true)
      const wanted = `\`${kind}\` must be a list of cases, each beginning with \`- name:\``
      const items = at(list, `${check}: `, () => (list === undefined ? [] : itemsOf(list, wanted)))
      return items.map((item) => {
        const name = at(item, `${check}: `, () => nameOf(item, kind, names))
        const given = at(item, `${check}, ${kind} "${name}": `, () => readCase(item, kind, base))
        return { file, line: lineOf(item), check, about, kind, name, ...given }
      })
    })
  })
}

/** An error that tells its place. */
class Placed extends Error {}

function itemsOf(node, message) {
  if (!isSeq(node)) throw new Error(message)
  return node.items
}

function checkOf(entry) {
  if (!isMap(entry)) throw new Error('this must be a map that begins with `check:`')
  const check = textOf(entry, 'check')
  if (!check) throw new Error('this entry has no `check`')
  return check
}

function aboutOf(entry) {
  onlyKnown(entry, ['check', 'about', ...kinds])
  const about = textOf(entry, 'about')
  if (!about) throw new Error('has no `about`, a sentence of what is checked')
  return about
}

function nameOf(item, kind, names) {
  const name = isMap(item) ? textOf(item, 'name') : undefined
  if (!name) throw new Error(`a case of \`${kind}\` has no \`name\``)
  if (names.has(name)) throw new Error(`two cases are named "${name}"`)
  names.add(name)
  return name
}

function readCase(item, kind, base) {
  onlyKnown(item, kind === 'valid' ? manifestKeys : [...manifestKeys, ...answerKeys])
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
  const handler = textOf(item, 'handler')
  if (handler !== undefined && handler !== 'true') throw new Error('`handler` can only be `true`')
  const encoding = textOf(item, 'encoding') ?? 'utf8'
  if (!encodings.includes(encoding)) throw new Error(`\`encoding\` must be one of ${encodings.join(', ')}`)
  const text = textOfCase(item, base)
  return {
    text,
    bytes: Buffer.from(text, encoding),
    also: listOf(item, 'also') ?? [],
    ...given({ fields, marks: textOf(item, 'marks'), kubernetesVersion, server, why }),
    ...(handler && { handler: true }),
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

function onlyKnown(map, names) {
  const stray = map.items.find(({ key }) => !names.includes(key.value))
  if (!stray) return
  const list = names.map((name) => `\`${name}\``).join(', ')
  throw new Error(`there is no \`${stray.key.value}\` here, only ${list}`)
}

const given = (record) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
