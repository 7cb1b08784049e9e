/**
 * The outline of one YAML document: which keys and values stand where. Unlike the tree it is made of any text, also one
 * that is broken at the moment of typing, from the indentation of its lines; what fits nowhere is left out. Nothing is
 * judged by it.
 */

export type OutlineNode = OutlineMap | OutlineList | OutlineScalar

export interface OutlineMap {
  type: 'map'
  /** `{ }` rather than lines. */
  flow: boolean
  /** Column of its keys, counted from 0; of a flow map, that of the key or item that it belongs to. */
  indent: number
  entries: OutlineEntry[]
  start: number
  end: number
}

export interface OutlineList {
  type: 'list'
  flow: boolean
  /** Column of its dashes; of a flow list, that of the key or item that it belongs to. */
  indent: number
  items: OutlineItem[]
  start: number
  end: number
}

export interface OutlineScalar {
  type: 'scalar'
  style: 'plain' | 'single' | 'double' | 'block' | 'alias' | 'template'
  /** Without quotes and escapes; the text as it is for a block scalar. */
  value: string
  /** From its first to after its last character, quotes included. */
  start: number
  end: number
  /** It stands first on its line: what is typed there may become a key. */
  ownLine: boolean
}

export interface OutlineEntry {
  /** Without quotes. */
  key: string
  keyStart: number
  keyEnd: number
  /** Offset of the colon; undefined for a key that is half written. */
  colon: number | undefined
  value: OutlineNode | undefined
}

export interface OutlineItem {
  /** Offset of its dash; of an item of a flow list, of its first character. */
  start: number
  value: OutlineNode | undefined
}

export interface Outline {
  root: OutlineNode | undefined
  /** From `#` to the end of the line. */
  comments: { start: number; end: number }[]
}

/**
 * Reads the outline of a document.
 * @param text the whole file
 * @param start offset of the document's first character
 * @param end offset after its last one
 */
export function outlineOf(text: string, start = 0, end: number = text.length): Outline {
  return new Reader(text, start, end).read()
}

/** Nothing that a person writes is deeper, and what reads it calls itself. */
const deepest = 200

interface Frame {
  node: OutlineMap | OutlineList
  indent: number
}

class Reader {
  private readonly frames: Frame[] = []
  private readonly comments: { start: number; end: number }[] = []
  private root: OutlineNode | undefined

  private readonly text: string
  private at: number
  private readonly end: number

  constructor(text: string, start: number, end: number) {
    this.text = text
    this.at = start
    this.end = end
  }

  read(): Outline {
    while (this.at < this.end) this.line()
    if (this.root) close(this.root)
    return { root: this.root, comments: this.comments }
  }

  /** Reads what begins on the line at `at`, and goes to the next line that is not part of it. */
  private line(): void {
    const { text } = this
    const start = this.at
    const eol = this.endOfLine(start)
    let at = this.skipSpace(start, eol)
    const next = Math.min(eol + 1, this.end)
    this.at = next
    if (at >= eol || isMarker(text, start)) return
    if (text[at] === '#') {
      this.comments.push({ start: at, end: trimmed(text, at, eol) })
      return
    }
    if (isControl(text, at)) {
      // What a template language does, not what it writes: it may span lines.
      const close = text.indexOf(text.startsWith('{%', at) ? '%}' : '}}', at)
      if (close >= eol && close < this.end) this.at = Math.min(this.endOfLine(close) + 1, this.end)
      return
    }
    while (text[at] === '-' && isBreak(text[at + 1], at + 1 >= eol)) {
      if (this.frames.length > deepest) return
      this.openItem(at - start, at)
      at = this.skipSpace(at + 1, eol)
    }
    if (at >= eol) return
    if (text[at] === '#') {
      this.comments.push({ start: at, end: trimmed(text, at, eol) })
      return
    }
    this.content(at, at - start, eol)
  }

  /** Reads a key with its value, or a value that stands on a line of its own or after a dash. */
  private content(at: number, column: number, eol: number): void {
    const found = keyAt(this.text, at, eol)
    if (!found) {
      this.lone(at, column, eol)
      return
    }
    const map = this.openMap(column, at)
    const entry: OutlineEntry = { ...found, value: undefined }
    map.entries.push(entry)
    map.end = entry.colon! + 1
    entry.value = this.value(entry.colon! + 1, eol, column)
  }

  /** A scalar or a flow collection without a key before it on its line. */
  private lone(at: number, column: number, eol: number): void {
    this.popDeeper(column)
    this.promote(column)
    const top = this.frames.at(-1)
    if (top?.indent === column && top.node.type === 'list') this.frames.pop()
    const frame = this.frames.at(-1)
    if (frame?.indent === column && frame.node.type === 'map') {
      const end = wordEnd(this.text, at, eol)
      // A key that is half written.
      const key = unquoted(this.text.slice(at, end))
      frame.node.entries.push({ key, keyStart: at, keyEnd: end, colon: undefined, value: undefined })
      frame.node.end = end
      return
    }
    // Text that goes on, or what fits nowhere.
    if (frame ? slotOf(frame.node) : this.root) return
    const value = this.value(at, eol, frame ? frame.indent : -1, true)
    if (!value) return
    if (frame) fill(frame.node, value)
    else this.root = value
  }

  /** What stands after a colon or a dash, to the end of the line or over several. */
  private value(from: number, eol: number, indent: number, ownLine = false): OutlineNode | undefined {
    const { text } = this
    let at = this.skipSpace(from, eol)
    // Anchors and tags say nothing of the shape.
    for (let match = property(text, at, eol); match > at; match = property(text, at, eol)) {
      at = this.skipSpace(match, eol)
    }
    if (at >= eol) return undefined
    const first = text[at]!
    if (first === '#') {
      this.comments.push({ start: at, end: trimmed(text, at, eol) })
      return undefined
    }
    if (text.startsWith('{{', at) || text.startsWith('{%', at)) {
      const close = text.indexOf(first === '{' && text[at + 1] === '%' ? '%}' : '}}', at)
      const end = trimmed(
        text,
        at,
        close < 0 || close < eol || close >= this.end ? eol : this.endOfLine(close),
      )
      this.at = Math.max(this.at, Math.min(this.endOfLine(end) + 1, this.end))
      return { type: 'scalar', style: 'template', value: text.slice(at, end), start: at, end, ownLine }
    }
    if (first === '{' || first === '[') {
      const limit = this.limitOf(at, indent)
      const flow = new FlowReader(text, at, limit, indent, this.comments)
      const node = flow.node()
      // One that nobody closed ends before a line that is none of its own.
      this.at = flow.at === limit ? limit : Math.min(this.endOfLine(flow.at) + 1, this.end)
      this.comment(flow.at, this.endOfLine(flow.at))
      return node
    }
    if ((first === '|' || first === '>') && /^[|>][-+0-9]{0,2}[ \t]*(?:#.*)?\r?$/.test(text.slice(at, eol))) {
      return this.block(at, eol, indent, ownLine)
    }
    if (first === '"' || first === "'") {
      const end = quoteEnd(text, at, this.limitOf(at, indent)) ?? eol
      this.at = Math.min(this.endOfLine(end) + 1, this.end)
      this.comment(end, this.endOfLine(end))
      const style = first === '"' ? 'double' : 'single'
      const stop = end === eol ? trimmed(text, at, eol) : end
      return { type: 'scalar', style, value: unquoted(text.slice(at, stop)), start: at, end: stop, ownLine }
    }
    const hash = text.slice(at, eol).search(/[ \t]#/)
    const stop = trimmed(text, at, hash < 0 ? eol : at + hash)
    if (hash >= 0) this.comment(stop, eol)
    const style = first === '*' ? 'alias' : 'plain'
    return { type: 'scalar', style, value: text.slice(at, stop), start: at, end: stop, ownLine }
  }

  private block(at: number, eol: number, indent: number, ownLine: boolean): OutlineScalar {
    const { text } = this
    this.comment(at + 1, eol)
    let end = eol
    let line = Math.min(eol + 1, this.end)
    while (line < this.end) {
      const stop = this.endOfLine(line)
      const first = this.skipSpace(line, stop)
      if (first < stop && first - line <= indent) break
      // An empty line belongs to it as far as it is indented deeper.
      if (first < stop || first - line > indent) end = stop
      line = stop + 1
    }
    this.at = Math.min(Math.max(end + 1, eol + 1), this.end)
    return { type: 'scalar', style: 'block', value: text.slice(at, end), start: at, end, ownLine }
  }

  private comment(from: number, eol: number): void {
    const at = this.skipSpace(from, eol)
    if (this.text[at] === '#' && at < eol) {
      this.comments.push({ start: at, end: trimmed(this.text, at, eol) })
    }
  }

  private openItem(column: number, at: number): void {
    this.popDeeper(column)
    this.promote(column)
    const top = this.frames.at(-1)
    const item: OutlineItem = { start: at, value: undefined }
    if (top?.indent === column && top.node.type === 'list') {
      top.node.items.push(item)
      return
    }
    const list: OutlineList = {
      type: 'list',
      flow: false,
      indent: column,
      items: [item],
      start: at,
      end: at + 1,
    }
    this.attach(list, column)
  }

  private openMap(column: number, at: number): OutlineMap {
    this.popDeeper(column)
    this.promote(column)
    if (this.frames.at(-1)?.indent === column && this.frames.at(-1)!.node.type === 'list') this.frames.pop()
    const top = this.frames.at(-1)
    if (top?.indent === column && top.node.type === 'map') return top.node
    const map: OutlineMap = { type: 'map', flow: false, indent: column, entries: [], start: at, end: at }
    const slot = top ? slotOf(top.node) : this.root
    if (slot?.type === 'map' && !slot.flow) {
      // Not as deep as the keys before it: to whom it belongs is plain all the same.
      this.frames.push({ node: slot, indent: column })
      return slot
    }
    this.attach(map, column)
    return map
  }

  /** What was read as a value on a line of its own is a key that is half written, if what follows is as deep. */
  private promote(column: number): void {
    const top = this.frames.at(-1)
    const slot = top ? slotOf(top.node) : this.root
    // Words with spaces between them are text that goes on.
    if (slot?.type !== 'scalar' || !slot.ownLine || /\s/.test(slot.value)) return
    const indent = slot.start - (this.text.lastIndexOf('\n', slot.start - 1) + 1)
    if (indent > column) return
    const { start, end } = slot
    const entry = { key: slot.value, keyStart: start, keyEnd: end, colon: undefined, value: undefined }
    this.attach({ type: 'map', flow: false, indent, entries: [entry], start, end }, indent)
  }

  /** Makes a collection the value of what is open, in place of a scalar that stood there. */
  private attach(node: OutlineMap | OutlineList, column: number): void {
    const top = this.frames.at(-1)
    if (top) fill(top.node, node)
    else this.root = node
    this.frames.push({ node, indent: column })
  }

  private popDeeper(column: number): void {
    while (this.frames.length > 0 && this.frames.at(-1)!.indent > column) this.frames.pop()
  }

  /** Where a flow collection or a quoted text must end at the latest: before a line that is no part of it. */
  private limitOf(at: number, indent: number): number {
    const { text } = this
    for (let line = this.endOfLine(at) + 1; line < this.end; line = this.endOfLine(line) + 1) {
      const eol = this.endOfLine(line)
      const first = this.skipSpace(line, eol)
      if (first < eol && first - line <= indent && !/[\]}"'#,]/.test(text[first]!)) return line
    }
    return this.end
  }

  private endOfLine(at: number): number {
    const feed = this.text.indexOf('\n', at)
    return feed < 0 || feed > this.end ? this.end : feed
  }

  private skipSpace(at: number, eol: number): number {
    let next = at
    while (next < eol && (this.text[next] === ' ' || this.text[next] === '\t' || this.text[next] === '\r'))
      next++
    return next
  }
}

/** Reads `{ }` and `[ ]`, closed or not. */
class FlowReader {
  /** How far it has read. */
  at: number
  private depth = 0
  private readonly text: string
  private readonly end: number
  private readonly indent: number
  private readonly comments: { start: number; end: number }[]

  constructor(
    text: string,
    start: number,
    end: number,
    indent: number,
    comments: { start: number; end: number }[],
  ) {
    this.text = text
    this.at = start
    this.end = end
    this.indent = indent
    this.comments = comments
  }

  node(): OutlineNode | undefined {
    this.skip()
    const first = this.text[this.at]
    if (this.at >= this.end || first === undefined) return undefined
    const isMap = first === '{' && !this.text.startsWith('{{', this.at)
    if (!isMap && first !== '[') return this.scalar()
    if (this.depth >= deepest) {
      this.at = this.end
      return undefined
    }
    this.depth++
    const node = isMap ? this.map() : this.list()
    this.depth--
    return node
  }

  private map(): OutlineMap {
    const start = this.at++
    const entries: OutlineEntry[] = []
    for (;;) {
      this.skip()
      const char = this.text[this.at]
      if (this.at >= this.end || char === '}') break
      if (char === ',' || char === ':' || char === ']') {
        this.at++
        continue
      }
      const entry = this.entry()
      if (!entry) break
      entries.push(entry)
    }
    if (this.at < this.end) this.at++
    return { type: 'map', flow: true, indent: this.indent, entries, start, end: this.at }
  }

  private entry(): OutlineEntry | undefined {
    const key = this.node()
    if (!key) return undefined
    const entry: OutlineEntry = {
      key: key.type === 'scalar' ? key.value : '',
      keyStart: key.start,
      keyEnd: key.end,
      colon: undefined,
      value: undefined,
    }
    this.skip()
    if (this.text[this.at] !== ':' || this.at >= this.end) return entry
    entry.colon = this.at++
    this.skip()
    const char = this.text[this.at]
    if (this.at < this.end && char !== ',' && char !== '}' && char !== ']') entry.value = this.node()
    return entry
  }

  private list(): OutlineList {
    const start = this.at++
    const items: OutlineItem[] = []
    for (;;) {
      this.skip()
      const char = this.text[this.at]
      if (this.at >= this.end || char === ']') break
      if (char === ',' || char === '}') {
        this.at++
        continue
      }
      const from = this.at
      let value = this.node()
      this.skip()
      if (value?.type === 'scalar' && this.text[this.at] === ':' && this.at < this.end) {
        // `[a: b]` is a map of one entry.
        this.at = from
        const entry = this.entry()
        if (entry) {
          const end = this.at
          value = { type: 'map', flow: true, indent: this.indent, entries: [entry], start: from, end }
        }
      }
      items.push({ start: from, value })
      if (this.at === from) this.at++
    }
    if (this.at < this.end) this.at++
    return { type: 'list', flow: true, indent: this.indent, items, start, end: this.at }
  }

  private scalar(): OutlineScalar {
    const { text } = this
    const start = this.at
    const first = text[start]
    if (first === '"' || first === "'") {
      const end = quoteEnd(text, start, this.end)
      this.at = end ?? Math.min(lineEnd(text, start), this.end)
      const stop = end ?? trimmed(text, start, this.at)
      const style = first === '"' ? 'double' : 'single'
      return {
        type: 'scalar',
        style,
        value: unquoted(text.slice(start, stop)),
        start,
        end: stop,
        ownLine: false,
      }
    }
    const template = text.startsWith('{{', start)
    let at = start
    for (; at < this.end; at++) {
      if (text.startsWith('{{', at)) {
        const close = text.indexOf('}}', at)
        if (close < 0 || close >= this.end) break
        at = close + 1
        continue
      }
      const char = text[at]!
      if (',[]{}\n'.includes(char)) break
      if (char === ':' && (at + 1 >= this.end || /[\s,[\]{}]/.test(text[at + 1]!))) break
      if (char === '#' && /\s/.test(text[at - 1] ?? '')) break
    }
    this.at = at
    const end = trimmed(text, start, at)
    const style = template ? 'template' : first === '*' ? 'alias' : 'plain'
    return { type: 'scalar', style, value: text.slice(start, end), start, end, ownLine: false }
  }

  private skip(): void {
    const { text } = this
    for (;;) {
      while (this.at < this.end && /\s/.test(text[this.at]!)) this.at++
      if (text[this.at] !== '#' || this.at >= this.end) return
      const end = Math.min(lineEnd(text, this.at), this.end)
      this.comments.push({ start: this.at, end: trimmed(text, this.at, end) })
      this.at = end
    }
  }
}

/** The key that begins at an offset, with its colon; undefined where there is none on the line. */
function keyAt(
  text: string,
  at: number,
  eol: number,
): { key: string; keyStart: number; keyEnd: number; colon: number } | undefined {
  let start = at
  for (let match = property(text, start, eol); match > start; match = property(text, start, eol)) {
    start = match
    while (start < eol && (text[start] === ' ' || text[start] === '\t')) start++
  }
  const first = text[start]
  if (first === '"' || first === "'") {
    const end = quoteEnd(text, start, eol)
    if (end === undefined) return undefined
    let colon = end
    while (text[colon] === ' ' || text[colon] === '\t') colon++
    if (text[colon] !== ':' || !isBreak(text[colon + 1], colon + 1 >= eol)) return undefined
    return { key: unquoted(text.slice(start, end)), keyStart: start, keyEnd: end, colon }
  }
  if (first === '{' || first === '[' || first === '|' || first === '>' || first === '#') {
    if (!text.startsWith('{{', start)) return undefined
  }
  for (let index = start; index < eol; index++) {
    if (text.startsWith('{{', index)) {
      const close = text.indexOf('}}', index)
      if (close < 0 || close >= eol) return undefined
      index = close + 1
      continue
    }
    const char = text[index]
    if (char === '#' && index > start && /\s/.test(text[index - 1]!)) return undefined
    if (char !== ':' || !isBreak(text[index + 1], index + 1 >= eol)) continue
    const end = trimmed(text, start, index)
    return { key: text.slice(start, end), keyStart: start, keyEnd: end, colon: index }
  }
  return undefined
}

/** The offset after an anchor or a tag that stands at an offset, or the offset itself. */
function property(text: string, at: number, eol: number): number {
  if (text[at] !== '&' && text[at] !== '!') return at
  let end = at + 1
  while (end < eol && !/\s/.test(text[end]!)) end++
  return end
}

/** The offset after a quoted text; undefined where it is not closed before a limit. */
function quoteEnd(text: string, at: number, limit: number): number | undefined {
  const quote = text[at]
  for (let index = at + 1; index < limit; index++) {
    if (text[index] === '\\' && quote === '"') index++
    else if (text[index] === quote) {
      if (quote === "'" && text[index + 1] === "'") index++
      else return index + 1
    }
  }
  return undefined
}

function unquoted(text: string): string {
  const first = text[0]
  if (first !== '"' && first !== "'") return text
  const inner = text.slice(1, text.length > 1 && text.at(-1) === first ? -1 : undefined)
  return first === "'" ? inner.replaceAll("''", "'") : inner.replace(/\\(["\\/])/g, '$1')
}

/** What takes a value next: the last entry or item. */
function slotOf(node: OutlineMap | OutlineList): OutlineNode | undefined {
  return node.type === 'map' ? node.entries.at(-1)?.value : node.items.at(-1)?.value
}

function fill(node: OutlineMap | OutlineList, value: OutlineNode): void {
  const slot = node.type === 'map' ? node.entries.at(-1) : node.items.at(-1)
  if (slot) slot.value = value
}

/** Sets the ends of collections, which are those of what is in them. */
function close(node: OutlineNode): void {
  if (node.type === 'scalar' || node.flow) return
  const values =
    node.type === 'map' ? node.entries.map(({ value }) => value) : node.items.map(({ value }) => value)
  for (const value of values) if (value) close(value)
  node.end = endOf(node)
}

function endOf(node: OutlineMap | OutlineList): number {
  if (node.flow) return node.end
  if (node.type === 'list') {
    const last = node.items.at(-1)
    return last?.value?.end ?? (last ? last.start + 1 : node.end)
  }
  const last = node.entries.at(-1)
  return last?.value?.end ?? (last ? (last.colon === undefined ? last.keyEnd : last.colon + 1) : node.end)
}

const isBreak = (char: string | undefined, atEnd: boolean): boolean =>
  atEnd || char === undefined || char === ' ' || char === '\t' || char === '\r' || char === '\n'

/** `---`, `...` and `%YAML`. */
const isMarker = (text: string, at: number): boolean =>
  text.startsWith('---', at) || text.startsWith('...', at) || text[at] === '%'

/** A line that a template language takes away: `{{- if … }}`, `{% for … %}`, but not `{{ .Values.name }}: x`. */
function isControl(text: string, at: number): boolean {
  if (text.startsWith('{%', at)) return true
  if (!text.startsWith('{{', at)) return false
  const close = text.indexOf('}}', at)
  return close < 0 || !/^\s*(?:\S*\s*)?:(?:\s|$)/.test(text.slice(close + 2, lineEnd(text, close)))
}

function lineEnd(text: string, at: number): number {
  const feed = text.indexOf('\n', at)
  return feed < 0 ? text.length : feed
}

function trimmed(text: string, start: number, end: number): number {
  let at = end
  while (at > start && /\s/.test(text[at - 1]!)) at--
  return at
}

/** The end of what is typed as a key: all of the line but a comment. */
function wordEnd(text: string, at: number, eol: number): number {
  const hash = text.slice(at, eol).search(/[ \t]#/)
  return trimmed(text, at, hash < 0 ? eol : at + hash)
}
