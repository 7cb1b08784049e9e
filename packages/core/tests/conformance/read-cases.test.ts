import { describe, expect, it } from 'vitest'
import { readCases } from '../../scripts/conformance/cases.mjs'

const base = `# A note that is not part of it.
apiVersion: apps/v1
kind: DaemonSet
spec:
  template:
    spec:
      containers:
        - name: agent
`
/** The cases of a check with one valid case that holds these lines. */
const read = (lines: string) =>
  readCases(
    `- check: a\n  about: b.\n  valid:\n    - name: n\n${lines.replace(/^(?=.)/gm, '      ')}`,
    'a.yaml',
    base,
  )
const textOf = (lines: string): string => read(lines)[0]!.text
/** What a case's pod holds before and after its containers. */
const podOf = (lines: string): string => textOf(lines).split('    spec:\n')[1]!.replace(/^ {6}/gm, '')

describe('manifests', () => {
  it('are the base, without its notes', () => {
    expect(textOf('')).toBe(base.slice(base.indexOf('apiVersion')))
  })

  it.each([
    ['pod.a: yes', 'a: yes\n'],
    ['pod.a: "yes"', 'a: "yes"\n'],
    ["pod.a: 'yes'", "a: 'yes'\n"],
    ['pod.a: 0644', 'a: 0644\n'],
    ['pod.a: 1.0', 'a: 1.0\n'],
    ['pod.a: 9223372036854775808', 'a: 9223372036854775808\n'],
    ['pod.a: null', 'a: null\n'],
    ['pod.a: ~', 'a: ~\n'],
    ['pod.a:', 'a: null\n'],
    ['pod.a: [{b: 1, c: {d: e}}, {}]', 'a:\n  - b: 1\n    c:\n      d: e\n  - {}\n'],
    ['pod.a: [b, "c, d"]', 'a: [b, "c, d"]\n'],
    ['pod.a: {b, c}', 'a:\n  b: null\n  c: null\n'],
    ['pod.a: []', 'a: []\n'],
    ['pod.a: !!str 1', 'a: !!str 1\n'],
    ['pod.a["b.c/d"]: 1', 'a:\n  b.c/d: 1\n'],
    ['pod.a["1"]: 1', 'a:\n  "1": 1\n'],
    ['pod.a[0].b: 1', 'a:\n  - b: 1\n'],
    ['pod.a: {b: 1}\n  pod.a.c: 2', 'a:\n  b: 1\n  c: 2\n'],
    [`pod.a: ${'word '.repeat(40)}`, `a: ${'word '.repeat(40).trim()}\n`],
  ])('hold values as they are written: %s', (set, expected) => {
    expect(podOf(`set:\n  ${set}\n`)).toBe(`${expected}containers:\n  - name: agent\n`)
  })

  it('have fields where a person would write them', () => {
    const text = podOf(
      'set:\n  pod.volumes: [{ name: a }]\n  container.image: b\n  pod.containers[1]: { name: c }',
    )
    expect(text).toBe('containers:\n  - name: agent\n    image: b\n  - name: c\nvolumes:\n  - name: a\n')
    expect(textOf('set: { metadata.name: a }')).toMatch(/^kind: .*\nmetadata:\n {2}name: a\nspec:/m)
  })

  it('lack what is removed, and hold what is put in the place of a text', () => {
    expect(podOf('remove: [container.name]\nset: { container.image: a }')).toBe('containers:\n  - image: a\n')
    expect(podOf('set: { pod.a: "b" }\nreplace: { \'"b"\': "\\tb $&" }')).toContain('a: \tb $&\n')
  })

  it('are texts and bytes of their own', () => {
    const [given] = read('text: "a: ü\\r\\n"\nencoding: latin1\n')
    expect(given!.text).toBe('a: ü\r\n')
    expect([...given!.bytes]).toEqual([97, 58, 32, 0xfc, 13, 10])
  })
})

it('resolves the beginnings of fields, and nothing else in them', () => {
  const text = `- check: a
  about: b.
  invalid:
    - name: n
      fields: ['container.resources.limits[a.b/c]', pod, template.metadata, metadata.podlike]
      marks: 0
      also: [other]
      kubernetesVersion: 1.30
`
  expect(readCases(text, 'a.yaml', base)).toMatchObject([
    {
      line: 4,
      kind: 'invalid',
      fields: [
        'spec.template.spec.containers[0].resources.limits[a.b/c]',
        'spec.template.spec',
        'spec.template.metadata',
        'metadata.podlike',
      ],
      marks: '0',
      also: ['other'],
      kubernetesVersion: '1.30',
    },
  ])
})

describe('errors name file, line, check and case', () => {
  it.each([
    ['sets: {}', 'a.yaml:4: a, valid "n": there is no `sets` here, only `name`, `set`'],
    ['fields: [a]', 'there is no `fields` here'],
    ['set: []', '`set` must be a map'],
    ['set: { a.b.: 1 }', 'cannot read the path `a.b.`'],
    ['set: { a..b: 1 }', 'cannot read the path `a..b`'],
    ['set: { "": 1 }', 'a path is empty'],
    ['set: { "pod.containers[2]": {} }', '`pod.containers[2]` leaves a gap: the list has 1 items'],
    ['set: { pod.containers.name: a }', 'has the name `name` where a list is'],
    ['set: { "pod[0]": a }', 'has an index where a map is'],
    ['set: { kind.a: 1 }', '`kind.a` leads into a value that holds nothing'],
    ['set: { pod.a: &x 1, pod.b: *x }', 'aliases cannot be used in `set`'],
    ['remove: [pod.a]', 'there is no `pod.a` to remove'],
    ['remove: pod.a', '`remove` must be a list of texts'],
    ['replace: { nothing: a }', 'there is no `nothing` to replace'],
    ['text: a\nset: { pod.a: 1 }', '`text` is a whole document'],
    ['text: [a]', '`text` must be text'],
    ['encoding: ebcdic', '`encoding` must be one of utf8'],
    ['handler: yes', '`handler` can only be `true`'],
    ['kubernetesVersion: 1', '`kubernetesVersion` must be written as `1.29`'],
  ])('%j', (lines, message) => expect(() => read(lines)).toThrow(message))

  it.each([
    ['', 'a.yaml:1: this must be a list of checks'],
    ['a: b', 'this must be a list of checks'],
    ['- a: [', 'a.yaml:1: Flow sequence'],
    ['- a', 'this must be a map that begins with `check:`'],
    ['- about: b', 'this entry has no `check`'],
    ['- check: [a]', 'a.yaml:1: `check` must be text'],
    ['- check: a', 'a: has no `about`'],
    ['- check: a\n  about: b\n  cases: []', 'there is no `cases` here'],
    ['- check: a\n  about: b\n  valid: c', '`valid` must be a list of cases'],
    ['- check: a\n  about: b\n  valid: [c]', 'a case of `valid` has no `name`'],
    [
      '- check: a\n  about: b\n  valid:\n    - name: c\n    - name: c',
      'a.yaml:5: a: two cases are named "c"',
    ],
    [
      '- check: a\n  about: b\n  invalid: [{ name: c, server: accept }]',
      '`server: accept` and `why` go together',
    ],
    ['- check: a\n  about: b\n  invalid: [{ name: c, server: no, why: d }]', '`server` can only be `accept`'],
  ])('%j', (text, message) => expect(() => readCases(text, 'a.yaml', base)).toThrow(message))
})
