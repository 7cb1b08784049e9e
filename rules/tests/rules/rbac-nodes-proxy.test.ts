import rule from '../../src/rules/rbac-nodes-proxy.ts'
import { bound } from '../rbac.ts'
import { ruleTester } from '../rule-tester.ts'

const lists = (resources: string, verbs = 'get', more = '') =>
  `- apiGroups: ['']\n  resources: [${resources}]\n  verbs: [${verbs}]${more}`
const rules = (...parts: Parameters<typeof lists>) => bound({ rules: lists(...parts) })
const block = (resources: string) =>
  bound({ rules: `- apiGroups:\n    - ''\n  resources:\n${resources}\n  verbs:\n    - get` })
const fine =
  '`nodes/metrics`, `nodes/stats`, `nodes/log`, or (since Kubernetes 1.33) `nodes/pods`, `nodes/healthz` or `nodes/configz`'

ruleTester.run('rbac-nodes-proxy', rule, {
  valid: [
    rules('nodes/metrics, nodes/stats, nodes/pods'),
    rules('services/proxy, pods/proxy'),
    rules('nodes/proxy', ''),
    rules('nodes/proxy', 'get', '\n  resourceNames: [node-1]'),
    bound({ rules: lists('nodes/proxy').replace("''", 'example.com') }),
    // A RoleBinding gives no rights to nodes.
    bound({ rules: lists('nodes/proxy'), binding: 'RoleBinding' }),
    bound({ rules: lists('nodes/proxy'), account: 'other' }),
  ],
  invalid: [
    {
      code: rules('nodes/metrics, nodes/proxy'),
      errors: [
        {
          messageId: 'proxy',
          data: { item: 'nodes/proxy', name: 'agent', instead: fine },
          line: 7,
          column: 32,
          endLine: 7,
          endColumn: 43,
          suggestions: [
            { messageId: 'pods', output: rules('nodes/metrics, nodes/pods') },
            { messageId: 'remove', data: { item: 'nodes/proxy' }, output: rules('nodes/metrics') },
          ],
        },
      ],
    },
    {
      code: block('    - nodes/proxy'),
      errors: [
        {
          messageId: 'proxy',
          line: 9,
          column: 9,
          suggestions: [{ messageId: 'pods', output: block('    - nodes/pods') }],
        },
      ],
    },
    {
      code: block('    - nodes/pods\n    - nodes/proxy'),
      errors: [
        { messageId: 'proxy', suggestions: [{ messageId: 'remove', output: block('    - nodes/pods') }] },
      ],
    },
    {
      code: rules("'*/proxy'", "'*'"),
      errors: [
        { messageId: 'proxy', data: { item: '*/proxy', name: 'agent', instead: fine }, suggestions: [] },
      ],
    },
    // Before 1.33 the kubelet asks for `nodes/proxy` where it is asked for pods.
    {
      code: rules('nodes/proxy'),
      settings: { kubernetesVersion: ['1.32', '1.36'] },
      errors: [
        {
          messageId: 'proxy',
          data: {
            item: 'nodes/proxy',
            name: 'agent',
            instead: '`nodes/metrics`, `nodes/stats` or `nodes/log`',
          },
          suggestions: [],
        },
      ],
    },
  ],
})
