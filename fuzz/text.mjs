// Mutations of the text: what YAML makes of it, before any field is looked at.
import { scalars } from './kinds/scalars.mjs'

const line = (change) => (random, text) => {
  const lines = text.split('\n')
  const at = random.below(Math.max(1, lines.length - 1))
  return change(lines, at, random).join('\n')
}
const keyed = (change) => (random, text) => {
  const lines = text.split('\n')
  const candidates = lines
    .map((_, index) => index)
    .filter((index) => /^\s*(?:- )?[^\s"#][^\s"]*: \S/.test(lines[index]))
  if (candidates.length === 0) return text
  const at = random.pick(candidates)
  const [, head, value] = /^(\s*(?:- )?[^\s"#][^\s"]*: )(.*)$/s.exec(lines[at])
  lines[at] = change(head, value, random)
  return lines.join('\n')
}

const changes = [
  [
    'quote differently',
    keyed(
      (head, value) =>
        head + (value.startsWith('"') ? value.slice(1, -1).replaceAll('\\', '') : JSON.stringify(value)),
    ),
    5,
  ],
  [
    'single quotes',
    keyed((head, value) => `${head}'${value.replace(/^"(.*)"$/, '$1').replaceAll("'", "''")}'`),
    2,
  ],
  ['a special scalar', keyed((head, _, random) => head + random.pick(scalars)), 14],
  [
    'a tag',
    keyed(
      (head, value, random) =>
        `${head}${random.pick(['!!str', '!!int', '!!bool', '!!float', '!!null', '!!binary', '!x', '!!timestamp', '!!merge'])} ${value}`,
    ),
    3,
  ],
  ['a duplicate line', line((lines, at) => lines.toSpliced(at, 0, lines[at])), 4],
  [
    'a duplicate key, another value',
    keyed((head, value, random) =>
      /^\s*- /.test(head)
        ? `${head}${value}`
        : `${head}${value}\n${head}${random.pick(['a', '1', value, 'null'])}`,
    ),
    3,
  ],
  ['a tab before', line((lines, at) => lines.with(at, `\t${lines[at]}`)), 1],
  [
    'tabs for indentation',
    line((lines, at) =>
      lines.with(
        at,
        lines[at].replace(/^ {2,}/, (indent) => '\t'.repeat(indent.length / 2)),
      ),
    ),
    1,
  ],
  ['a tab after', line((lines, at) => lines.with(at, `${lines[at]}\t`)), 1],
  ['a tab before the value', keyed((head, value) => `${head}\t${value}`), 1],
  ['a tab after the dash', line((lines, at) => lines.with(at, lines[at].replace(/- /, '-\t'))), 1],
  ['one space more', line((lines, at) => lines.with(at, ` ${lines[at]}`)), 2],
  ['one space less', line((lines, at) => lines.with(at, lines[at].replace(/^ /, ''))), 2],
  ['two spaces more', line((lines, at) => lines.with(at, `  ${lines[at]}`)), 2],
  ['two spaces less', line((lines, at) => lines.with(at, lines[at].replace(/^ {2}/, ''))), 2],
  [
    'lists without indentation',
    (_, text) =>
      text
        .split('\n')
        .map((each) => each.replace(/^( *) {2}- /, '$1- '))
        .join('\n'),
    0.5,
  ],
  ['no line', line((lines, at) => lines.toSpliced(at, 1)), 2],
  ['no space after the colon', line((lines, at) => lines.with(at, lines[at].replace(/: /, ':'))), 1],
  ['a space before the colon', line((lines, at) => lines.with(at, lines[at].replace(/:/, ' :'))), 1],
  ['a comment', line((lines, at) => lines.with(at, `${lines[at]} # comment`)), 2],
  ['a comment line', line((lines, at) => lines.toSpliced(at, 0, '# comment')), 1],
  ['an empty line', line((lines, at) => lines.toSpliced(at, 0, '')), 1],
  ['a quoted key', line((lines, at) => lines.with(at, lines[at].replace(/([A-Za-z]+):/, '"$1":'))), 2],
  [
    'an explicit key',
    keyed((head, value) =>
      head.replace(
        /^(\s*(?:- )?)(\S+): $/,
        (_, indent, key) => `${indent}? ${key}\n${indent.replace('-', ' ')}: ${value}`,
      ),
    ),
    1,
  ],
  [
    'an anchor and its alias',
    keyed((head, value) =>
      /^\s*- /.test(head) || /[&*!|>]/.test(value[0])
        ? `${head}${value}`
        : `${head}&x ${value}\n${head.replace(/\S+: $/, 'subdomain: ')}*x`,
    ),
    2,
  ],
  [
    'a merge',
    line((lines, at) => {
      const indent = /^ */.exec(lines[at])[0]
      return /^\s*- /.test(lines[at]) ? lines : lines.toSpliced(at, 0, `${indent}<<: {hostNetwork: true}`)
    }),
    1,
  ],
  [
    'a merge of an alias',
    line((lines, at, random) => {
      const indent = /^ */.exec(lines[at])[0]
      return /^\s*- /.test(lines[at])
        ? lines
        : lines.toSpliced(
            at,
            0,
            `${indent}<<: ${random.pick(['*none', '[{}]', '[]', 'a', '{}', '[{hostPID: false}, {hostIPC: false}]', 'null'])}`,
          )
    }),
    1,
  ],
  [
    'an odd key',
    line((lines, at, random) => {
      const indent = /^ */.exec(lines[at])[0]
      return /^\s*- /.test(lines[at])
        ? lines
        : lines.toSpliced(
            at,
            0,
            `${indent}${random.pick(['1', 'yes', 'null', '~', '1.5', '[a]', '{a: b}', '? [a]\n', '!!str 1', '0x10', '.inf', '2001-01-01', '"": a\n#', '!!binary aGk=', '1e3', '-0'])}: ${random.pick(['a', '"1"', '1'])}`,
          )
    }),
    2,
  ],
  ['CRLF', (_, text) => text.replaceAll('\n', '\r\n'), 0.5],
  ['CR', (_, text) => text.replaceAll('\n', '\r'), 0.2],
  ['a byte order mark', (_, text) => `\ufeff${text}`, 0.5],
  [
    'a separator before',
    (random, text) =>
      `${random.pick(['---\n', '--- \n', '---\t\n', '--- # a\n', '# a\n---\n', '%YAML 1.1\n---\n', '%YAML 1.2\n---\n', '%TAG ! a\n---\n', '\n', '---\n---\n', '...\n'])}${text}`,
    1,
  ],
  [
    'a separator after',
    (random, text) =>
      `${text}${random.pick(['---\n', '...\n', '---\na: b\n', '...\na: b\n', '---\n[', '--- a\n', '...x\n', '\u0000'])}`,
    1,
  ],
  [
    'a separator within',
    line((lines, at, random) => lines.toSpliced(at, 0, random.pick(['---', '...']))),
    0.5,
  ],
  [
    'an odd character',
    (random, text) => {
      const at = random.below(text.length)
      return (
        text.slice(0, at) +
        random.pick([
          '\u0000',
          '\u0007',
          '\u0085',
          '\u00a0',
          '\u2028',
          '\ufeff',
          '\u200b',
          '\ufffe',
          '\ufffd',
          '\u{1f600}',
          '\u007f',
          '\b',
          '\r',
          '\t',
          '\\',
          '"',
          "'",
          ':',
          '#',
          '&',
          '*',
          '!',
          '|',
          '>',
          '%',
          '@',
          '`',
          '{',
          '}',
          '[',
          ']',
          ',',
          '?',
          '-',
          '~',
          ' ',
        ]) +
        text.slice(at)
      )
    },
    5,
  ],
  [
    'no character',
    (random, text) => {
      const at = random.below(text.length)
      return text.slice(0, at) + text.slice(at + 1)
    },
    3,
  ],
  ['a cut', (random, text) => text.slice(0, random.below(text.length)), 1],
  [
    'a block scalar',
    keyed((head, value, random) => {
      const indent = ' '.repeat(/^\s*(?:- )?/.exec(head)[0].length + 2)
      return `${head}${random.pick(['|', '>', '|-', '>-', '|+', '|2', '>1', '|-9', '|0', '| # a', '|x', '>+2'])}\n${indent}${value.replace(/^"(.*)"$/, '$1')}${random.pick(['', '', `\n\n${indent}b`, `\n${indent}  b`, '\n b'])}`
    }),
    3,
  ],
  [
    'a folded plain scalar',
    keyed((head, value) => `${head}${value}\n${' '.repeat(/^\s*(?:- )?/.exec(head)[0].length + 2)}more`),
    1,
  ],
  [
    'flow style',
    keyed(
      (head, value, random) =>
        head +
        random.pick([
          `[${value}]`,
          `{a: ${value}}`,
          `[${value}, ]`,
          `[${value},, a]`,
          `{${value}}`,
          `{? ${value}}`,
          `[${value}\n]`,
          `{a: ${value},}`,
          `["a":1]`,
          `{"a":${value}}`,
          `{a:${value}}`,
        ]),
    ),
    3,
  ],
  ['JSON', (_, text) => text, 0],
]

/** @returns a mutation of the text, which a generator of its own makes the same on each text */
export function textMutation(random) {
  const chosen = random.weighted(changes.map((change) => [change, change[2]]))
  const numbers = Array.from({ length: 4 }, () => random.next())
  return {
    label: `text: ${chosen[0]}`,
    applyText(text) {
      let used = 0
      const next = () => numbers[used++ % numbers.length]
      const below = (limit) => Math.floor(next() * limit)
      return chosen[1]({ below, pick: (list) => list[below(list.length)] }, text)
    },
  }
}
