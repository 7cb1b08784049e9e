import rule from '../../src/rules/control-plane-coverage.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const agent = (spec?: string, image = 'quay.io/prometheus/node-exporter:v1.12.1') =>
  daemonSet({ spec, container: `image: ${image}` })

ruleTester.run('control-plane-coverage', rule, {
  valid: [
    // The provider keeps the control plane.
    { code: agent(), settings: { cluster: { controlPlaneNodes: false } } },
    agent('tolerations:\n  - operator: Exists'),
    agent('tolerations:\n  - effect: NoSchedule\n    operator: Exists'),
    agent('tolerations:\n  - key: node-role.kubernetes.io/control-plane'),
    agent('tolerations: [{ key: node-role.kubernetes.io/control-plane, operator: Exists }]'),
    agent('tolerations:\n  - key: ${KEY}\n    operator: Exists'),
    agent('tolerations: ${TOLERATIONS}'),
    agent('nodeSelector:\n  example.com/pool: workers'),
    agent('nodeSelector:\n  example.com/pool: ${POOL}'),
    agent('nodeName: node-1'),
    agent('nodeSelector:\n  kubernetes.io/os: windows'),
    agent(`affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
        - matchExpressions:
            - { key: node-role.kubernetes.io/control-plane, operator: DoesNotExist }`),
    // Somebody has decided.
    agent('# tolerations:\n# - key: example.com/gpu\nhostPID: true'),
    agent('# not on nodes with node-role.kubernetes.io/master\nhostPID: true'),
    agent('hostPID: true # without node-role.kubernetes.io/control-plane'),
    `${agent()}      #tolerations:\n`,
    // Nothing says that every node needs these.
    agent(undefined, 'example.com/agent:1.4.2'),
    agent(undefined, '${IMAGE}'),
    agent(undefined, 'nvcr.io/nvidia/k8s-device-plugin:v0.20.0'),
  ],
  invalid: [
    {
      code: agent(),
      errors: [
        {
          messageId: 'missing',
          data: { agent: 'node-exporter' },
          line: 13,
          column: 5,
          endLine: 13,
          endColumn: 9,
          suggestions: [
            {
              messageId: 'append',
              output: `${agent()}      tolerations:
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
      code: agent('tolerations:\n  - key: example.com/gpu\n    operator: Exists'),
      errors: [{ messageId: 'missing', line: 14, column: 7, endLine: 14, endColumn: 18 }],
    },
    // `Equal`, the default, needs the same value.
    {
      code: agent('tolerations: [{ key: node-role.kubernetes.io/control-plane, value: "true" }]'),
      errors: [{ messageId: 'missing' }],
    },
    {
      code: agent(
        'tolerations: [{ key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoExecute }]',
      ),
      errors: [{ messageId: 'missing' }],
    },
    {
      code: agent('nodeSelector:\n  kubernetes.io/os: linux', 'fluent/fluent-bit:5.1.1'),
      errors: [{ messageId: 'missing', data: { agent: 'Fluent Bit' } }],
    },
    // A comment of another resource, and others.
    {
      code: `# tolerations:\n# - operator: Exists\nkind: ConfigMap\n---\n${agent()}`,
      errors: [{ messageId: 'missing' }],
    },
    { code: agent('# a toleration is not needed\nhostPID: true'), errors: [{ messageId: 'missing' }] },
    {
      // A CNI agent by what it mounts.
      code: daemonSet({
        spec: 'volumes: [{ name: cni, hostPath: { path: /etc/cni/net.d/ } }]',
        container: 'image: example.com/cni:1\nvolumeMounts: [{ name: cni, mountPath: /cni }]',
      }),
      errors: [{ messageId: 'missing', data: { agent: 'this network agent' } }],
    },
  ],
})
