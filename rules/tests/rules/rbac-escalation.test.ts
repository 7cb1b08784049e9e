import rule from '../../src/rules/rbac-escalation.ts'
import { bound } from '../rbac.ts'
import { ruleTester } from '../rule-tester.ts'

const lists = (group: string, resources: string, verbs: string) =>
  `- apiGroups: ['${group}']\n  resources: [${resources}]\n  verbs: [${verbs}]`
const rules = (...parts: Parameters<typeof lists>) => bound({ rules: lists(...parts) })
const rbac = 'rbac.authorization.k8s.io'
const admission = 'admissionregistration.k8s.io'
const named = '`resourceNames`'
const atInstallation = 'the configurations made at installation, and `resourceNames` on `update` and `patch`'
const error = (messageId: string, item: string, expected = named) => [
  { messageId, data: { name: 'agent', item, expected } },
]

ruleTester.run('rbac-escalation', rule, {
  valid: [
    rules('', 'pods, nodes', 'get, list, watch, update, patch'),
    // What it does not have it cannot give.
    rules(rbac, 'clusterroles, clusterrolebindings', 'create, update, patch'),
    rules('example.com', 'widgets', 'bind, impersonate, escalate'),
    // Verbs of another API group's own
    rules('metal.example.com', "'*'", 'get, bind, impersonate, escalate'),
    rules('', 'roles', 'bind, escalate'),
    rules(rbac, 'users', 'impersonate'),
    // These say more of a user, and make nobody another.
    rules('authentication.k8s.io', "'*'", 'impersonate'),
    // That holds for the rights it has.
    rules(rbac, 'clusterrolebindings', "'*'"),
    rules('example.com', 'clusterroles', "'*'"),
    bound({ rules: `${lists(rbac, 'clusterroles', "'*'")}\n  resourceNames: [agent]` }),
    rules('', 'serviceaccounts/token', 'get'),
    rules('', 'pods/exec', 'get'),
    rules('', 'pods/log', 'get, create'),
    rules('', 'pods/ephemeralcontainers', 'get'),
    rules('example.com', 'pods', 'create'),
    rules('apps', 'daemonsets', 'get, delete'),
    rules('batch', 'jobs', 'get, patch'),
    rules(admission, 'mutatingwebhookconfigurations', 'get, list'),
    // In one namespace, or for objects of certain names
    bound({ rules: lists('', 'pods', 'create'), binding: 'RoleBinding' }),
    bound({ rules: `${lists('', 'serviceaccounts/token', 'create')}\n  resourceNames: [agent-cni]` }),
    bound({ rules: lists('', 'pods', 'create'), account: 'other' }),
  ],
  invalid: [
    {
      code: rules(rbac, 'clusterroles', 'get, bind'),
      errors: [
        {
          messageId: 'escalate',
          data: { name: 'agent', item: 'bind', expected: named },
          line: 8,
          column: 18,
          endLine: 8,
          endColumn: 22,
        },
      ],
    },
    { code: rules(rbac, 'roles', 'escalate'), errors: error('escalate', 'escalate') },
    {
      code: rules(rbac, 'clusterrolebindings, clusterroles', "'*'"),
      errors: [
        {
          ...error('escalate', '*', 'the verbs it uses, and `resourceNames`')[0],
          line: 8,
          column: 13,
          endLine: 8,
          endColumn: 16,
        },
      ],
    },
    { code: rules('*', 'roles', "'*'"), errors: [{ messageId: 'escalate' }] },
    {
      // What is created has no name yet.
      code: rules(admission, 'mutatingwebhookconfigurations', 'get, create, update'),
      errors: error('webhook', 'mutatingwebhookconfigurations', atInstallation),
    },
    {
      code: rules(admission, 'mutatingwebhookconfigurations', "'*'"),
      errors: error('webhook', 'mutatingwebhookconfigurations', atInstallation),
    },
    {
      code: rules('', 'users, groups, serviceaccounts', 'impersonate'),
      errors: [{ ...error('impersonate', 'impersonate')[0], line: 8, column: 13 }],
    },
    {
      code: rules('', 'pods, serviceaccounts/token', 'create'),
      errors: [
        {
          messageId: 'workload',
          data: { name: 'agent', item: 'pods', expected: named },
          line: 7,
          column: 17,
        },
        {
          messageId: 'token',
          data: { name: 'agent', item: 'serviceaccounts/token', expected: named },
          line: 7,
          column: 23,
          endLine: 7,
          endColumn: 44,
        },
      ],
    },
    { code: rules('', 'pods/exec', 'create'), errors: error('exec', 'pods/exec') },
    {
      code: rules('', 'pods/exec', 'get'),
      settings: { kubernetesVersion: ['1.34', '1.36'] },
      errors: [{ ...error('exec', 'pods/exec')[0], line: 7, column: 17 }],
    },
    { code: rules('', 'pods/attach', "'*'"), errors: error('exec', 'pods/attach') },
    {
      code: rules('', 'pods/ephemeralcontainers', 'patch'),
      errors: error('exec', 'pods/ephemeralcontainers'),
    },
    { code: rules('apps', 'daemonsets', 'patch'), errors: error('workload', 'daemonsets') },
    { code: rules('batch', 'jobs', 'create'), errors: error('workload', 'jobs') },
    {
      code: rules(admission, 'validatingwebhookconfigurations', 'update'),
      errors: [{ ...error('webhook', 'validatingwebhookconfigurations')[0], line: 7, column: 17 }],
    },
    {
      code: rules(rbac, "'*'", 'get, bind'),
      errors: [{ ...error('escalate', 'bind')[0], line: 8, column: 18, endLine: 8, endColumn: 22 }],
    },
    {
      code: rules('*', 'users', 'impersonate'),
      errors: [{ ...error('impersonate', 'impersonate')[0], line: 8, column: 13 }],
    },
    {
      code: rules('', "'*'", 'impersonate'),
      errors: [{ ...error('impersonate', 'impersonate')[0], line: 8, column: 13 }],
    },
  ],
})
