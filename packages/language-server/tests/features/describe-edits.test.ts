import { expect, it } from 'vitest'
import { describeEdits } from '../../src/features/describe-edits.ts'

const text = 'image: a:latest # why\nargs: [one, two]\n'
const edit = (old: string, insert: string) => {
  const start = text.indexOf(old)
  return { range: [start, start + old.length] as [number, number], text: insert }
}

it.each([
  [[edit('a:latest', 'a:1')], 'replace `a:latest` with `a:1`'],
  [[edit(', two', '')], 'remove `two`'],
  [
    [{ range: [0, 0], text: 'resources:\n  limits:\n    memory: 1Gi\n' }],
    'add `resources.limits.memory: 1Gi`',
  ],
  [[{ range: [0, 0], text: 'env:\n  - name: A\n    value: b\n' }], 'add `env: - name: A, value: b`'],
  [
    [edit('args', 'command'), edit('a:latest', 'a:1')],
    'replace `a:latest` with `a:1`, replace `args` with `command`',
  ],
  [
    [edit('args', 'x'), edit('one', ''), edit('a:latest', 'b')],
    'replace `a:latest` with `b` and 2 more changes',
  ],
  [[edit('a:latest', 'x'.repeat(99))], `replace \`a:latest\` with \`${'x'.repeat(49)}…\``],
  [[edit(' # why', '  # why')], 'tidy up'],
])('%j', (edits, words) => {
  expect(describeEdits(text, edits as ReturnType<typeof edit>[])).toBe(words)
})
