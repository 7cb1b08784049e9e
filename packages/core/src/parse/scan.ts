import type { Chunk } from './split.ts'

/**
 * What a look at the lines of a document tells, without parsing it. It over-approximates: whatever is unclear is ''
 * or among the candidates.
 */
export interface ScannedDocument extends Chunk {
  /** As written; '' when the scan cannot tell. */
  kind: string
  apiVersion: string
  /**
   * Every kind that a resource in the document may have: one for a plain document, those of the items for a List, ''
   * among them when the scan cannot tell, none when there is surely no resource.
   */
  candidates: string[]
}

const entry = /(?:"([^"\\\n]*)"|'([^'\n]*)'|([A-Za-z_$][^\s:]*))[ \t]*:(?:[ \t]+([^\r\n]*)|(?=[\r\n]|$))/y
const beforeOuterLine = /\n(?=[^ \r\n])/g
const simpleValue = /^(?:"([^"\\]*)"|'([^']*)'|([A-Za-z0-9][^\s"'#{}[\],&*!|>%@`]*))[ \t]*(?:#.*)?$/

function plainValue(text: string | undefined): string {
  const match = simpleValue.exec(text?.trim() ?? '')
  const plain = match?.[3] ?? ''
  return match?.[1] ?? match?.[2] ?? (/^(?:null|Null|NULL)$/.test(plain) ? '' : plain)
}

/** Kinds written anywhere in a stretch of text, block or flow style; '' among them where a value is unclear. */
function kindsIn(text: string): string[] {
  const kinds = new Set<string>()
  for (const match of text.matchAll(/(?<![\w-])[kK]ind["']?\s*:(?=([^\n]*(?:\r?\n[^\n]*)?))/g)) {
    const value = /^\s*["']?([A-Za-z][A-Za-z0-9]*)["']?[ \t]*(?:[,}\]#\r\n]|$)/.exec(match[1]!)
    kinds.add(value ? value[1]! : '')
  }
  if (kinds.size === 0 && text.includes('kind')) kinds.add('')
  return [...kinds]
}

/** Items of a `DaemonSetList` need not tell their kind. */
const itemKind = (kind: string) => (/.List$/.test(kind) ? [kind.slice(0, -'List'.length)] : [])

/** Scans one document. */
export function scanDocument(text: string, chunk: Chunk): ScannedDocument {
  const { index, start, end, badSeparator } = chunk
  const found: ScannedDocument = {
    index,
    start,
    end,
    kind: '',
    apiVersion: '',
    candidates: [],
  }
  if (badSeparator) found.badSeparator = badSeparator
  const kinds = new Set<string>()
  let base = -1
  let doubtful = false
  let flow = false
  for (let lineStart = start; lineStart < end; ) {
    const feed = text.indexOf('\n', lineStart)
    const lineEnd = feed < 0 || feed > end ? end : feed
    if (base === 0 && text.charCodeAt(lineStart) === 0x20) {
      // Most lines stand deeper than what is looked for.
      beforeOuterLine.lastIndex = lineEnd
      if (!beforeOuterLine.test(text)) break
      lineStart = beforeOuterLine.lastIndex
      continue
    }
    let at = lineStart
    while (text.charCodeAt(at) === 0x20) at++
    const indent = at - lineStart
    const first = at < lineEnd ? text[at]! : '\n'
    const next = lineEnd + 1
    if (first === '\n' || first === '\r' || first === '#' || first === '\ufeff') {
      if (first === '\ufeff') doubtful = true
    } else if (base < 0 && indent === 0 && text.startsWith('---', at)) {
      // the separator that this document begins with
    } else if (base < 0 && /^\{(?![{%])|^\[/.test(text.slice(at, at + 2))) {
      flow = true
      break
    } else if (base < 0 && first === '-' && /\s/.test(text[at + 1] ?? ' ')) {
      break
    } else if (base < 0 || indent === base) {
      entry.lastIndex = at
      const match = entry.exec(text)
      const key = match && (match[1] ?? match[2] ?? match[3]!)
      if (key === null) {
        doubtful ||= first !== '-'
        if (first !== '{' && first !== '<') base = base < 0 ? indent : base
        if (text.startsWith('<<', at)) {
          base = base < 0 ? indent : base
        }
      } else {
        base = base < 0 ? indent : base
        if (key === 'kind') kinds.add(plainValue(match![4]))
        else if (key.toLowerCase() === 'kind') doubtful = true
        else if (key === 'apiVersion') found.apiVersion = plainValue(match![4])
      }
    } else if (indent < base) {
      doubtful = true
    }
    lineStart = next
  }
  const body = () => text.slice(start, end)
  if (flow) {
    const written = kindsIn(body())
    found.candidates = [...new Set([...written, ...written.flatMap(itemKind)])]
  } else if (kinds.size > 0) {
    found.kind = kinds.size === 1 && !doubtful ? [...kinds][0]! : ''
    found.candidates = found.kind === '' ? [...new Set([...kinds, ''])] : [found.kind]
    for (const kind of kinds) {
      if (!kind.endsWith('List')) continue
      found.candidates = [...new Set([...found.candidates, ...itemKind(kind), ...kindsIn(body())])]
    }
  } else if (doubtful || /\r(?!\n)/.test(body())) found.candidates = kindsIn(body())
  // A workload that lost its kind: the API server's layer says so.
  else if (/^(?:apps|extensions)\//.test(found.apiVersion)) found.candidates = ['']
  return found
}
