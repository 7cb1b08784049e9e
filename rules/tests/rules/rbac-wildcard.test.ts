import rule from '../../src/rules/rbac-wildcard.ts'
import { agent, bindingOf, bound, role } from '../rbac.ts'
import { ruleTester } from '../rule-tester.ts'

const lists = (apiGroups: string, resources: string, verbs: string) =>
  `- apiGroups: [${apiGroups}]\n  resources: [${resources}]\n  verbs: [${verbs}]`
const rules = (...parts: Parameters<typeof lists>) => bound({ rules: lists(...parts) })
const data = { name: 'agent' }

ruleTester.run('rbac-wildcard', rule, {
  valid: [
    rules("''", 'pods', 'get, list, watch'),
    // Nothing here runs with it.
    role(lists("''", "'*'", 'get')),
    `${role(lists("''", "'*'", 'get'))}---\n${bindingOf('{ kind: ClusterRole, name: other }')}---\n${agent()}`,
    bound({ rules: lists("''", "'*'", 'get'), account: 'other' }),
    bound({ rules: lists("''", "'*'", 'get'), account: '${ACCOUNT}' }),
    // of its own resources, in one namespace
    bound({ kind: 'Role', rules: lists('example.com, cilium.io', 'widgets', "'*'") }),
    bound({ kind: 'Role', rules: lists('"${GROUP}"', 'widgets', "'*'") }),
    // `rbac-escalation` speaks of it
    rules('rbac.authorization.k8s.io', 'clusterroles', "'*'"),
    // cluster-admin's, and another rule's
    rules("'*'", "'*'", "'*'"),
    bound({ rules: "- nonResourceURLs: ['*']\n  verbs: ['*']" }),
    // not a wildcard of RBAC
    rules("''", 'pods/*', 'get'),
    { code: rules('example.com', 'leases', "'*'"), options: [{ allowApiGroups: ['*.com'] }] },
  ],
  invalid: [
    {
      code: rules('example.com', "'*'", "'*'"),
      errors: [{ messageId: 'both', data, line: 7, column: 17, endLine: 7, endColumn: 20 }],
    },
    // Not of its own alone, or not in one namespace alone
    ...['apps', "example.com, ''", 'rbac.authorization.k8s.io'].map((groups) => ({
      code: bound({ kind: 'Role', rules: lists(groups, 'leases', "'*'") }),
      errors: [{ messageId: 'verbs' as const }],
    })),
    {
      code: bound({ kind: 'Role', rules: lists('example.com', "'*'", 'get') }),
      errors: [{ messageId: 'resources' }],
    },
    { code: rules('example.com', 'widgets', "'*'"), errors: [{ messageId: 'verbs' }] },
    // In one namespace it is no escalation that the other rule speaks of.
    {
      code: bound({
        rules: lists('rbac.authorization.k8s.io', 'clusterroles', "'*'"),
        binding: 'RoleBinding',
      }),
      errors: [{ messageId: 'verbs' }],
    },
    {
      code: rules("''", "pods, '*'", 'get'),
      errors: [{ messageId: 'resources', data, line: 7, column: 23, endLine: 7, endColumn: 26 }],
    },
    {
      code: rules("'*'", 'leases', 'get'),
      errors: [{ messageId: 'apiGroups', data, line: 6, column: 17, endLine: 6, endColumn: 20 }],
    },
    {
      code: bound({ rules: "- apiGroups:\n    - apps\n  resources:\n    - daemonsets\n  verbs:\n    - '*'" }),
      errors: [{ messageId: 'verbs', data, line: 11, column: 9, endLine: 11, endColumn: 12 }],
    },
    // Each of them, the widest place of each
    {
      code: bound({ rules: `${lists("'*'", "'*'", 'get')}\n${lists("'*'", 'leases', "'*'")}` }),
      errors: [
        { messageId: 'resources', line: 7 },
        { messageId: 'apiGroups', line: 9 },
      ],
    },
    { code: bound({ kind: 'Role', rules: lists("''", 'leases', "'*'") }), errors: [{ messageId: 'verbs' }] },
    // For objects of certain names it is one still.
    {
      code: bound({ rules: `${lists("'*'", "'*'", "'*'")}\n  resourceNames: [agent]` }),
      errors: [{ messageId: 'both' }],
    },
    // One of the groups is not allowed.
    {
      code: rules("example.com, ''", 'leases', "'*'"),
      options: [{ allowApiGroups: ['example.com'] }],
      errors: [{ messageId: 'verbs' }],
    },
    {
      code: role(lists("''", "'*'", 'get')),
      files: { '/manifests/rest.yaml': `${bindingOf('{ kind: ClusterRole, name: agent }')}---\n${agent()}` },
      errors: [{ messageId: 'resources' }],
    },
  ],
})
