import rule from '../../src/rules/deprecated-node-label.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const selecting = (...labels: string[]) =>
  daemonSet({ spec: `nodeSelector:\n${labels.map((label) => `  ${label}`).join('\n')}` })
const required = (key: string) =>
  daemonSet({
    spec: `affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
        - matchExpressions:
            - key: ${key}
              operator: Exists`,
  })
const preferred = (key: string) =>
  daemonSet({
    spec: `affinity:
  nodeAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 1
        preference: { matchExpressions: [{ key: ${key}, operator: Exists }] }`,
  })

const [master, controlPlane] = ['node-role.kubernetes.io/master', 'node-role.kubernetes.io/control-plane']
const [betaOs, os] = ['beta.kubernetes.io/os', 'kubernetes.io/os']
/** A line for each term; the key of its first condition begins in column 43. */
const terms = (...list: string[]) =>
  daemonSet({
    spec: `affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
${list.map((conditions) => `        - matchExpressions: [${conditions}]`).join('\n')}`,
  })
const preferences = (...list: string[]) =>
  daemonSet({
    spec: `affinity:
  nodeAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
${list.map((conditions) => `      - { weight: 1, preference: { matchExpressions: [${conditions}] } }`).join('\n')}`,
  })
const on = (key: string | undefined, more = 'operator: Exists') => `{ key: ${key}, ${more} }`
const absent = 'operator: DoesNotExist'
const oldMaster = { old: master, label: controlPlane, since: '1.24' }
const [notThere, there, misjudged] = [
  'the daemon does not run there',
  'the daemon runs there all the same',
  'the preference takes it for another',
]

ruleTester.run('deprecated-node-label', rule, {
  valid: [
    daemonSet(),
    selecting('kubernetes.io/os: linux', 'topology.kubernetes.io/zone: a'),
    selecting('node-role.kubernetes.io/control-plane: ""'),
    required('kubernetes.io/arch'),
    required('${KEY}'),
    // Nodes with either label are chosen.
    terms(on(master), on(controlPlane)),
    terms(`${on('zone')}, ${on(controlPlane)}`, on(master)),
    terms(on(betaOs, 'operator: In, values: [linux]'), on(os, 'operator: In, values: [linux]')),
    preferences(on(master), on(controlPlane)),
    // Nodes with either label are left alone.
    terms(`${on(master, absent)}, ${on(controlPlane, absent)}`),
    terms(`${on(controlPlane, absent)}, ${on(master, 'operator: NotIn, values: ["true"]')}`),
    preferences(`${on(master, absent)}, ${on(controlPlane, absent)}`),
    // What is asked is hidden.
    terms(`${on(master, absent)}, ${on('"${KEY}"', absent)}`),
    terms(on(master), on('"${KEY}"')),
    terms(on(master), on(controlPlane, 'operator: "${OPERATOR}"')),
    terms(on(master, 'operator: "${OPERATOR}"')),
  ],
  invalid: [
    {
      code: selecting('beta.kubernetes.io/os: linux # all of them'),
      output: selecting('kubernetes.io/os: linux # all of them'),
      errors: [
        {
          messageId: 'deprecated',
          data: {
            old: 'beta.kubernetes.io/os',
            label: 'kubernetes.io/os',
            since: '1.14',
            effect: 'the daemon does not run there',
          },
          line: 15,
          column: 9,
          endLine: 15,
          endColumn: 30,
        },
      ],
    },
    {
      code: daemonSet({ spec: 'nodeSelector: { beta.kubernetes.io/arch: amd64 }' }),
      output: daemonSet({ spec: 'nodeSelector: { kubernetes.io/arch: amd64 }' }),
      errors: [{ messageId: 'deprecated', line: 14, column: 23, endLine: 14, endColumn: 46 }],
    },
    {
      // Both are stated: the new key must not be written twice.
      code: selecting('beta.kubernetes.io/os: linux', 'kubernetes.io/os: linux'),
      output: null,
      errors: [
        {
          messageId: 'deprecated',
          suggestions: [{ messageId: 'remove', output: selecting('kubernetes.io/os: linux') }],
        },
      ],
    },
    {
      // They contradict each other: nothing can be offered.
      code: selecting('beta.kubernetes.io/os: linux', 'kubernetes.io/os: windows'),
      output: null,
      errors: [{ messageId: 'deprecated', suggestions: [] }],
    },
    {
      code: selecting('node-role.kubernetes.io/master: ""'),
      output: null,
      errors: [
        {
          messageId: 'unset',
          data: {
            old: 'node-role.kubernetes.io/master',
            label: 'node-role.kubernetes.io/control-plane',
            since: '1.24',
            effect: 'the daemon does not run there',
          },
          suggestions: [
            {
              messageId: 'rename',
              output: selecting('node-role.kubernetes.io/control-plane: ""'),
            },
          ],
        },
      ],
    },
    {
      code: selecting('failure-domain.beta.kubernetes.io/zone: a', 'beta.kubernetes.io/instance-type: b'),
      output: null,
      errors: [
        { messageId: 'deprecated', line: 16 },
        { messageId: 'deprecated', line: 15 },
      ].reverse(),
    },
    {
      code: required('beta.kubernetes.io/os'),
      output: required('kubernetes.io/os'),
      errors: [{ messageId: 'deprecated', line: 19, column: 26, endLine: 19, endColumn: 47 }],
    },
    {
      code: preferred('failure-domain.beta.kubernetes.io/region'),
      output: null,
      errors: [
        {
          messageId: 'deprecated',
          line: 18,
          column: 55,
          endLine: 18,
          endColumn: 95,
          suggestions: [{ messageId: 'rename', output: preferred('topology.kubernetes.io/region') }],
        },
      ],
    },
    {
      // The opposite of what it says of nodes that have it
      code: terms(on(master, absent)),
      output: null,
      errors: [
        {
          messageId: 'unset',
          data: { ...oldMaster, effect: there },
          line: 18,
          column: 43,
          endLine: 18,
          endColumn: 73,
          suggestions: [{ messageId: 'rename', output: terms(on(controlPlane, absent)) }],
        },
      ],
    },
    {
      code: terms(on(betaOs, 'operator: NotIn, values: [windows]')),
      output: terms(on(os, 'operator: NotIn, values: [windows]')),
      errors: [
        { messageId: 'deprecated', data: { old: betaOs, label: os, since: '1.14', effect: there }, line: 18 },
      ],
    },
    {
      // One term is enough, so that neither keeps the daemon off.
      code: terms(on(master, absent), on(controlPlane, absent)),
      output: null,
      errors: [{ messageId: 'unset', data: { ...oldMaster, effect: there }, line: 18, suggestions: 1 }],
    },
    {
      // The other choice is another one.
      code: terms(on(controlPlane, absent), on(master)),
      output: null,
      errors: [{ messageId: 'unset', data: { ...oldMaster, effect: notThere }, line: 19, suggestions: 1 }],
    },
    {
      // Both are asked of each node; the new key must not be written twice.
      code: terms(`${on(master)}, ${on(controlPlane)}`),
      output: null,
      errors: [
        {
          messageId: 'unset',
          data: { ...oldMaster, effect: notThere },
          line: 18,
          column: 43,
          suggestions: [{ messageId: 'remove', output: terms(on(controlPlane)) }],
        },
      ],
    },
    {
      code: terms(
        `${on(os, 'operator: In, values: [linux]')}, ${on(betaOs, 'operator: In, values: [linux, windows]')}`,
      ),
      output: null,
      errors: [{ messageId: 'deprecated', line: 18, column: 101, suggestions: [] }],
    },
    {
      code: preferences(on(master, absent)),
      output: null,
      errors: [
        {
          messageId: 'unset',
          data: { ...oldMaster, effect: misjudged },
          line: 17,
          column: 68,
          suggestions: 1,
        },
      ],
    },
    {
      // What is preferred chooses no node.
      code: terms(on(master)).replace(
        '      containers:',
        `          preferredDuringSchedulingIgnoredDuringExecution:
            - { weight: 1, preference: { matchExpressions: [${on(controlPlane)}] } }
      containers:`,
      ),
      output: null,
      errors: [{ messageId: 'unset', data: { ...oldMaster, effect: notThere }, line: 18, suggestions: 1 }],
    },
  ],
})
