import {
  Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Keep, Manifest } from './types.ts'

/** Columns that comments are wrapped at. */
const width = 100

/** Lists that are short by nature, and read better in a line. */
const inLine = new Set([
  'verbs',
  'apiGroups',
  'resources',
  'resourceNames',
  'nonResourceURLs',
  'add',
  'drop',
  'values',
  'policyTypes',
  'accessModes',
  'command',
])

/**
 * Writes objects as one YAML text, as kubectl reads it: quoted wherever YAML 1.1 would take a text for something else.
 * @param manifests in the order in which they are to be applied
 */
export function writeManifests(manifests: readonly Manifest[]): string {
  return manifests.map(writeManifest).join('---\n')
}

/** Writes one object, with its comments. */
export function writeManifest({ object, header, comments = {}, keep = [] }: Manifest): string {
  return writeValue(object, { ...(header && { header }), comments, keep })
}

export interface Written {
  header?: string
  comments?: Record<string, string>
  keep?: Keep[]
}

/** Writes any value as YAML; paths of comments begin at it. */
export function writeValue(value: unknown, { header, comments = {}, keep = [] }: Written = {}): string {
  const doc = new Document(value, { version: '1.1', schema: 'yaml-1.1', aliasDuplicateObjects: false })
  style(doc.contents)
  for (const [path, text] of Object.entries(comments)) comment(doc, path, wrap(text, indentOf(path)))
  for (const { rule, path, reason } of keep)
    comment(doc, path, [`daemonlint-disable-next-line ${rule} -- ${reason}`])
  const text = doc.toString({
    lineWidth: 0,
    blockQuote: 'literal',
    flowCollectionPadding: false,
    singleQuote: true,
    directives: false,
  })
  const before = header
    ? `${wrap(header, 0)
        .map((line) => `# ${line}`.trimEnd())
        .join('\n')}\n`
    : ''
  // What may be in double quotes only is written as an escape there.
  return before + text.replace(unsafe, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function style(node: unknown, key = ''): void {
  if (isMap(node)) {
    for (const { key, value } of node.items) style(value, isScalar(key) ? String(key.value) : '')
  } else if (isSeq(node)) {
    if (inLine.has(key) && isShort(node)) node.flow = true
    for (const item of node.items) style(item)
  } else if (isScalar(node) && typeof node.value === 'string') {
    const type = styleOf(node.value)
    if (type) node.type = type
  }
}

/**
 * How a text is to be written where the library would choose a way that Kubernetes reads otherwise: go-yaml takes
 * further characters for line ends, octal numbers of YAML 1.2 too, and no tab where a block's indentation is told.
 */
function styleOf(text: string): Scalar.Type | undefined {
  if (text.search(unsafe) >= 0) return Scalar.QUOTE_DOUBLE
  if (text.includes('\n')) return /^\n*[ \t]|^\s*$/.test(text) ? Scalar.QUOTE_DOUBLE : Scalar.BLOCK_LITERAL
  return octal.test(text) ? Scalar.QUOTE_SINGLE : undefined
}

/** Control characters, and what go-yaml takes for the end of a line. */
const unsafe = /(?![\t\n])\p{Cc}|[\u2028\u2029\ufeff\ufffe\uffff]/gu

const octal = /^[-+]?0o?[0-7_]+$/

function isShort({ items }: YAMLSeq): boolean {
  const values = items.map((item) => (isScalar(item) ? item.value : undefined))
  return (
    values.every((value) => typeof value === 'string' || typeof value === 'number') &&
    values.join(', ').length < 70
  )
}

/** Puts lines before a field or an item; with what stands there already above them. */
function comment(doc: Document, path: string, lines: string[]): void {
  const target = find(doc, path)
  if (!target) throw new Error(`There is no ${path} to comment on.`)
  const text = lines.map((line) => ` ${line}`).join('\n')
  target.commentBefore = target.commentBefore ? `${target.commentBefore}\n${text}` : text
}

/** The node that a comment before a field belongs to: its key, or the item whose first field it is. */
function find(doc: Document, path: string): Node | undefined {
  let holder: Node | Pair | undefined = doc.contents ?? undefined
  let item: Node | undefined
  for (const step of stepsOf(path)) {
    const value: unknown = isPair(holder) ? holder.value : holder
    if (isMap(value)) {
      const index = (value as YAMLMap).items.findIndex(
        ({ key }) => isScalar(key) && String(key.value) === step,
      )
      if (index < 0) return undefined
      const pair = (value as YAMLMap).items[index] as Pair
      // Before the first field of an item, a comment stands before its hyphen.
      item = index === 0 && !isPair(holder) && holder !== doc.contents ? value : (pair.key as Node)
      holder = pair
    } else if (isSeq(value)) {
      const found: unknown = value.items.find((one, index) => nameOf(one) === step || String(index) === step)
      if (!found) return undefined
      item = found as Node
      holder = found as Node
    } else return undefined
  }
  return item
}

function nameOf(item: unknown): string | undefined {
  if (isScalar(item)) return String(item.value)
  if (!isCollection(item)) return undefined
  const name = item.get('name') ?? item.get('mountPath') ?? item.get('key')
  return name === undefined ? undefined : String(name)
}

/** `spec.containers[agent].args` in its steps; `["a.b"]` for a key with dots. */
export function stepsOf(path: string): string[] {
  return [...path.matchAll(/\["([^"]+)"\]|\[([^\]]+)\]|([^.[\]]+)/g)].map(
    ([, quoted, bracketed, plain]) => quoted ?? bracketed ?? plain!,
  )
}

function indentOf(path: string): number {
  return 2 * (path.split('.').length - 1) + 2 * (path.split('[').length - 1)
}

/** Breaks sentences into lines; a text of several lines begins anew at each. */
function wrap(text: string, indent: number): string[] {
  const room = Math.max(50, width - indent)
  return text.split('\n').flatMap((line) => {
    // A command stays in one piece, to be copied.
    if (/^kubectl | --answers /.test(line)) return [line]
    const lines: string[] = []
    let current = ''
    for (const word of line.split(' ')) {
      if (current !== '' && current.length + word.length + 1 > room) {
        lines.push(current)
        current = word
      } else current = current === '' ? word : `${current} ${word}`
    }
    return [...lines, current]
  })
}
