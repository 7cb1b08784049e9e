import { describe, expect, it } from 'vitest'
import { isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar, visit } from 'yaml'
import { loadBase, loadCases } from '../../scripts/conformance/cases.mjs'
import { judge } from '../../src/apiserver/index.ts'
import type { FileContext } from '../../src/parse/file-context.ts'
import { parse } from '../../src/parse/index.ts'
import { mayBeDaemonSet, normaliseVersions } from '../../src/schema/index.ts'

/** Valid manifests, whose every part is valid in some whole: what is not known of them is no reason to refuse them. */
const valid = loadCases().filter(
  ({ kind, text, file, server }) =>
    kind === 'valid' &&
    !server &&
    /^kind: DaemonSet$/m.test(text) &&
    // Without its anchor an alias is nothing.
    !/: [*]\w/.test(text) &&
    !['decoding.yaml', 'kind.yaml'].includes(file),
)
const base = new Set(loadBase().split('\n'))

function refusals(
  text: string,
  kubernetesVersion: string | undefined,
  role: 'manifest' | 'patch' = 'manifest',
) {
  const root = parse(text, { wants: mayBeDaemonSet, context: { role } })
  const { problems } = judge(root, { kubernetesVersions: normaliseVersions(kubernetesVersion) })
  return problems
    .filter(({ rejected }) => rejected)
    .map(({ ruleId, field, message }) => `${ruleId} ${field}: ${message}`)
}

const replaced = (text: string, [start, end]: readonly number[], by: string) =>
  text.slice(0, start) + by + text.slice(end)

/** Where the values of a text stand that the base does not have. */
function ownScalars(text: string): [number, number][] {
  const places: [number, number][] = []
  visit(parseDocument(text, { schema: 'failsafe' }), {
    Scalar(key, node: Scalar) {
      const range = node.range!
      const line = text.slice(text.lastIndexOf('\n', range[0]) + 1).split('\n')[0]!
      if (key !== 'key' && !base.has(line)) places.push([range[0], range[1]])
    },
  })
  return places
}

/** A text without one of its entries, for each entry that the base does not have. */
function withoutEach(text: string): string[] {
  const texts: string[] = []
  const document = parseDocument(text, { schema: 'failsafe' })
  const pairs: Pair[] = []
  visit(document, {
    Pair(_, pair) {
      pairs.push(pair)
    },
  })
  for (const pair of pairs) {
    visit(document, {
      Map(_, map) {
        const index = map.items.indexOf(pair)
        if (index < 0) return undefined
        const name = isScalar(pair.key) ? pair.key.value : ''
        // What a list is merged by a patch must state, and its kind too.
        if (['kind', 'apiVersion', 'name', 'operator', 'key'].includes(String(name))) return visit.BREAK
        map.items.splice(index, 1)
        texts.push(document.toString())
        map.items.splice(index, 0, pair)
        return visit.BREAK
      },
    })
  }
  return texts
}

it('has manifests to try', () => {
  expect(valid.length).toBeGreaterThan(50)
  expect(isMap(parseDocument(loadBase()).contents)).toBe(true)
  expect(isSeq(parseDocument('[]').contents)).toBe(true)
})

describe('a templated value is no reason to refuse a manifest', () => {
  it.each(valid)('$file:$line $check: $name', ({ text, kubernetesVersion }) => {
    const accused = ownScalars(text).flatMap((place) => {
      const templated = replaced(text, place, '"${VALUE}"')
      return refusals(templated, kubernetesVersion).map((refusal) => `${text.slice(...place)}: ${refusal}`)
    })
    expect(accused).toEqual([])
  })
})

describe('a placeholder that stands where YAML allows no value is no reason either', () => {
  it.each(valid)('$file:$line $check: $name', ({ text, kubernetesVersion }) => {
    const ends = ownScalars(text).filter(
      ([start, end]) => /^[ \t]*(?:\n|$)/.test(text.slice(end)) && text[start] !== '|',
    )
    const accused = ends.flatMap((place) =>
      ['#{VALUE}#', '@VALUE@', '%VALUE%'].flatMap((placeholder) =>
        refusals(replaced(text, place, placeholder), kubernetesVersion).map(
          (refusal) => `${text.slice(...place)}, ${placeholder}: ${refusal}`,
        ),
      ),
    )
    expect(accused).toEqual([])
  })
})

describe('what a kustomization fills is not empty', () => {
  const manifest = (selector: string, labels: string, containers: string) => `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: ${selector}
  template:
    metadata:
      labels: ${labels}
      annotations: { container.apparmor.security.beta.kubernetes.io/side: unconfined }
    spec:
      containers: ${containers}
`
  const side = ['spec', 'template', 'spec', 'containers', { name: 'side' }]
  const containers = '[{ name: side, image: example.com/side:1.4.2 }]'
  const selector = '{ matchLabels: { app: agent } }'
  const labels = '{ app: agent }'
  it.each([
    [
      'labels',
      '{ matchLabels: {} }',
      '{}',
      containers,
      [
        ['spec', 'selector', 'matchLabels', 'app'],
        ['spec', 'template', 'metadata', 'labels', 'app'],
      ],
    ],
    [
      'values of a condition',
      '{ matchExpressions: [{ key: app, operator: In, values: [a] }] }',
      labels,
      containers,
      [['spec', 'selector', 'matchExpressions', 0, 'values', 1]],
    ],
    ['containers', selector, labels, '[]', [side]],
    ['another container', selector, labels, '[{ name: agent, image: example.com/agent:1.4.2 }]', [side]],
  ])('%s', (_, selector, labels, containers, paths) => {
    const text = manifest(selector, labels, containers)
    const overlaid = paths.map((path) => ({ path }))
    const judged = (context: FileContext) => {
      const root = parse(text, { wants: mayBeDaemonSet, context })
      return judge(root, { kubernetesVersions: normaliseVersions(undefined) }).problems.filter(
        ({ rejected }) => rejected,
      )
    }
    expect(judged({}).length).toBeGreaterThan(0)
    expect(judged({ overlaid })).toEqual([])
  })

  it('nor is what a patch merges into', () => {
    const patch = manifest(selector, labels, '[]')
    expect(refusals(patch, undefined, 'patch')).toEqual([])
  })
})

describe('what a patch does not state is not missing', () => {
  it.each(valid)('$file:$line $check: $name', ({ text, kubernetesVersion }) => {
    expect(withoutEach(text).flatMap((patch) => refusals(patch, kubernetesVersion, 'patch'))).toEqual([])
  })
})
