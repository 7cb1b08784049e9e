import { expect, it } from 'vitest'
import rule from '../../src/rules/removed-api.ts'
import { lintWith } from '../lint.ts'
import { ruleTester } from '../rule-tester.ts'

const resource = (apiVersion: string, kind: string, more = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: agent\n${more}`
const rbac = (version: string, kind = 'ClusterRole') =>
  resource(
    `rbac.authorization.k8s.io/${version}`,
    kind,
    'rules:\n  - apiGroups: [""]\n    resources: [nodes]\n    verbs: [get]\n',
  )
const budget = (version: string, selector = 'selector:\n    matchLabels:\n      app: agent') =>
  resource(`policy/${version}`, 'PodDisruptionBudget', `spec:\n  minAvailable: 1\n  ${selector}\n`)
const flow = (version: string) =>
  resource(`flowcontrol.apiserver.k8s.io/${version}`, 'FlowSchema', 'spec:\n  matchingPrecedence: 1000\n')
const deployment = (apiVersion: string, selector = '  selector:\n    matchLabels:\n      app: agent\n') =>
  resource(
    apiVersion,
    'Deployment',
    `spec:\n${selector}  template:\n    metadata:\n      labels:\n        app: agent\n    spec:\n      containers:\n        - name: agent\n          image: agent:1.2.3\n`,
  )
const fixed = (code: string, output: string, messageId = 'removed') => ({
  code,
  errors: [{ messageId }],
  output,
})
const unmoved = (code: string) => ({ code, errors: [{ messageId: 'refused', suggestions: [] }] })

ruleTester.run('removed-api', rule, {
  valid: [
    rbac('v1'),
    // a kind of another group
    resource('example.com/v1beta1', 'PriorityClass'),
    resource('${API}', 'ClusterRole'),
    deployment('apps/v1'),
    { code: flow('v1beta3'), settings: { kubernetesVersion: '1.29-1.31' } },
    { code: flow('v1'), settings: { kubernetesVersion: '1.32' } },
    // It says what it is a patch of.
    { code: rbac('v1beta1'), role: 'patch' },
  ],
  invalid: [
    {
      code: rbac('v1beta1'),
      errors: [
        {
          messageId: 'removed',
          data: {
            version: '1.22',
            apiVersion: 'rbac.authorization.k8s.io/v1beta1',
            kind: 'ClusterRole',
            name: 'agent',
            successor: 'rbac.authorization.k8s.io/v1',
          },
          line: 1,
          column: 13,
          endLine: 1,
          endColumn: 46,
        },
      ],
      output: rbac('v1'),
    },
    fixed(rbac('v1beta1', 'RoleBinding'), rbac('v1', 'RoleBinding')),
    fixed(
      resource('"scheduling.k8s.io/v1beta1"', 'PriorityClass', 'value: 1000\n'),
      resource('"scheduling.k8s.io/v1"', 'PriorityClass', 'value: 1000\n'),
    ),
    fixed(
      '{ apiVersion: storage.k8s.io/v1beta1, kind: CSIDriver, metadata: { name: disk.example.com }, spec: { attachRequired: false } }\n',
      '{ apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: { name: disk.example.com }, spec: { attachRequired: false } }\n',
    ),
    fixed(
      resource('node.k8s.io/v1beta1', 'RuntimeClass', 'handler: gvisor\n'),
      resource('node.k8s.io/v1', 'RuntimeClass', 'handler: gvisor\n'),
    ),
    fixed(
      resource('batch/v1beta1', 'CronJob', 'spec:\n  schedule: "@daily"\n'),
      resource('batch/v1', 'CronJob', 'spec:\n  schedule: "@daily"\n'),
      'refused',
    ),
    // An empty selector selects all pods now, and selected none.
    fixed(budget('v1beta1'), budget('v1'), 'refused'),
    fixed(budget('v1beta1', 'maxUnavailable:'), budget('v1', 'maxUnavailable:'), 'refused'),
    {
      code: budget('v1beta1', 'selector: {}'),
      errors: [
        {
          messageId: 'refused',
          suggestions: [
            { messageId: 'move', data: { successor: 'policy/v1' }, output: budget('v1', 'selector: {}') },
          ],
        },
      ],
    },
    {
      code: budget('v1beta1', 'selector:\n    matchLabels: {}'),
      errors: [
        {
          messageId: 'refused',
          suggestions: [{ messageId: 'move', output: budget('v1', 'selector:\n    matchLabels: {}') }],
        },
      ],
    },
    {
      code: budget('v1beta1', 'selector:\n    matchLabels:\n      app: ${APP}'),
      errors: [
        {
          messageId: 'refused',
          suggestions: [
            {
              messageId: 'move',
              output: budget('v1', 'selector:\n    matchLabels:\n      app: ${APP}'),
            },
          ],
        },
      ],
    },
    {
      code: deployment('extensions/v1beta1'),
      errors: [{ messageId: 'refused', suggestions: [{ messageId: 'move', output: deployment('apps/v1') }] }],
    },
    unmoved(deployment('apps/v1beta2', '')),
    {
      // The daemon runs as well without it.
      code: resource('autoscaling/v2beta1', 'HorizontalPodAutoscaler', 'spec: {}\n'),
      errors: [
        {
          messageId: 'refused',
          data: {
            version: '1.25',
            apiVersion: 'autoscaling/v2beta1',
            kind: 'HorizontalPodAutoscaler',
            name: 'agent',
            successor: 'autoscaling/v2',
          },
          line: 1,
          column: 13,
          endLine: 1,
          endColumn: 32,
          suggestions: [],
        },
      ],
    },
    {
      code: resource(
        'apiextensions.k8s.io/v1beta1',
        'CustomResourceDefinition',
        'spec:\n  group: example.com\n',
      ),
      errors: [
        {
          messageId: 'definition',
          data: {
            version: '1.22',
            apiVersion: 'apiextensions.k8s.io/v1beta1',
            kind: 'CustomResourceDefinition',
            name: 'agent',
            successor: 'apiextensions.k8s.io/v1',
          },
          line: 1,
          column: 13,
          endLine: 1,
          endColumn: 41,
          suggestions: [],
        },
      ],
    },
    unmoved(resource('extensions/v1beta1', 'Ingress', 'spec: {}\n')),
    {
      code: resource('policy/v1beta1', 'PodSecurityPolicy', 'spec: {}\n'),
      errors: [
        {
          messageId: 'gone',
          data: {
            version: '1.25',
            apiVersion: 'policy/v1beta1',
            kind: 'PodSecurityPolicy',
            name: 'agent',
            successor: '',
          },
          line: 1,
          column: 13,
          endLine: 1,
          endColumn: 27,
          suggestions: [],
        },
      ],
    },
    // One of the versions in question is enough.
    {
      code: flow('v1beta3'),
      settings: { kubernetesVersion: '1.31-1.32' },
      errors: [{ messageId: 'removed', suggestions: [{ messageId: 'move', output: flow('v1') }] }],
    },
    {
      code: `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: scheduling.k8s.io/v1beta1\n    kind: PriorityClass\n    metadata:\n      name: agent\n    value: 1000\n`,
      errors: [{ messageId: 'removed', line: 4, column: 17 }],
      output: `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: scheduling.k8s.io/v1\n    kind: PriorityClass\n    metadata:\n      name: agent\n    value: 1000\n`,
    },
  ],
})

it('leaves DaemonSets to the check of the API server', () => {
  const text = deployment('extensions/v1beta1').replace('Deployment', 'DaemonSet')
  const ids = lintWith(text, { 'removed-api': 'error' }).map(({ ruleId }) => ruleId)
  expect(ids).toEqual(['api-server/removed-api-version'])
})
