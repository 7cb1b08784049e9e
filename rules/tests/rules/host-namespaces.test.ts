import rule from '../../src/rules/host-namespaces.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = (spec: string, image = 'example.com/agent:1', more = '') =>
  daemonSet({ spec, container: `image: ${image}${more && `\n${more}`}` })
const without = (field: string) => `Expected no \`${field}\`, or a disable comment that says why.`

ruleTester.run('host-namespaces', rule, {
  valid: [
    daemonSet(),
    pod('hostPID: false\nhostIPC: false\nhostNetwork: false'),
    pod('hostPID: ${HOST_PID}'),
    pod('hostPID: true', '"${IMAGE}"'),
    // Their work asks for it.
    pod('hostPID: true\nhostNetwork: true', 'quay.io/prometheus/node-exporter:v1.10.2'),
    pod('hostPID: true\nhostNetwork: true', 'quay.io/cilium/cilium:v1.20.0'),
    pod('hostNetwork: true', 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.7'),
    pod('hostIPC: true\nhostPID: true', 'quay.io/cephcsi/cephcsi:v3.16.0'),
    pod(
      'hostPID: true\nvolumes: [{ name: trace, hostPath: { path: /sys/kernel/tracing } }]',
      'example.com/agent:1',
      'volumeMounts: [{ name: trace, mountPath: /trace, readOnly: true }]',
    ),
    daemonSet({
      spec: 'hostPID: true\ninitContainers: [{ name: i, image: "i:1" }]',
      container: 'image: registry.k8s.io/pause:3.10',
    }),
    // Windows' host processes have to be there.
    pod('hostNetwork: true\nsecurityContext: { windowsOptions: { hostProcess: true } }'),
    pod('hostNetwork: true\nsecurityContext: { windowsOptions: { hostProcess: "${HOST}" } }'),
  ],
  invalid: [
    {
      code: pod('hostNetwork: true\nhostPID: true\nhostIPC: true'),
      errors: [
        {
          messageId: 'hostNetwork',
          data: { expected: without('hostNetwork') },
          line: 14,
          column: 20,
          endLine: 14,
          endColumn: 24,
          suggestions: [],
        },
        {
          messageId: 'hostPID',
          data: { expected: without('hostPID') },
          line: 15,
          column: 16,
          suggestions: [
            {
              messageId: 'remove',
              data: { field: 'hostPID' },
              output: pod('hostNetwork: true\nhostIPC: true'),
            },
          ],
        },
        { messageId: 'hostIPC', data: { expected: without('hostIPC') }, line: 16, column: 16 },
      ],
    },
    {
      code: pod('hostNetwork: true', 'fluent/fluent-bit:5.1.1'),
      errors: [{ messageId: 'hostNetwork', data: { expected: 'Fluent Bit works without: it reads files.' } }],
    },
    {
      code: pod('hostPID: true', 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.7'),
      errors: [{ messageId: 'hostPID' }],
    },
    {
      code: pod('hostIPC: true', 'quay.io/prometheus/node-exporter:v1.10.2'),
      errors: [{ messageId: 'hostIPC' }],
    },
  ],
})
