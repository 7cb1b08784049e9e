import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { writeManifest, writeManifests, writeValue } from '../src/write-yaml.ts'

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: {
    hostPID: true,
    containers: [
      { name: 'first', image: 'x:1' },
      { name: 'second', command: ['a', 'b'] },
    ],
  },
}

it('puts comments before the fields that they are about', () => {
  expect(
    writeManifest({
      object: pod,
      header: 'What it is.',
      comments: {
        'spec.hostPID': 'Why.',
        'spec.containers[second]': 'Item.',
        'spec.containers[second].command': 'Deep.',
        'spec.containers[first].name': 'First field.',
      },
      keep: [{ rule: 'host-namespaces', path: 'spec.hostPID', reason: 'it has to' }],
    }),
  ).toBe(`# What it is.
apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  # Why.
  # daemonlint-disable-next-line host-namespaces -- it has to
  hostPID: true
  containers:
    # First field.
    - name: first
      image: x:1
    # Item.
    - name: second
      # Deep.
      command: [a, b]
`)
})

it('says when there is nothing to comment on', () => {
  expect(() => writeManifest({ object: pod, comments: { 'spec.hostIPC': 'Why.' } })).toThrow(
    'There is no spec.hostIPC to comment on.',
  )
})

it('quotes what YAML 1.1 takes for something else than text', () => {
  const texts = [
    'yes',
    'on',
    'y',
    'null',
    '~',
    '0644',
    '1:30',
    '1_000',
    '0x1f',
    '.inf',
    '1e3',
    'true',
    '',
    '2001-01-01',
  ]
  const written = writeValue(Object.fromEntries(texts.map((text, index) => [`k${index}`, text])))
  for (const line of written.trim().split('\n')) expect(line).toMatch(/: (['"]).*\1$/)
})

it('quotes keys like that too', () => {
  expect(writeValue({ on: 1, y: 2, plain: 3 })).toBe(
    "'on': 1\n'y': 2\nplain: 3\n".replaceAll("'", writeValue({ on: 1 })[0]!),
  )
})

it('writes texts of several lines as they are', () => {
  expect(writeValue({ script: '#!/bin/sh\nset -eu\n\techo  "x"  \n', open: 'a\nb' })).toBe(
    'script: |\n  #!/bin/sh\n  set -eu\n  \techo  "x"  \nopen: |-\n  a\n  b\n',
  )
})

it('wraps comments, but no commands', () => {
  const long = 'word '.repeat(40).trim()
  const text = writeValue({ a: 1 }, { header: `${long}\nkubectl ${long}` })
  const lines = text.split('\n').filter((line) => line.startsWith('#'))
  expect(lines.at(-1)).toBe(`# kubectl ${long}`)
  for (const line of lines.slice(0, -1)) expect(line.length).toBeLessThanOrEqual(102)
})

it('leaves no white space at the end of a comment line', () => {
  expect(writeValue({ a: 1 }, { header: 'One.\n\nTwo.' })).toBe('# One.\n#\n# Two.\na: 1\n')
})

it('separates objects by a line', () => {
  expect(
    writeManifests([{ object: { ...pod, spec: undefined } }, { object: { ...pod, spec: undefined } }]),
  ).toMatch(/\n---\n/)
})

it('escapes what go-yaml takes for the end of a line, and what it refuses', () => {
  for (const character of ['\u2028', '\u2029', '\u0085', '\u007f', '\ufeff', '\uffff', '\u0000', '\r']) {
    const written = writeValue({ text: `a${character}b: c`, lines: `a\n${character}b\n` })
    expect(written).not.toContain(character)
    expect(parse(written)).toEqual({ text: `a${character}b: c`, lines: `a\n${character}b\n` })
  }
})

it('quotes numbers of every YAML, and blocks whose indentation cannot be told', () => {
  expect(writeValue({ a: '0o7', b: '0755', c: '0o755', d: '\tx\ny', e: ' ' })).toBe(
    `a: '0o7'\nb: '0755'\nc: '0o755'\nd: "\\tx\\ny"\ne: " "\n`.replace('" "', writeValue([' ']).slice(2, 5)),
  )
})
