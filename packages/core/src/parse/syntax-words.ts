import type { ErrorCode } from 'yaml'
import { excerpt } from '../text/excerpt.ts'

export const tabWords =
  "Tab as indentation, which Kubernetes' YAML parser refuses even on an empty line; use spaces"

/** What to say of an error of `yaml`: of a code as a whole, or of those messages that a pattern finds. */
type Words = string | readonly (readonly [pattern: RegExp, words: string])[]

const unindented =
  'The indentation fits nothing above it: start all keys of one map in the same column, and all `-` of one list'
const severalQuotes =
  'Text follows a value that has ended: put one pair of quotes around all of it, or indent this to belong to what is above'
const flowOpen = 'so check that every `[` and `{` above is closed'

/** `$1` is what the pattern caught. What is not here keeps the words of `yaml`. */
const table: Partial<Record<ErrorCode, Words>> = {
  BAD_SCALAR_START: [
    [/a tab character/, 'A tab stands before a value; use spaces'],
    [/block scalar indicator (.)/, 'A value begins with `$1`, which here means nothing: put it in quotes'],
    [/`$/, 'A value begins with a backtick, which YAML reserves: put it in quotes'],
    [/(.)$/, 'A value begins with `$1`, which YAML reserves: put it in quotes'],
  ],
  MULTILINE_IMPLICIT_KEY: [
    [/flow sequence/, `A key goes on over several lines within brackets, ${flowOpen}`],
    [
      /./,
      'A key goes on over several lines: look for a line without `: `, a quote that is not closed, or text that is not indented enough',
    ],
  ],
  MISSING_CHAR: [
    [
      /followed by map values/,
      'This line has no `:`: write `key: value`, or `- ` before an item of a list, or indent text that continues the line above',
    ],
    [/closing (.)quote/, 'A quote that was opened above is not closed: write `$1` where its text ends'],
    [
      /more-indented leading/,
      'The first line of the text after `|` or `>` is indented less than it must be, or less than an empty line before it; use spaces',
    ],
    [/ or : between/, 'Something is missing before this: `,` between entries, `:` between key and value'],
    [/Missing , between/, 'Between entries within brackets and braces stands a `,`: write one before this'],
    [/Missing space after :/, 'After the `:` of a key stands a space: write one'],
    [/must end with a (.)/, '`$1` is missing, which closes the bracket or brace that was opened above'],
    [
      /Sequence item without/,
      'An item of a list begins with `- `: write that before it, or indent it to be part of the item above',
    ],
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    [
      /Nested mappings/,
      'A value holds `: `, or more indented keys follow it: put it in quotes if it is text, or indent the keys like the one above',
    ],
    [/./, 'A list begins where a key is expected: indent its `-` to stand below the key that it belongs to'],
  ],
  BAD_INDENT: [
    [/start at the same column/, unindented],
    [
      /end with a (.)/,
      '`$1` is missing, or not indented more than its key: it closes the bracket or brace that was opened above',
    ],
    [/Block scalar/, 'The text after `|` or `>` must be indented more than its key'],
  ],
  BLOCK_IN_FLOW: `Lines of \`- \` and \`key: value\` cannot stand within brackets or braces, ${flowOpen}, and every item has its \`,\``,
  UNEXPECTED_TOKEN: [
    [/block-seq-ind on same line/, 'A list cannot begin on the line of its key: begin it on the next line'],
    [/scalar at node end/, severalQuotes],
    [
      /header includes extra characters/,
      'Text follows `|` or `>` on its line: begin it on the next line, indented',
    ],
    [
      /flow-(?:map|seq)-end token/,
      'This closes a bracket or brace that is not open: remove it, or put the text in quotes',
    ],
    [/Unexpected , in/, 'There is a `,` too many: remove it, or write what is missing before it'],
  ],
  BAD_DQ_ESCAPE: [
    [/(\\.*)$/s, 'Unknown escape `$1` in double quotes: write `\\\\` for a backslash, or use single quotes'],
  ],
  TAB_AS_INDENT: tabWords,
  BAD_ALIAS: [
    [/^Alias cannot be/, '`*` begins an alias, and no name follows: put the value in quotes'],
    [/^Anchor cannot be/, '`&` begins an anchor, and no name follows: put the value in quotes'],
  ],
  KEY_OVER_1024_CHARS:
    'A key is longer than 1024 characters, more than YAML allows: look for a quote that is not closed',
}

/**
 * What is wrong with a text, and what to do, for an error of `yaml`.
 * @param message its own words
 * @param source what it did not expect
 */
export function syntaxWords(code: string, message: string, source?: string): string {
  const words = Object.hasOwn(table, code) ? table[code as ErrorCode] : undefined
  if (typeof words === 'string') return words
  for (const [pattern, own] of words ?? []) {
    const match = pattern.exec(message)
    if (match) return own.replace('$1', () => excerpt(match[1] ?? ''))
  }
  return source ? `${message}: \`${excerpt(source)}\`` : message
}
