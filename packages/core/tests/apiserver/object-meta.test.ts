import { describe, expect, it } from 'vitest'
import { judgeText, show } from './shared.ts'

const manifest = (metadata: string, spec = '') => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
${metadata}spec:
${spec}  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      containers: [{ name: agent, image: example.com/agent:1.4.2 }]
`
const found = (text: string) => judgeText(text).problems.map(show)

describe('what is not known is not refused', () => {
  const owner = (uid: string, kind = 'ConfigMap') =>
    `    - { apiVersion: v1, kind: ${kind}, name: owner, uid: ${uid}, controller: true }\n`

  it('takes owners whose uids are filled in for neither the same nor two controllers', () => {
    const two = (first: string, second: string) =>
      manifest(`  ownerReferences:\n${owner(first)}${owner(second)}`)
    expect(found(two('"${ONE}"', '"${OTHER}"'))).toEqual([])
    expect(found(two('a', 'b'))).toHaveLength(1)
    expect(found(two('a', 'a'))).toHaveLength(1)
  })

  it('still refuses what is wrong beside it', () => {
    expect(found(manifest(`  ownerReferences:\n${owner('"${ONE}"', 'Event')}`))).toEqual([
      expect.stringContaining('owner-reference metadata.ownerReferences'),
    ])
  })

  it('says nothing of a surge where the strategy or the other number is filled in', () => {
    const strategy = (type: string, unavailable: string) =>
      manifest(
        '',
        `  updateStrategy: { type: ${type}, rollingUpdate: { maxSurge: 1, maxUnavailable: ${unavailable} } }\n`,
      )
    expect(found(strategy('RollingUpdate', '1'))).toHaveLength(1)
    expect(found(strategy('"${TYPE}"', '1'))).toEqual([])
    expect(found(strategy('RollingUpdate', '"${NUMBER}"'))).toEqual([])
  })

  it('says nothing of a surge in a patch, whose base states the other number', () => {
    const patch = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  labels: { $patch: replace, tier: node }
spec:
  updateStrategy: { rollingUpdate: { maxSurge: 1 } }
  template:
    spec:
      containers: [{ name: agent }]
`
    expect(found(patch)).toEqual([])
    expect(found(patch.replace('tier: node', 'my tier: node'))).toHaveLength(1)
  })

  it('counts no annotations of which one is filled in', () => {
    const annotations = (text: string) =>
      manifest(`  annotations:\n    large: ${'x'.repeat(262_144)}\n    small: "${text}"\n`)
    expect(found(annotations('y'))).toHaveLength(1)
    expect(found(annotations('${TEXT}'))).toEqual([])
  })
})

it('bears keys that every object has', () => {
  const keys = '{ __proto__: a b, constructor: a b, hasOwnProperty: a b }'
  expect(found(manifest(`  labels: ${keys}\n  annotations: ${keys}\n`))).toHaveLength(5)
})

it('quotes no more of a value than a person reads', () => {
  const [problem] = judgeText(manifest(`  labels: { tier: "${'a '.repeat(5000)}" }\n`)).problems
  expect(problem!.message.length).toBeLessThan(300)
})

describe('a workload without a kind', () => {
  const bare = manifest('').replace('kind: DaemonSet\n', '')

  it('is refused beside apps/v1 and a pod template', () => {
    expect(found(bare)).toEqual([expect.stringContaining('missing-kind')])
    expect(judgeText(bare).problems[0]!.messageId).toBe('unnamed')
  })

  it.each([
    ['another group', bare.replace('apps/v1', 'example.com/v1')],
    ['no apiVersion', bare.replace('apiVersion: apps/v1\n', '')],
    ['what a Deployment has', bare.replace('spec:\n', 'spec:\n  replicas: 2\n')],
    ['its kind in other letters', `Kind: Deployment\n${bare}`],
    ['a kind that is filled in', `kind: "\${KIND}"\n${bare}`],
    ['no pod template', bare.replace('    spec:\n', '    other:\n')],
  ])('is none of ours with %s', (_, text) => {
    expect(found(text)).toEqual([])
  })
})

describe('a directive before the first separator', () => {
  it.each(['%YAML 1.1\n', '# a comment\n%YAML 1.1\n%TAG ! tag:example.com,2026:\n'])('%j', (directive) => {
    const { problems } = judgeText(`${directive}---\n${manifest('')}`)
    expect(problems).toMatchObject([{ ruleId: 'api-server/yaml-syntax', rejected: true }])
    const { start } = problems[0]!.position
    expect([start.line, start.column]).toEqual([directive.indexOf('%') === 0 ? 1 : 2, 1])
  })

  it('does not concern other manifests', () => {
    expect(found(`%YAML 1.1\n---\nkind: ConfigMap\napiVersion: v1\n---\n${manifest('')}`)).toEqual([])
  })
})
