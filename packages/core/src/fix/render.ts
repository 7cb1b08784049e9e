import type { Layout } from './layout.ts'
import { isLiteral, type Quote, writeScalar, writeString } from './scalar.ts'
import type { NewValue } from './types.ts'

/** How new block text is written. */
export interface BlockStyle extends Layout {
  /** The line break. */
  eol: string
  /** Whether text of several lines may be a literal block. */
  literal: boolean
}

/** How new text between `{}` or `[]` is written. */
export interface FlowStyle {
  json: boolean
  quote: Quote
  /** Strings are in quotes even where they need none; keys are not. */
  always?: boolean
  /** Between a key and its value. */
  colon: ': ' | ':'
  /** Between two entries. */
  comma: ', ' | ','
}

/** A value that spans lines: what stands after `key:` or `-`, and the lines beneath, each with its break before it. */
export interface BlockText {
  head: string
  body: string
}

class Unwritable extends Error {}

/** Runs a rendering; null if some scalar in it cannot be written. */
function attempt<T>(render: () => T): T | null {
  try {
    return render()
  } catch (error) {
    if (error instanceof Unwritable) return null
    throw error
  }
}

function sure(text: string | null): string {
  if (text === null) throw new Unwritable()
  return text
}

type Entries = [string, NewValue][]

const entriesOf = (value: object): Entries =>
  Object.entries(value as Record<string, NewValue>).filter(([, item]) => item !== undefined)

const isCollection = (value: NewValue): value is NewValue[] | { [key: string]: NewValue } =>
  typeof value === 'object' && value !== null

/** True for maps and lists that hold something. */
function isFilled(value: NewValue): boolean {
  return isCollection(value) && (Array.isArray(value) ? value.length : entriesOf(value).length) > 0
}

/** Text for `value` on one line, as it stands in `{}` or `[]`; null if it cannot be written. */
export function flowText(value: NewValue, style: FlowStyle): string | null {
  const scalar = { flow: true, json: style.json, quote: style.quote }
  const text = { ...scalar, always: style.always }
  const write = (item: NewValue): string => {
    if (Array.isArray(item)) return `[${item.map(write).join(style.comma)}]`
    if (isCollection(item)) return `{${entriesOf(item).map(pair).join(style.comma)}}`
    return sure(writeScalar(item, text))
  }
  const pair = ([key, item]: [string, NewValue]): string =>
    `${sure(writeString(key, scalar))}${style.colon}${write(item)}`
  return attempt(() => write(value))
}

/** A key and its value on one line; null if they cannot be written. */
export function flowEntry(key: string, value: NewValue, style: FlowStyle): string | null {
  const text = flowText({ [key]: value }, style)
  return text === null ? null : text.slice(1, -1)
}

/**
 * Text for `value` beneath a key (or after the dash of an item) of a block collection; null if it cannot be written.
 * @param column where the key or, for an item, its content stands
 * @param quote for a string, the quotes to put it in even where it needs none
 * @param place `key`: lists may stand at the key's own column; `item`: a map or list begins on the dash's line
 */
export function blockText(
  value: NewValue,
  column: number,
  style: BlockStyle,
  place: 'key' | 'item',
  quote?: Quote,
): BlockText | null {
  return attempt(() => block(value, column, style, place, quote))
}

/** `key: value`, its further lines included, without indentation before and line break after it. */
export function blockEntry(key: string, value: NewValue, column: number, style: BlockStyle): string | null {
  return attempt(() => entry([key, value], column, style))
}

/** `- value`, its further lines included; `column` is the dash's. */
export function blockItem(value: NewValue, column: number, style: BlockStyle, quote?: Quote): string | null {
  return attempt(() => item(value, column, style, quote))
}

function entry([key, value]: [string, NewValue], column: number, style: BlockStyle): string {
  const { head, body } = block(value, column, style, 'key')
  const name = sure(writeString(key, { flow: false, json: false, quote: style.quote }))
  return `${name}:${head && ` ${head}`}${body}`
}

function item(value: NewValue, column: number, style: BlockStyle, quote?: Quote): string {
  const { head, body } = block(value, column + 2, style, 'item', quote)
  return `- ${head}${body}`
}

function block(
  value: NewValue,
  column: number,
  style: BlockStyle,
  place: 'key' | 'item',
  quote?: Quote,
): BlockText {
  const { eol } = style
  if (isCollection(value)) {
    if (!isFilled(value)) return { head: Array.isArray(value) ? '[]' : '{}', body: '' }
    const inner = place === 'item' ? column : Array.isArray(value) ? column + style.list : column + style.step
    const lines = Array.isArray(value)
      ? value.map((each) => item(each, inner, style))
      : entriesOf(value).map((each) => entry(each, inner, style))
    const before = eol + ' '.repeat(inner)
    if (place === 'item') return { head: lines.join(before), body: '' }
    return { head: '', body: before + lines.join(before) }
  }
  if (typeof value === 'string' && style.literal && isLiteral(value)) {
    const indent = ' '.repeat(place === 'item' ? column : column + style.step)
    const lines = value.replace(/\n$/, '').split('\n')
    const body = lines.map((line) => eol + (line && indent + line)).join('')
    return { head: value.endsWith('\n') ? '|' : '|-', body }
  }
  const scalar = { flow: false, json: false, quote: quote ?? style.quote, always: quote !== undefined }
  return { head: sure(writeScalar(value, scalar)), body: '' }
}
