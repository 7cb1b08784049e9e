import { judge, kubernetesVersions, type Path, type Problem, parse } from '@daemonlint/core'
import { structOf } from '@daemonlint/core/editor'
import { describe, expect, it } from 'vitest'
import { isMap, isSeq, parseDocument } from 'yaml'
import { type FieldFacts, facts } from '../../src/kubernetes/facts.ts'
import { fieldAt, valuesAt } from '../../src/kubernetes/fields.ts'
import { everything } from './everything.ts'

const newest = [kubernetesVersions.at(-1)!]
const all = Object.entries(facts)

/** What core refuses of a text. */
const refused = (text: string): Problem[] => judge(parse(text), { kubernetesVersions: newest }).problems

const textOf = ({ ruleId, field, message }: Problem): string => `${ruleId} ${field}: ${message}`

/** The paths of `everything`, by `Struct.field`; one of each. */
function pathsOf(): Map<string, Path> {
  const paths = new Map<string, Path>()
  const visit = (node: unknown, path: (string | number)[]): void => {
    const place = fieldAt('DaemonSet', path)
    if (place?.below.length === 0 && !paths.has(`${place.struct}.${place.name}`)) {
      paths.set(`${place.struct}.${place.name}`, path)
    }
    if (isMap(node)) for (const { key, value } of node.items) visit(value, [...path, String(key)])
    if (isSeq(node)) for (const [index, item] of node.items.entries()) visit(item, [...path, index])
  }
  visit(parseDocument(everything).contents, [])
  return paths
}

const paths = pathsOf()

function withValue(path: Path, value: string): string {
  const document = parseDocument(everything)
  const old = document.getIn(path, true)
  document.setIn(path, isSeq(old) ? [value] : value)
  return String(document)
}

function withoutField(path: Path): string {
  const document = parseDocument(everything)
  document.deleteIn(path)
  return String(document)
}

/** Structs that no DaemonSet has; core does not judge them. */
const others =
  /^(?:Deployment|RollingUpdateDeployment|StatefulSet|RollingUpdateStatefulSet|Replica|Job|CronJob|Pod\.)/

/** A DaemonSet can hardly state them: controllers do, or they belong to the server. */
const unstated = new Set(['DaemonSet.status', 'EphemeralContainer'])

describe('facts', () => {
  it('speak of fields that the schema has', () => {
    const unknown = all.flatMap(([key]) => {
      const [struct, field] = key.split('.') as [string, string]
      return structOf(struct)?.has(field) ? [] : [key]
    })
    expect(unknown).toEqual([])
  })

  it('are put to the test by a DaemonSet that states nearly every field', () => {
    const missing = all.flatMap(([key, { values, required }]) =>
      (values || required) && !others.test(key) && !unstated.has(key) && !paths.has(key) ? [key] : [],
    )
    expect(missing).toEqual([])
  })

  it('have defaults that are among the values', () => {
    const wrong = all.flatMap(([key, { default: value, values }]) =>
      value === undefined || !values || value.startsWith('(') || (value === '""' ? '' : value) in values
        ? []
        : [key],
    )
    expect(wrong).toEqual([])
  })

  const before = new Set(refused(everything).map(textOf))

  it('are put to a DaemonSet of which core reads every part', () => {
    // Sources that are behind gates are dropped, which core says.
    expect([...new Set(refused(everything).map(({ ruleId }) => ruleId))]).toEqual([
      'api-server/no-projected-sources',
    ])
  })

  const tested = all.filter(([key]) => paths.has(key)) as [string, FieldFacts][]

  it.each(tested.filter(([, { required }]) => required))('%s is required', (key) => {
    const path = paths.get(key)!
    const changed = withoutField(path)
    expect(
      refused(changed)
        .map(textOf)
        .filter((text) => !before.has(text)),
    ).not.toEqual([])
  })

  const withValues = tested.filter(([key, { values }]) => values && key !== 'DaemonSet.apiVersion')

  it.each(withValues)('%s has these values and no others', (key) => {
    const path = paths.get(key)!
    const place = fieldAt('DaemonSet', path)!
    const values = Object.keys(valuesAt('DaemonSet', path, { ...place, type: 'string' }, newest)!)
    expect(values.length).toBeGreaterThan(0)
    const isOf = (problem: Problem) => problem.message.includes(madeUp)
    const refusals = refused(withValue(path, madeUp)).filter(isOf)
    expect(refusals).not.toEqual([])
    for (const { ruleId, messageId, message } of refusals) {
      for (const value of values) {
        const same = refused(withValue(path, value)).filter(
          (problem) => problem.ruleId === ruleId && problem.messageId === messageId,
        )
        expect(same.map(textOf), value).toEqual([])
      }
      // Where the refusal lists what is allowed, it lists these.
      const listed = [...message.matchAll(/`([A-Z][A-Za-z]*)`/g)].map(([, word]) => word!)
      expect(values).toEqual(expect.arrayContaining(listed.filter((word) => word !== madeUp)))
    }
  })
})

const madeUp = 'MadeUpValue'
