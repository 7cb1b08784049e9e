import rule from '../../src/rules/node-name.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const long = `${'a'.repeat(40)}.${'b'.repeat(40)}`

ruleTester.run('node-name', rule, {
  valid: [
    daemonSet(),
    daemonSet({ spec: "nodeName: ''" }),
    daemonSet({ spec: 'nodeName:' }),
    daemonSet({ spec: 'nodeName: ${NODE}' }),
    daemonSet({ spec: 'nodeSelector:\n  kubernetes.io/hostname: worker-1' }),
  ],
  invalid: [
    {
      code: daemonSet({ spec: 'nodeName: worker-1' }),
      errors: [
        {
          messageId: 'pinned',
          data: { name: 'agent', node: 'worker-1' },
          line: 14,
          column: 17,
          endLine: 14,
          endColumn: 25,
          suggestions: [
            {
              messageId: 'select',
              output: `${daemonSet()}      nodeSelector:\n        kubernetes.io/hostname: worker-1\n`,
            },
            {
              messageId: 'all',
              data: { os: 'linux', more: ', those of the control plane too' },
              output: `${daemonSet()}      nodeSelector:
        kubernetes.io/os: linux
      tolerations:
        - key: node-role.kubernetes.io/control-plane
          operator: Exists
          effect: NoSchedule
`,
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: 'nodeName: worker-1\nnodeSelector: { kubernetes.io/os: linux }' }),
      errors: [
        {
          messageId: 'pinned',
          suggestions: [
            {
              messageId: 'select',
              output: daemonSet({
                spec: 'nodeSelector: { kubernetes.io/os: linux, kubernetes.io/hostname: worker-1 }',
              }),
            },
            { messageId: 'remove', output: daemonSet({ spec: 'nodeSelector: { kubernetes.io/os: linux }' }) },
          ],
        },
      ],
    },
    {
      // The label is chosen already, or cannot be that long.
      code: daemonSet({ spec: 'nodeName: worker-1\nnodeSelector: { kubernetes.io/hostname: worker-2 }' }),
      errors: [
        {
          messageId: 'pinned',
          suggestions: [
            {
              messageId: 'remove',
              output: daemonSet({ spec: 'nodeSelector: { kubernetes.io/hostname: worker-2 }' }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: `nodeName: ${long}\nos: { name: windows }` }),
      errors: [
        {
          messageId: 'pinned',
          suggestions: [
            {
              messageId: 'all',
              data: { os: 'windows', more: '' },
              output: `${daemonSet({ spec: 'os: { name: windows }' })}      nodeSelector:\n        kubernetes.io/os: windows\n`,
            },
          ],
        },
      ],
    },
    {
      // The name may come from the base as well.
      code: daemonSet({ spec: 'nodeName: worker-1' }),
      role: 'patch',
      errors: [{ messageId: 'pinned', suggestions: [] }],
    },
  ],
})
