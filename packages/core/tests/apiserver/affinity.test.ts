import { describe, expect, it } from 'vitest'
import { daemonSetOf, judgeText, show } from './shared.ts'

/** A DaemonSet with these lines in its pod's spec, below a container. */
const daemonSet = (pod: string) =>
  daemonSetOf(`containers:\n  - name: agent\n    image: example.com/agent:1.4.2\n${pod}`)

const rejected = (text: string, versions: string[]) =>
  judgeText(text, versions)
    .problems.filter((problem) => problem.rejected)
    .map(({ ruleId, field }) => `${ruleId} ${field}`)

describe('what some of the versions refuse is refused', () => {
  it('keys beside a selector that has them, before 1.34', () => {
    const text = daemonSet(`topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: zone
    whenUnsatisfiable: DoNotSchedule
    labelSelector: { matchLabels: { app: agent } }
    matchLabelKeys: [app]`)
    const old = [
      'api-server/match-label-keys spec.template.spec.topologySpreadConstraints[0].matchLabelKeys[0]',
    ]
    expect(rejected(text, ['1.33', '1.34'])).toEqual(old)
    expect(rejected(text, ['1.29'])).toEqual(old)
    expect(rejected(text, ['1.34', '1.35'])).toEqual([])
  })

  it('keys in affinities, since 1.31', () => {
    const text = daemonSet(`affinity:
  podAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: zone
        labelSelector: {}
        matchLabelKeys: [a b]`)
    expect(rejected(text, ['1.29', '1.30'])).toEqual([])
    expect(rejected(text, ['1.30', '1.31'])).toHaveLength(1)
  })

  it('values that no label can have, since 1.33', () => {
    const text = daemonSet(`affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
        - matchExpressions: [{ key: tier, operator: In, values: [a b] }]`)
    expect(rejected(text, ['1.31', '1.32'])).toEqual([])
    expect(rejected(text, ['1.32', '1.33'])).toHaveLength(1)
  })
})

describe('removed volumes', () => {
  const rbd = daemonSet('volumes: [{ name: data, rbd: { monitors: [10.0.0.5], image: logs } }]')
  const message = (versions: string[]) => judgeText(rbd, versions).problems.map(({ message }) => message)

  it('work in the versions before', () => {
    expect(message(['1.29', '1.30'])).toEqual([
      '`rbd` volumes are deprecated since Kubernetes 1.28, and gone from 1.31 on. Use the CSI driver of Ceph instead.',
    ])
  })

  it('do nothing in some version', () => {
    expect(message(['1.30', '1.31'])).toEqual([
      '`rbd` volumes do nothing since Kubernetes 1.31: a pod that has one never starts. Use the CSI driver of Ceph instead.',
    ])
  })
})

describe('pods that are missing', () => {
  const without = (kind: string) =>
    judgeText(
      daemonSet(`affinity:
  ${kind}:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: zone`),
    ).problems.map(({ message }) => message)

  it('keep those that require them from every node', () => {
    expect(without('podAffinity')).toEqual([expect.stringContaining('stay pending')])
  })

  it('are shunned without effect', () => {
    expect(without('podAntiAffinity')).toEqual([expect.stringContaining('does nothing')])
  })
})

it('shows both of two constraints that are alike', () => {
  const text = daemonSet(`topologySpreadConstraints:
  - { maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {} }
  - { maxSkew: 2, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {} }`)
  const [problem, ...others] = judgeText(text).problems
  expect(others).toEqual([])
  const first = text.indexOf('zone')
  expect(problem!.position.start.offset).toBe(first)
  expect(problem!.related?.position.start.offset).toBe(text.indexOf('zone', first + 1))
})

it('bears names that every object has', () => {
  const text = daemonSet(`volumes:
  - name: data
    flexVolume: { driver: a/b, options: { __proto__: a, constructor: b, toString: c } }
affinity:
  podAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: constructor
        labelSelector: { matchLabels: { constructor: a }, matchExpressions: [{ key: toString, operator: Exists }] }
        matchLabelKeys: [constructor, toString, valueOf]
topologySpreadConstraints:
  - { maxSkew: 1, topologyKey: toString, whenUnsatisfiable: constructor, labelSelector: {} }`)
  expect(judgeText(text).problems.map((problem) => show(problem).split(' ').slice(0, 2).join(' '))).toEqual([
    'topology-spread-when-unsatisfiable spec.template.spec.topologySpreadConstraints[0].whenUnsatisfiable',
  ])
})
