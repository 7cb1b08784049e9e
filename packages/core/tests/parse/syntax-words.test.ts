import { describe, expect, it } from 'vitest'
import { parse } from '../../src/parse/index.ts'

/** A beginning of what is said of each text. */
const said: Record<string, string> = {
  'a: @b': 'A value begins with `@`, which YAML reserves',
  'a: `b`': 'A value begins with a backtick',
  'a: b\nfoo:bar\nc: d': 'A key goes on over several lines: look for a line without `: `',
  'a: b\nfoo': 'This line has no `:`',
  "a: 'b\nc: d": "A quote that was opened above is not closed: write `'`",
  'a: b: c': 'A value holds `: `',
  'a:\n  b: c\n  - d': 'A list begins where a key is expected',
  'a:\n    b: 1\n  c: 2': 'The indentation fits nothing above it',
  'a: - b': 'A list cannot begin on the line of its key',
  'a: "b" c': 'Text follows a value that has ended',
  'a: [b, c\nd: e': 'A key goes on over several lines within brackets',
  'a: [\n- b\n]': 'Lines of `- ` and `key: value` cannot stand within brackets',
  'a: ["b" "c"]': 'Something is missing before this: `,`',
  'a: [b,,c]': 'There is a `,` too many',
  'a: b\n}': 'This closes a bracket or brace that is not open',
  'a: |b\n  c': 'Text follows `|` or `>` on its line',
  'a: "\\w"': 'Unknown escape `\\w` in double quotes',
  'a: |\n    \n  b': 'The first line of the text after `|` or `>` is indented less',
  '- *': '`*` begins an alias',
  '{"a": 1,': '`}` is missing',
}

describe('what is wrong with text that is no YAML', () => {
  it.each(Object.entries(said))('%j', (text, words) => {
    const { errors } = parse(`${text}\n`).documents[0]!
    expect(errors.map(({ code }) => code)).toEqual(['yaml-syntax'])
    expect(errors[0]!.message.slice(0, words.length)).toBe(words)
  })

  it('quotes little of a long text', () => {
    const { errors } = parse(`a: !!int ${'9'.repeat(30_000)}x\n`).documents[0]!
    expect(errors[0]!.message.length).toBeLessThan(200)
  })
})
