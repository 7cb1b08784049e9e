import rule from '../../src/rules/tolerates-everything.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const everything = 'tolerations:\n  - operator: Exists'
const withImage = (image: string) => daemonSet({ spec: everything, container: `image: ${image}` })
const mounting = (path: string) =>
  daemonSet({
    spec: `${everything}\nvolumes: [{ name: host, hostPath: { path: ${path} } }]`,
    container: 'image: example.com/agent:1\nvolumeMounts: [{ name: host, mountPath: /host }]',
  })
const term = (operator: string) =>
  `{ matchExpressions: [{ key: node-role.kubernetes.io/control-plane, operator: ${operator} }] }`
const choosing = (terms: string) =>
  `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [${terms}] } } }`

ruleTester.run('tolerates-everything', rule, {
  valid: [
    daemonSet(),
    daemonSet({ spec: 'tolerations:\n  - operator: Exists\n    effect: NoSchedule' }),
    daemonSet({ spec: 'tolerations:\n  - operator: Exists\n    key: example.com/gpu' }),
    daemonSet({ spec: 'tolerations:\n  - operator: Exists\n    key: ${KEY}' }),
    daemonSet({ spec: 'tolerations:\n  - operator: ${OPERATOR}' }),
    daemonSet({ spec: `${everything}\npriorityClassName: system-node-critical` }),
    daemonSet({ spec: `${everything}\npriorityClassName: \${CLASS}` }),
    withImage('quay.io/calico/node:v3.32.1'),
    withImage('registry.k8s.io/dns/k8s-dns-node-cache:1.26.7'),
    withImage('gcr.io/gke-release/nvidia-partition-gpu:1'),
    // It sets up the node and then waits.
    daemonSet({
      spec: `${everything}\ninitContainers: [{ name: set-up, image: "s:1" }]`,
      container: 'image: registry.k8s.io/pause:3.10',
    }),
    // Of these nodes the taints are known, and they are few.
    ...[
      'nodeSelector: { node-role.kubernetes.io/master: "" }',
      'nodeSelector: { node-role.kubernetes.io/control-plane: "", kubernetes.io/os: linux }',
      'nodeSelector: "${SELECTOR}"',
      choosing(`${term('Exists')}, ${term('In').replace('control-plane', 'master')}`),
      choosing('"${TERM}"'),
    ].map((spec) => daemonSet({ spec: `${everything}\n${spec}` })),
    mounting('/opt/cni/bin'),
    mounting('/var/lib/kubelet/plugins_registry/'),
    mounting('/var/snap/microk8s/common/var/lib/kubelet/device-plugins'),
  ],
  invalid: [
    // Not for the control plane, or not for it alone
    ...[
      choosing(`${term('Exists')}, { matchExpressions: [{ key: gpu, operator: Exists }] }`),
      choosing(term('DoesNotExist')),
      'nodeSelector: { node-role.kubernetes.io/worker: "" }',
    ].map((spec) => ({
      code: daemonSet({ spec: `${everything}\n${spec}` }),
      errors: [{ messageId: 'everything' as const, suggestions: null }],
    })),
    // It has no init containers to set up the node.
    { code: withImage('registry.k8s.io/pause:3.10'), errors: [{ messageId: 'everything' }] },
    {
      code: daemonSet({ spec: everything }),
      errors: [
        {
          messageId: 'everything',
          line: 15,
          column: 11,
          endLine: 15,
          endColumn: 19,
          suggestions: [
            {
              messageId: 'controlPlane',
              output: daemonSet({
                spec: `tolerations:
  - key: node-role.kubernetes.io/control-plane
    operator: Exists
    effect: NoSchedule`,
              }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: 'priorityClassName: agents\ntolerations: [{ operator: Exists }]' }),
      errors: [{ messageId: 'everything', line: 15, column: 23, endLine: 15, endColumn: 31 }],
    },
    { code: withImage('fluent/fluent-bit:5.1.1'), errors: [{ messageId: 'everything' }] },
    { code: mounting('/var/lib/kubelet/pods'), errors: [{ messageId: 'everything' }] },
    {
      // These nodes may have taints of their own.
      code: daemonSet({
        spec: 'nodeSelector:\n  example.com/pool: gpu\ntolerations:\n  - operator: Exists',
      }),
      errors: [{ messageId: 'everything', suggestions: null }],
    },
  ],
})
