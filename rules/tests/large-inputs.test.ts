import { describe, expect, it } from 'vitest'
import { rules } from '../src/index.ts'
import { lintWith } from './lint.ts'

const head = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: a
spec:
  selector: { matchLabels: { app: a } }
  template:
    metadata: { labels: { app: a } }
    spec:
      containers:
      - name: c
        image: a:1
`
const allOn = Object.fromEntries(Object.keys(rules).map((id) => [id, 'warn' as const]))
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('')

/** Many times what it takes on an idle machine, and a fraction of what a look at all pairs takes. */
const bound = 10_000

describe('many of one kind take linear time', () => {
  const count = 8000
  it.each([
    [
      'mounts of as many volumes',
      `        volumeMounts:\n${lines(count, (at) => `        - name: v${at}\n          mountPath: /x/${at}\n`)}` +
        `      volumes:\n${lines(count, (at) => `      - name: v${at}\n        hostPath: { path: /var/log/${at}.log }\n`)}`,
    ],
    [
      'mounts of sockets',
      `        volumeMounts:\n${lines(count, (at) => `        - name: v${at}\n          mountPath: /run/${at}\n`)}` +
        `      volumes:\n${lines(count, (at) => `      - name: v${at}\n        hostPath: { path: /run/docker.sock }\n`)}`,
    ],
    ['containers', lines(count, (at) => `      - name: c${at}\n        image: a\n`)],
    [
      'tolerations',
      `      tolerations:\n${lines(count, (at) => `      - key: v${at}\n        operator: Exists\n`)}`,
    ],
    [
      'conditions on nodes',
      `      affinity:\n        nodeAffinity:\n          requiredDuringSchedulingIgnoredDuringExecution:\n            nodeSelectorTerms:\n            - matchExpressions:\n${lines(count, (at) => `              - { key: pool, operator: NotIn, values: [v${at}] }\n`)}`,
    ],
    [
      'anti-affinities',
      `      affinity:\n        podAntiAffinity:\n          requiredDuringSchedulingIgnoredDuringExecution:\n${lines(count, (at) => `          - { topologyKey: k${at}, labelSelector: { matchLabels: { app: b${at} } } }\n`)}`,
    ],
    [
      'templated variables',
      `        env:\n${lines(count, (at) => `        - name: v${at}\n          value: \${X${at}}\n`)}`,
    ],
  ])(
    '%s',
    (_, more) => {
      const started = process.cpuUsage()
      expect(lintWith(head + more, allOn).filter(({ rejected }) => rejected)).toEqual([])
      expect(process.cpuUsage(started).user / 1000).toBeLessThan(bound)
    },
    60_000,
  )
})

it('many DaemonSets with a Service each take linear time', () => {
  const both = (at: number) =>
    `---\n${head.replaceAll(/\ba\b(?!:)/g, `a${at}`)}---\napiVersion: v1\nkind: Service\nmetadata: { name: s${at} }\nspec: { selector: { app: a${at} }, ports: [{ port: 80, targetPort: http }] }\n`
  const crossing = [
    'overlapping-selectors',
    'service-selector',
    'service-target-port',
    'service-local-traffic',
  ]
  const some = Object.fromEntries(crossing.map((id) => [id, 'warn' as const]))
  const started = process.cpuUsage()
  lintWith(lines(1500, both), some)
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(bound)
}, 60_000)

it.each([
  ['different names', (at: number) => head.replace('name: a', `name: a${at}`)],
  ['one name', (at: number) => head.replace('name: a', `name: a\n  namespace: n${at}`)],
])(
  'many DaemonSets of %s with one budget take linear time',
  (_, daemonSet) => {
    const requests = '        resources: { requests: { cpu: 1m, memory: 1Mi } }\n'
    const started = process.cpuUsage()
    const found = lintWith(
      lines(1500, (at) => `---\n${daemonSet(at)}${requests}`),
      {
        'combined-budget': ['warn', { cpu: '500m', memory: '1Gi' }],
      },
    )
    expect(found).toHaveLength(2)
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(bound)
  },
  60_000,
)

describe('long texts take linear time', () => {
  it.each([
    ['references that are not closed', '$('],
    ['traps whose functions are looked for', 'trap f_ EXIT;'],
  ])(
    '%s',
    (_, part) => {
      const text = JSON.stringify(part.repeat(200_000 / part.length))
      const more = `        command: [sh, -c, ${text}]\n        args: [--a, ${text}]\n`
      const started = process.cpuUsage()
      expect(lintWith(head + more, allOn).filter(({ rejected }) => rejected)).toEqual([])
      expect(process.cpuUsage(started).user / 1000).toBeLessThan(bound)
    },
    60_000,
  )
})
