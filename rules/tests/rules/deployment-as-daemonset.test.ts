import type { AnyRule } from '@daemonlint/core'
import { expect, it } from 'vitest'
import { configs, rules } from '../../src/index.ts'
import rule from '../../src/rules/deployment-as-daemonset.ts'
import { lintWith } from '../lint.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

interface Mount {
  path: string
  at?: string
  readOnly?: boolean
}

const mounted = ({ path, at = path, readOnly = false }: Mount) => ({
  spec: `volumes:\n  - name: host\n    hostPath:\n      path: ${path}`,
  container: `image: agent:1.2.3\nvolumeMounts:\n  - name: host\n    mountPath: ${at}\n    readOnly: ${readOnly}`,
})
const deployment = (parts: Parameters<typeof daemonSet>[0]) =>
  daemonSet(parts).replace('kind: DaemonSet', 'kind: Deployment')
const mounts = (mount: Mount) => deployment(mounted(mount))
const oneByOne = '  updateStrategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxUnavailable: 1\n'
const changed = () => `${daemonSet({ spec: 'hostPID: true' })}${oneByOne}`
const strategy = (lines: string, key = 'strategy') =>
  (key === 'strategy' ? deployment : daemonSet)({ daemon: `${key}:${lines}`, spec: 'hostPID: true' })
const updated = (lines: string) => strategy(lines, 'updateStrategy')
const becomes = (code: string, output?: string) => ({
  code,
  errors: [{ messageId: 'nodeAccess', suggestions: output ? [{ messageId: 'change', output }] : [] }],
})
const limits = (lines: string) => `\n  type: RollingUpdate\n  rollingUpdate:${lines}`
const pinned = 'nodeSelector:\n  kubernetes.io/hostname: one\nhostPID: true'

ruleTester.run('deployment-as-daemonset', rule, {
  valid: [
    // an agent's image alone is not enough
    deployment({ container: 'image: fluent/fluent-bit:5.1.1' }),
    deployment({ spec: 'hostNetwork: true' }),
    deployment({ spec: 'hostPID: false' }),
    deployment({ spec: 'hostPID: ${HOST_PID}' }),
    mounts({ path: '/var/run/docker.sock' }),
    mounts({ path: '/sys/fs/cgroup' }),
    mounts({ path: '/var/log/shop' }),
    mounts({ path: '/', at: '/host' }),
    // an application that keeps its logs there
    mounts({ path: '/var/log', at: '/app/logs' }),
    mounts({ path: '/processes' }),
    // declared, but mounted nowhere
    deployment({ spec: mounted({ path: '/proc' }).spec }),
    deployment({ spec: pinned }),
    deployment({ spec: 'nodeName: one\nhostPID: true' }),
    deployment({
      spec: `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: metadata.name, operator: In, values: [one] }] }] } } }\nhostPID: true`,
    }),
    deployment({ spec: 'nodeSelector: ${NODES}\nhostPID: true' }),
  ],
  invalid: [
    {
      code: mounts({ path: '/', at: '/host/root', readOnly: true }),
      errors: [{ messageId: 'nodeAccess', data: { name: 'agent', access: '/' }, line: 2, column: 7 }],
    },
    // The API server refuses it already.
    becomes(strategy(limits('\n    maxSurge: 0\n    maxUnavailable: 0'))),
    becomes(strategy(limits('\n    maxSurge: 0%\n    maxUnavailable: "0"'))),
    {
      // A value is no key.
      code: deployment({
        spec: 'nodeSelector: { example.com/by: hostname }\naffinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: example.com/rank, operator: Gt, values: ["1"] }] }] } } }\nhostPID: true',
      }),
      errors: [{ messageId: 'nodeAccess' }],
    },
    {
      code: deployment({ daemon: 'replicas: 3', spec: 'hostPID: true' }),
      errors: [
        {
          messageId: 'nodeAccess',
          data: { name: 'agent', access: 'hostPID' },
          line: 2,
          column: 7,
          endLine: 2,
          endColumn: 17,
          suggestions: [{ messageId: 'change', output: changed() }],
        },
      ],
    },
    {
      code: mounts({ path: '/var/log/' }),
      errors: [
        {
          messageId: 'nodeAccess',
          data: { name: 'agent', access: '/var/log' },
          suggestions: [
            { messageId: 'change', output: `${daemonSet(mounted({ path: '/var/log/' }))}${oneByOne}` },
          ],
        },
      ],
    },
    {
      code: mounts({ path: '/var/log', at: '/logs', readOnly: true }),
      errors: [{ messageId: 'nodeAccess' }],
    },
    { code: mounts({ path: '/var/log', at: '/host/var/log' }), errors: [{ messageId: 'nodeAccess' }] },
    { code: mounts({ path: '/var/log/pods' }), errors: [{ messageId: 'nodeAccess' }] },
    { code: mounts({ path: '/proc', at: '/host/proc' }), errors: [{ messageId: 'nodeAccess' }] },
    { code: mounts({ path: '/sys', at: '/host/sys' }), errors: [{ messageId: 'nodeAccess' }] },
    {
      code: '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: { strategy: { type: Recreate }, selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: { hostPID: true, containers: [{ name: a, image: "a:1" }] } } } }\n',
      errors: [
        {
          messageId: 'nodeAccess',
          line: 1,
          column: 30,
          endLine: 1,
          endColumn: 40,
          suggestions: [
            {
              messageId: 'change',
              output:
                '{ apiVersion: apps/v1, kind: DaemonSet, metadata: { name: a }, spec: { updateStrategy: { type: RollingUpdate, rollingUpdate: {maxUnavailable: 1} }, selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: { hostPID: true, containers: [{ name: a, image: "a:1" }] } } } }\n',
            },
          ],
        },
      ],
    },
    // Nothing is stated.
    becomes(strategy(' {}'), changed()),
    becomes(strategy(''), changed()),
    becomes(
      deployment({
        daemon: 'replicas: 2\nprogressDeadlineSeconds: 60\npaused: false\nrevisionHistoryLimit: 3',
        spec: 'hostPID: true',
      }),
      `${daemonSet({ daemon: 'revisionHistoryLimit: 3', spec: 'hostPID: true' })}${oneByOne}`,
    ),
    // The limits that a DaemonSet has, one of which must be more than none.
    becomes(strategy('\n  type: RollingUpdate'), updated('\n  type: RollingUpdate')),
    becomes(
      strategy(limits('\n    maxSurge: 25%\n    maxUnavailable: 2')),
      updated(limits('\n    maxUnavailable: 2')),
    ),
    becomes(
      strategy(limits('\n    maxSurge: 1\n    maxUnavailable: 0')),
      updated(limits('\n    maxUnavailable: 1')),
    ),
    becomes(
      strategy(limits('\n    maxSurge: 200%\n    maxUnavailable: 0%')),
      updated(limits('\n    maxUnavailable: 10%')),
    ),
    becomes(strategy(limits('\n    maxUnavailable: 100%')), updated(limits('\n    maxUnavailable: 10%'))),
    becomes(strategy(limits('\n    maxSurge: 3')), updated(limits('\n    maxUnavailable: 25%'))),
    becomes(strategy(limits('\n    maxUnavailable: 0')), updated(limits('\n    maxUnavailable: 25%'))),
    becomes(
      strategy(' { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }'),
      updated(' { rollingUpdate: { maxUnavailable: 1 } }'),
    ),
    becomes(strategy('\n  type: Recreate'), `${updated(limits('\n    maxUnavailable: 1'))}`),
    // What is not known, or would be refused.
    becomes(strategy('\n  type: ${STRATEGY}')),
    becomes(strategy(limits('\n    maxSurge: ${SURGE}'))),
    becomes(
      deployment({ spec: 'hostPID: true' }).replace('  selector:\n    matchLabels:\n      app: agent\n', ''),
    ),
    becomes(deployment({ spec: 'hostPID: true' }).replace('apps/v1', 'extensions/v1beta1'), changed()),
  ],
})

it('stands an integer that JSON cannot hold', () => {
  const selector = 'nodeSelectorTerms: [{ matchExpressions: [{ key: rank, since: 9007199254740993 }] }]'
  const affinity = `{ nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { ${selector} } } }`
  const code = deployment({ spec: `affinity: ${affinity}\nhostPID: true` })
  expect(lintWith(code, { 'deployment-as-daemonset': 'warn' })).toHaveLength(1)
})

it.each([
  deployment({ spec: 'hostPID: true' }),
  strategy('\n  type: Recreate'),
  strategy(limits('\n    maxSurge: 100%\n    maxUnavailable: 0')),
])('makes a DaemonSet that is accepted, and whose rollout raises no question: %#', (code) => {
  const ports = 'image: agent:1.2.3\n          ports: [{ containerPort: 80, hostPort: 80 }]'
  const text = code.replace('image: agent:1.2.3', ports)
  const [problem] = lintWith(text, { 'deployment-as-daemonset': 'warn' })
  const { edits } = problem!.suggestions![0]!.fix
  const output = edits
    .toSorted((a, b) => b.range[0] - a.range[0])
    .reduce((left, { range, text }) => left.slice(0, range[0]) + text + left.slice(range[1]), text)
  const found = lintWith(output, configs.strict.rules!)
  expect(found).not.toHaveLength(0)
  const categories = found.map(({ ruleId }) => (rules as Record<string, AnyRule>)[ruleId]?.meta.docs.category)
  expect(categories).not.toContain('rollout')
  expect(found.filter(({ rejected }) => rejected)).toEqual([])
})
