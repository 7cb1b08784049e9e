import { describe, expect, it } from 'vitest'
import { edited } from './helpers.ts'

const pod = ['spec', 'template', 'spec'] as const

describe('set', () => {
  it('changes the token only', () => {
    const text = `kind: DaemonSet\nspec:\n  a: "x"   # why\n  b: 'y'\n  c: z\n`
    const output = edited(text, (fixer) => [
      fixer.set(['spec', 'a'], 'new'),
      fixer.set(['spec', 'b'], "it's"),
      fixer.set(['spec', 'c'], 'no'),
    ])
    expect(output).toBe(`kind: DaemonSet\nspec:\n  a: "new"   # why\n  b: 'it''s'\n  c: "no"\n`)
  })

  it('drops quotes that would change the type', () => {
    expect(edited('kind: DaemonSet\na: "1"\n', (fixer) => fixer.set(['a'], 1))).toBe(
      'kind: DaemonSet\na: 1\n',
    )
  })

  it('adds missing maps after the last entry, before comments of what follows', () => {
    const text = `kind: DaemonSet
spec:
  template:
    spec:
      containers:
        - name: a
          image: a:1 # pinned
        # the second
        - name: b
`
    const output = edited(text, (fixer) => [
      fixer.set([...pod, 'containers', 0, 'resources', 'requests', 'cpu'], '100m'),
      fixer.set([...pod, 'containers', 0, 'resources', 'requests', 'memory'], '64Mi'),
      fixer.set(['spec', 'updateStrategy', 'type'], 'RollingUpdate'),
    ])
    expect(output).toBe(`kind: DaemonSet
spec:
  template:
    spec:
      containers:
        - name: a
          image: a:1 # pinned
          resources:
            requests:
              cpu: 100m
              memory: 64Mi
        # the second
        - name: b
  updateStrategy:
    type: RollingUpdate
`)
  })

  it('opens empty values', () => {
    const text = 'kind: DaemonSet\na: {} # none\nb:\nc: ~\nd: # later\n'
    const output = edited(text, (fixer) => ['a', 'b', 'c', 'd'].map((key) => fixer.set([key, 'x'], 1)))
    expect(output).toBe('kind: DaemonSet\na: # none\n  x: 1\nb:\n  x: 1\nc:\n  x: 1\nd: # later\n  x: 1\n')
  })

  it('follows the indentation of the file', () => {
    const text = 'kind: DaemonSet\nmetadata:\n    name: a\nlist:\n- x\n'
    const output = edited(text, (fixer) => fixer.set(['spec', 'deep'], { list: [{ a: 1, b: 2 }] }))
    expect(output).toBe(`${text}spec:\n    deep:\n        list:\n        - a: 1\n          b: 2\n`)
  })

  it('keeps JSON what it is', () => {
    const text = '{\n  "kind": "DaemonSet",\n  "spec": {}\n}\n'
    const output = edited(text, (fixer) => [
      fixer.set(['spec', 'a', 'b'], ['yes', 1]),
      fixer.set(['c'], null),
    ])
    expect(output).toBe('{\n  "kind": "DaemonSet",\n  "spec": {"a": {"b": ["yes", 1]}},\n  "c": null\n}\n')
  })

  it('keeps CR LF and a missing last line break', () => {
    expect(edited('kind: DaemonSet\r\nspec:\r\n  a: 1', (fixer) => fixer.set(['spec', 'b'], 2))).toBe(
      'kind: DaemonSet\r\nspec:\r\n  a: 1\r\n  b: 2',
    )
  })

  it('refuses what would reach further or is not known', () => {
    const text = `kind: DaemonSet
base: &base {a: 1}
alias: *base
merged:
  <<: *base
  own: 1
tagged: !!str 1
name: \${NAME}
scalar: x
`
    for (const path of [
      ['base', 'b'],
      ['alias'],
      ['alias', 'a'],
      ['merged', 'a'],
      ['tagged'],
      ['name'],
      ['name', 'x'],
      ['scalar', 'x'],
      ['list', 3],
    ]) {
      expect(
        edited(text, (fixer) => fixer.set(path, 'v')),
        path.join('.'),
      ).toBeNull()
    }
  })

  it('refuses to replace a value that has comments', () => {
    expect(edited('kind: DaemonSet\na:\n  b: 1 # why\n  c: 2\n', (fixer) => fixer.set(['a'], 1))).toBeNull()
  })
})

describe('append', () => {
  it('follows the list', () => {
    const text = `kind: DaemonSet\na:\n- 'x' # x\n# b\nb: ["1"]\nc: [ 'x' ]\nd: []\n`
    const output = edited(text, (fixer) => ['a', 'b', 'c', 'd', 'e'].map((key) => fixer.append([key], 'y')))
    expect(output).toBe(
      `kind: DaemonSet\na:\n- 'x' # x\n- 'y'\n# b\nb: ["1", "y"]\nc: [ 'x', 'y' ]\nd:\n- 'y'\ne:\n- 'y'\n`,
    )
  })

  it('makes one list of two items', () => {
    const output = edited('kind: DaemonSet\n', (fixer) => [
      fixer.append(['list'], { name: 'a' }),
      fixer.append(['list'], { name: 'b' }),
    ])
    expect(output).toBe('kind: DaemonSet\nlist:\n- name: a\n- name: b\n')
  })
})

describe('remove', () => {
  it('takes lines, never comments', () => {
    const text = `kind: DaemonSet
spec:
  # kept
  a: 1 # kept too
  b:
    c: 1 # inner
    d: 2

  e: 3
`
    const output = edited(text, (fixer) => [fixer.remove(['spec', 'a']), fixer.remove(['spec', 'b'])])
    expect(output).toBe('kind: DaemonSet\nspec:\n  # kept\n  # kept too\n  # inner\n\n  e: 3\n')
  })

  it('leaves an empty collection', () => {
    const text = 'kind: DaemonSet\na:\n  b: 1 # one\nc:\n- x\nd: { e: 1 }\nf:\n- g: 1\n'
    const output = edited(text, (fixer) => [
      fixer.remove(['a', 'b']),
      fixer.remove(['c', 0]),
      fixer.remove(['d', 'e']),
      fixer.remove(['f', 0, 'g']),
    ])
    expect(output).toBe('kind: DaemonSet\na: {}\n  # one\nc: []\nd: {}\nf:\n- {}\n')
  })

  it('moves what follows up beside a dash', () => {
    const text = 'kind: DaemonSet\nlist:\n  - name: a # first\n    image: b\n'
    expect(edited(text, (fixer) => fixer.remove(['list', 0, 'name']))).toBe(
      'kind: DaemonSet\nlist:\n  - # first\n    image: b\n',
    )
  })

  it('minds commas', () => {
    const text = 'kind: DaemonSet\na: [1, 2, 3]\nb: {c: 1, d: 2,}\n'
    expect(edited(text, (fixer) => [fixer.remove(['a', 0]), fixer.remove(['b', 'd'])])).toBe(
      'kind: DaemonSet\na: [2, 3]\nb: {c: 1,}\n',
    )
  })

  it('refuses anchors, merges and what is not known', () => {
    const text = `kind: DaemonSet\na: &a 1\nb: {<<: {x: 1}, y: 2}\nc: \${C}\nd:\n  e: \${E}\nf: *a\n`
    for (const path of [['a'], ['b', 'y'], ['b', 'x'], ['c'], ['f'], ['missing']]) {
      expect(
        edited(text, (fixer) => fixer.remove(path)),
        path.join('.'),
      ).toBeNull()
    }
  })
})

describe('rename and move', () => {
  it('renames a key in its quotes', () => {
    expect(edited('kind: DaemonSet\n"a": 1 # x\n', (fixer) => fixer.rename(['a'], 'b'))).toBe(
      'kind: DaemonSet\n"b": 1 # x\n',
    )
  })

  it('refuses a key that is there', () => {
    expect(edited('kind: DaemonSet\na: 1\n"b": 2\n', (fixer) => fixer.rename(['a'], 'b'))).toBeNull()
  })

  it('moves an entry elsewhere', () => {
    const text = 'kind: DaemonSet\nspec:\n  a:\n    b: [1, "2"] # why\n    c: 1\n  d: 1\n'
    expect(edited(text, (fixer) => fixer.move(['spec', 'a', 'b'], ['spec', 'e', 'f']))).toBe(
      'kind: DaemonSet\nspec:\n  a:\n    # why\n    c: 1\n  d: 1\n  e:\n    f:\n    - 1\n    - "2"\n',
    )
  })

  it('refuses to move a value into itself or onto another', () => {
    const text = 'kind: DaemonSet\na:\n  b:\n    c: 1\nd: 1\n'
    expect(edited(text, (fixer) => fixer.move(['a'], ['a', 'x']))).toBeNull()
    expect(edited(text, (fixer) => fixer.move(['a', 'b'], ['d']))).toBeNull()
    expect(edited(text, (fixer) => fixer.move(['a', 'b'], ['a', 'x', 'y']))).toBeNull()
  })
})

describe('several operations of one fix', () => {
  it('add and remove side by side', () => {
    const text = 'kind: DaemonSet\nspec:\n  old: 1\n'
    expect(edited(text, (fixer) => [fixer.set(['spec', 'new'], 1), fixer.remove(['spec', 'old'])])).toBe(
      'kind: DaemonSet\nspec:\n  new: 1\n',
    )
  })

  it('refuses edits that overlap', () => {
    const text = 'kind: DaemonSet\nspec:\n  a: {b: 1, c: 2}\n  d: 1\n'
    expect(
      edited(text, (fixer) => [fixer.set(['spec', 'a', 'b'], 2), fixer.remove(['spec', 'a'])]),
    ).toBeNull()
    expect(edited(text, (fixer) => [fixer.set(['new'], 1), fixer.set(['new'], 2)])).toBeNull()
  })

  it('edits by offset as ESLint does', () => {
    const output = edited('kind: DaemonSet\na: 1\n', (fixer) => [
      fixer.replaceTextRange([19, 20], '2'),
      fixer.insertTextAfterRange([19, 20], '0'),
      fixer.insertTextBeforeRange([16, 17], 'b'),
    ])
    expect(output).toBe('kind: DaemonSet\nba: 20\n')
  })
})
