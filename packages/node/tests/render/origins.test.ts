import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { originsOf } from '../../src/render/index.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'daemonlint-origins-')))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

const own = `# The agent.
kind: DaemonSet
apiVersion: apps/v1
metadata: { name: agent }
spec:
  template:
    spec:
      containers:
        - { name: agent, image: agent:1 }
        - name: side
          image: side:1
`

const built = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: dev-base-agent-x
spec:
  template:
    spec:
      containers:
      - image: added:1
        name: added
      - image: side:1
        name: side
      - image: agent:2
        name: agent
      hostNetwork: true
`

/** The text of a file that a word of what was built comes from. */
function find(word: string, text = built): string | undefined {
  const offset = text.indexOf(word)
  const pointAt = (at: number) => ({ line: 1, column: 1, offset: at })
  const place = originsOf(
    join(folder, 'dev'),
    text,
  )({
    start: pointAt(offset),
    end: pointAt(offset + word.length),
  })
  if (!place) return undefined
  const { start, end } = place.position
  return `${place.filePath.slice(folder.length + 1)}:${start.line} ${place.text.slice(start.offset, end.offset)}`
}

const kustomizations = {
  'base/ds.yaml': own,
  'base/kustomization.yaml': 'resources: [ds.yaml]\nnamePrefix: base-\n',
  'dev/kustomization.yaml': 'resources: [../base]\nnamePrefix: dev-\nnameSuffix: -x\n',
}

it.each([
  ['side:1', 'base/ds.yaml:11 side:1'],
  ['side', 'base/ds.yaml:10 side', 'other'],
  ['containers', 'base/ds.yaml:8 containers'],
  ['dev-base-agent-x', 'base/ds.yaml:4 agent'],
  // What a patch says: another value, an item, a field.
  ['agent:2', undefined],
  ['added:1', undefined],
  ['hostNetwork', undefined],
  ['hostNetwork: true', undefined],
])('%s', (word, expected, image = '') => {
  write(kustomizations)
  const text = image ? built.replace('side:1', image) : built
  expect(find(word, text)).toBe(expected)
})

it('says nothing where two resources may be meant, or none', () => {
  write({ ...kustomizations, 'base/ds.yaml': `${own}---\n${own}` })
  expect(find('containers')).toBeUndefined()
  write({ ...kustomizations, 'base/kustomization.yaml': 'resources: [ds.yaml]\n' })
  expect(find('containers')).toBeUndefined()
})

it('stands kustomizations that go round in a circle, and files that are not there', () => {
  write({ 'dev/kustomization.yaml': 'resources: [../dev, missing.yaml, ../nowhere]\n' })
  expect(find('containers')).toBeUndefined()
})
