import rule from '../../src/rules/overlapping-selectors.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const named = (name: string, text = daemonSet()) => text.replace('name: agent', `name: ${name}`)
const labelled = (labels: string, text = daemonSet()) =>
  text.replace('      labels:\n        app: agent', `      labels: { ${labels} }`)
const selecting = (selector: string, text = daemonSet()) =>
  text.replace('    matchLabels:\n      app: agent', `    ${selector}`)
const deployment = (text = daemonSet()) => text.replace('kind: DaemonSet', 'kind: Deployment')
const both = (first: string, second: string) => `${first}---\n${second}`
const on = (arch: string) => daemonSet({ spec: `nodeSelector: { kubernetes.io/arch: ${arch} }` })
/** A term for each list of architectures. */
const affinity = (operator: string, ...lists: string[]) =>
  `affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
${lists
  .map(
    (values) =>
      `        - matchExpressions: [{ key: kubernetes.io/arch, operator: ${operator}, values: ${values} }]`,
  )
  .join('\n')}`

ruleTester.run('overlapping-selectors', rule, {
  valid: [
    daemonSet(),
    // Its second version takes the place of the first.
    both(daemonSet(), daemonSet()),
    both(daemonSet(), named('${NAME}')),
    both(deployment(labelled('app: gateway')), daemonSet()),
    both(deployment(labelled('app: "${APP}"')), daemonSet()),
    both(
      deployment(),
      labelled('app: agent, part: node', selecting('matchLabels: { app: agent, part: node }')),
    ),
    both(deployment(), selecting('matchLabels: { app: "${APP}" }')),
    both(deployment(), daemonSet({ metadata: 'namespace: monitoring' })),
    // No node is for both.
    both(named('other', on('amd64')), on('arm64')),
    both(named('other', on('amd64')), on('"${ARCH}"')),
    both(
      named('other', daemonSet({ spec: affinity('In', '[amd64]', '[arm]') })),
      daemonSet({ spec: affinity('NotIn', '[amd64, arm]') }),
    ),
    both(named('other', on('amd64')), daemonSet({ spec: affinity('In', '[arm64]', '[arm]') })),
    { code: daemonSet(), filename: '/manifests/a.yaml', files: { '/manifests/b.yaml': named('other') } },
  ],
  invalid: [
    // Some nodes may be chosen by both.
    ...[
      ['nodeSelector: { kubernetes.io/arch: amd64 }', 'nodeSelector: { kubernetes.io/os: linux }'],
      ['nodeSelector: { kubernetes.io/arch: amd64 }', undefined],
      [affinity('In', '[amd64]', '[arm]'), affinity('In', '[arm64]', '[arm]')],
    ].map(([first, second]) => ({
      code: both(named('other', daemonSet({ spec: first })), daemonSet({ spec: second })),
      errors: [{ messageId: 'overlaps' as const }],
    })),
    {
      code: both(deployment(on('amd64')), on('arm64')),
      errors: [{ messageId: 'overlaps' }],
    },
    {
      code: both(deployment(), daemonSet()),
      errors: [
        {
          messageId: 'overlaps',
          data: { name: 'agent', kind: 'Deployment', other: 'agent', place: 'line 1' },
          line: 23,
          column: 3,
          endLine: 23,
          endColumn: 11,
        },
      ],
    },
    {
      // Of two DaemonSets the later one.
      code: both(named('other'), daemonSet()),
      errors: [
        {
          messageId: 'overlaps',
          data: { name: 'agent', kind: 'DaemonSet', other: 'other', place: 'line 1' },
          line: 23,
        },
      ],
    },
    {
      // The other does not choose its pods.
      code: both(
        daemonSet(),
        named('other', labelled('app: agent, part: node', selecting('matchLabels: { part: node }'))),
      ),
      errors: [{ messageId: 'overlaps', line: 6 }],
    },
    {
      code: both(
        deployment(),
        selecting('matchExpressions: [{ key: app, operator: In, values: [agent, gateway] }]'),
      ),
      errors: 1,
    },
    {
      code: daemonSet(),
      filename: '/manifests/b.yaml',
      files: { '/manifests/a.yaml': named('other') },
      errors: [
        {
          messageId: 'overlaps',
          data: { name: 'agent', kind: 'DaemonSet', other: 'other', place: 'a.yaml' },
        },
      ],
    },
  ],
})
