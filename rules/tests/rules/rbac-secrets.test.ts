import rule from '../../src/rules/rbac-secrets.ts'
import { agent, bindingOf, bound, role } from '../rbac.ts'
import { ruleTester } from '../rule-tester.ts'

const reading = (resources: string, verbs: string, more = '') =>
  `- apiGroups: ['']\n  resources: [${resources}]\n  verbs: [${verbs}]${more}`
const builtIn = (name: string, kind?: string) =>
  `${bindingOf(`{ kind: ClusterRole, name: ${name} }`, undefined, kind)}---\n${agent()}`
/** For the rule to run at all. */
const unbound = role(reading('secrets', 'get')).replace('name: agent', 'name: unbound')

ruleTester.run('rbac-secrets', rule, {
  valid: [
    bound({ rules: reading('configmaps', 'get') }),
    bound({ rules: reading('secrets', 'create, delete') }),
    bound({ rules: reading('secrets', 'get', '\n  resourceNames: [agent]') }),
    bound({ rules: reading('secrets', 'get', '\n  resourceNames: ${NAMES}') }),
    bound({ rules: reading('secrets', 'get').replace("''", 'example.com') }),
    // In one namespace
    `${bound({ rules: reading('secrets', 'get'), kind: 'Role' })}---\n${unbound}`,
    bound({ rules: reading('secrets', 'get'), binding: 'RoleBinding' }),
    bound({ rules: reading('secrets', 'get'), account: 'other' }),
    `${builtIn('edit', 'RoleBinding')}---\n${unbound}`,
    builtIn('view'),
    // another rule's
    builtIn('cluster-admin'),
  ],
  invalid: [
    {
      code: bound({ rules: reading('pods, secrets', 'get') }),
      errors: [
        { messageId: 'secrets', data: { name: 'agent' }, line: 7, column: 23, endLine: 7, endColumn: 30 },
      ],
    },
    ...['list', 'watch', "'*'"].map((verb) => ({
      code: bound({ rules: reading('secrets', verb) }),
      errors: [{ messageId: 'secrets' }],
    })),
    {
      code: bound({ rules: reading('secrets', 'get').replace("''", "'*'") }),
      errors: [{ messageId: 'secrets' }],
    },
    {
      code: builtIn('edit'),
      errors: [
        {
          messageId: 'role',
          data: { name: 'agent', role: 'edit' },
          line: 5,
          column: 37,
          endLine: 5,
          endColumn: 41,
        },
      ],
    },
    { code: builtIn('admin'), errors: [{ messageId: 'role' }] },
  ],
})
