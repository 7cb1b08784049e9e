import rule from '../../src/rules/rbac-cluster-admin.ts'
import { agent, bindingOf, bound, own, role } from '../rbac.ts'
import { ruleTester } from '../rule-tester.ts'

const admin = '{ apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }'
const all = "- apiGroups: ['*']\n  resources: ['*']\n  verbs: ['*']"
const everything = (parts: Partial<Parameters<typeof bound>[0]> = {}) => bound({ rules: all, ...parts })
const cluster = { name: 'agent', scope: 'the whole cluster' }
const namespace = { name: 'agent', scope: 'all of namespace `logging`' }

ruleTester.run('rbac-cluster-admin', rule, {
  valid: [
    bound({ rules: "- apiGroups: ['']\n  resources: [pods]\n  verbs: [get]" }),
    // No DaemonSet has it.
    bindingOf(admin),
    `${bindingOf(admin)}---\n${agent('other')}`,
    `${bindingOf(admin, '{ kind: ServiceAccount, name: agent, namespace: other }')}---\n${agent()}`,
    `${bindingOf(admin, '{ kind: User, name: agent }')}---\n${agent()}`,
    `${bindingOf(admin, '{ kind: Group, name: "system:serviceaccounts:other" }')}---\n${agent()}`,
    `${bindingOf(admin, '{ kind: ServiceAccount, name: "${ACCOUNT}", namespace: logging }')}---\n${agent()}`,
    `${bindingOf('{ kind: Role, name: cluster-admin }', own, 'RoleBinding')}---\n${agent()}`,
    `${bindingOf('{ kind: ClusterRole, name: view }')}---\n${agent()}`,
    everything({ account: '${ACCOUNT}' }),
    everything({ subject: '{ kind: ServiceAccount, name: other, namespace: logging }' }),
    // Not everything
    bound({ rules: "- apiGroups: ['']\n  resources: ['*']\n  verbs: ['*']" }),
    bound({ rules: "- apiGroups: ['*']\n  resources: [pods]\n  verbs: ['*']" }),
    bound({ rules: "- apiGroups: ['*']\n  resources: ['*']\n  verbs: [get]" }),
    bound({ rules: "- apiGroups: ['*']\n  resources: ['*']\n  verbs: ['*']\n  resourceNames: [agent]" }),
    bound({ rules: "- nonResourceURLs: ['*']\n  verbs: ['*']" }),
    // A shape that the API server refuses
    `${role('- everything')}---\n${agent()}`,
    role('').replace('rules:', 'rules: "*"'),
    { code: everything(), role: 'patch' },
  ],
  invalid: [
    {
      code: `${bindingOf(admin)}---\n${agent()}`,
      errors: [{ messageId: 'bound', data: cluster, line: 5, column: 74, endLine: 5, endColumn: 87 }],
    },
    {
      code: `${bindingOf(admin, own, 'RoleBinding')}---\n${agent()}`,
      errors: [{ messageId: 'bound', data: namespace, line: 6 }],
    },
    {
      code: `${bindingOf(admin, own, 'RoleBinding')}---\n${agent()}`.replace(
        '  namespace: logging\nroleRef',
        'roleRef',
      ),
      errors: [{ messageId: 'bound', data: { name: 'agent', scope: 'all of its namespace' } }],
    },
    {
      code: everything(),
      errors: [{ messageId: 'everything', data: cluster, line: 7, column: 17, endLine: 7, endColumn: 20 }],
    },
    {
      code: everything({ kind: 'Role' }),
      errors: [{ messageId: 'everything', data: namespace, line: 8 }],
    },
    { code: everything({ binding: 'RoleBinding' }), errors: [{ messageId: 'everything', data: namespace }] },
    // The subject is the account by another name.
    ...['system:serviceaccounts', 'system:serviceaccounts:logging', 'system:authenticated'].map((group) => ({
      code: `${bindingOf(admin, `{ kind: Group, name: '${group}' }`)}---\n${agent()}`,
      errors: [{ messageId: 'bound' }],
    })),
    {
      code: `${bindingOf(admin, "{ kind: User, name: 'system:serviceaccount:logging:agent' }")}---\n${agent()}`,
      errors: [{ messageId: 'bound' }],
    },
    {
      code: `${bindingOf(admin, '{ kind: ServiceAccount, name: default, namespace: logging }')}---\n${agent().replace('      serviceAccountName: agent\n', '')}`,
      errors: [{ messageId: 'bound' }],
    },
    {
      code: `${bindingOf(admin)}---\n${agent().replace('serviceAccountName', 'serviceAccount')}`,
      errors: [{ messageId: 'bound' }],
    },
    // Whoever applies it chooses the namespace.
    {
      code: `${bindingOf(admin)}---\n${agent().replace('  namespace: logging\n', '')}`,
      errors: [{ messageId: 'bound' }],
    },
    // In other files
    {
      code: role(all),
      files: {
        '/manifests/binding.yaml': bindingOf('{ kind: ClusterRole, name: agent }'),
        '/manifests/agent.yaml': agent(),
      },
      errors: [{ messageId: 'everything' }],
    },
    { code: bindingOf(admin), files: { '/manifests/agent.yaml': agent() }, errors: [{ messageId: 'bound' }] },
  ],
})
