import rule from '../../src/rules/taint-coverage.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

ruleTester.run('taint-coverage', rule, {
  valid: [
    // The API server refuses a pod without containers.
    daemonSet().replace(/ {4}spec:[\s\S]*/, '    spec: { dnsPolicy: Default }\n'),
    daemonSet().replace(/ {4}spec:[\s\S]*/, '    spec: { containers: [] }\n'),
    daemonSet({ spec: 'tolerations:\n  - key: gpu\n    operator: Exists' }),
    daemonSet({ spec: 'tolerations: ${TOLERATIONS}' }),
    // These nodes are meant, and perhaps they have no taints.
    daemonSet({ spec: 'nodeSelector:\n  example.com/pool: workers' }),
    daemonSet({ spec: 'nodeSelector:\n  example.com/pool: ${POOL}' }),
    daemonSet({ spec: 'nodeName: node-1' }),
    // Somebody has decided.
    daemonSet({ spec: '# tolerations:\n# - operator: Exists\nhostPID: true' }),
    daemonSet({ spec: 'nodeSelector:\n  kubernetes.io/os: windows' }),
  ],
  invalid: [
    {
      code: daemonSet(),
      errors: [
        {
          messageId: 'none',
          data: { name: 'agent' },
          line: 13,
          column: 5,
          endLine: 13,
          endColumn: 9,
          suggestions: [
            {
              messageId: 'controlPlane',
              output: `${daemonSet()}      tolerations:
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
      code: daemonSet({ spec: 'tolerations: []' }),
      errors: [
        {
          messageId: 'none',
          line: 14,
          column: 7,
          suggestions: [
            {
              messageId: 'controlPlane',
              output: daemonSet({
                spec: 'tolerations:\n  - key: node-role.kubernetes.io/control-plane\n    operator: Exists\n    effect: NoSchedule',
              }),
            },
          ],
        },
      ],
    },
    // The controller adds it to all pods.
    {
      code: daemonSet({
        spec: 'tolerations:\n  - key: node.kubernetes.io/not-ready\n    operator: Exists\n    effect: NoExecute\n    tolerationSeconds: 60',
      }),
      errors: [{ messageId: 'none', line: 14, column: 7, suggestions: 1 }],
    },
    {
      code: daemonSet({ spec: 'nodeSelector:\n  kubernetes.io/os: linux' }),
      settings: { cluster: { controlPlaneNodes: false } },
      errors: [{ messageId: 'none', suggestions: null }],
    },
  ],
})
