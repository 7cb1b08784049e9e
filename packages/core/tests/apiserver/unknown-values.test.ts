import { describe, expect, it } from 'vitest'
import { isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar, visit } from 'yaml'
import { loadBase, loadCases } from '../../scripts/conformance/cases.mjs'
import { judge } from '../../src/apiserver/index.ts'
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

describe('what a patch does not state is not missing', () => {
  it.each(valid)('$file:$line $check: $name', ({ text, kubernetesVersion }) => {
    expect(withoutEach(text).flatMap((patch) => refusals(patch, kubernetesVersion, 'patch'))).toEqual([])
  })
})
