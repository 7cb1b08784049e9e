import rule from '../../src/rules/added-capabilities.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const adding = (names: string, image = 'example.com/agent:1', more = '', spec = '') =>
  daemonSet({
    spec: spec || undefined,
    container: `image: ${image}\nsecurityContext: { capabilities: { add: [${names}] } }${more && `\n${more}`}`,
  })
const tracing = [
  'volumeMounts: [{ name: debug, mountPath: /sys/kernel/debug, readOnly: true }]',
  'volumes: [{ name: debug, hostPath: { path: /sys/kernel/debug } }]',
] as const

ruleTester.run('added-capabilities', rule, {
  valid: [
    daemonSet(),
    adding('NET_BIND_SERVICE, CHOWN, SYS_CHROOT'),
    adding('"${CAPABILITY}"'),
    adding('SYS_ADMIN', '"${IMAGE}"'),
    // Their work asks for it.
    adding('SYS_TIME', 'quay.io/prometheus/node-exporter:v1.10.2'),
    adding('NET_ADMIN, SYS_ADMIN, SYS_MODULE', 'quay.io/cilium/cilium:v1.20.0'),
    adding('BPF, PERFMON, SYS_PTRACE, SYS_RESOURCE', 'falcosecurity/falco:0.44.1'),
    adding('NET_ADMIN', 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.7'),
    adding('SYS_BOOT', 'ghcr.io/kubereboot/kured:1.20.0'),
    adding('SYS_ADMIN', 'example.com/agent:1', ...tracing),
    daemonSet({
      container:
        'image: cilium/cilium:v1\nsecurityContext: { privileged: true, capabilities: { add: [ALL] } }',
    }),
    { code: adding('SYS_NICE'), options: [{ allow: ['SYS_NICE'] }] },
  ],
  invalid: [
    {
      code: adding('CHOWN, SYS_ADMIN, NET_RAW'),
      errors: [
        {
          messageId: 'added',
          data: {
            container: 'agent',
            names: '`SYS_ADMIN`, `NET_RAW`',
            name: 'SYS_ADMIN',
            power: 'makes it nearly root on the node',
            it: 'them',
          },
          line: 17,
          column: 59,
          endLine: 17,
          endColumn: 68,
          suggestions: [
            { messageId: 'remove', data: { name: 'SYS_ADMIN' }, output: adding('CHOWN, NET_RAW') },
            { messageId: 'remove', data: { name: 'NET_RAW' }, output: adding('CHOWN, SYS_ADMIN') },
          ],
        },
      ],
    },
    {
      code: daemonSet({
        container:
          'image: agent:1\nsecurityContext:\n  capabilities:\n    add:\n      - KILL\n      - CAP_SYS_TIME',
      }),
      errors: [
        {
          messageId: 'added',
          data: {
            container: 'agent',
            names: '`CAP_SYS_TIME`',
            name: 'CAP_SYS_TIME',
            power: "sets the node's clock",
            it: 'it',
          },
          line: 21,
          column: 19,
          suggestions: [
            {
              messageId: 'remove',
              output: daemonSet({
                container: 'image: agent:1\nsecurityContext:\n  capabilities:\n    add:\n      - KILL',
              }),
            },
          ],
        },
      ],
    },
    { code: adding('ALL', 'quay.io/cilium/cilium:v1.20.0'), errors: [{ messageId: 'added' }] },
    { code: adding('WAKE_ALARM'), errors: [{ messageId: 'added' }] },
    { code: adding('SYS_ADMIN', 'fluent/fluent-bit:5.1.1'), errors: [{ messageId: 'added' }] },
    { code: adding('SYS_ADMIN'), role: 'patch', errors: [{ messageId: 'added' }] },
    {
      code: adding('SYS_NICE, SYS_TIME'),
      options: [{ allow: ['SYS_NICE'] }],
      errors: [{ messageId: 'added' }],
    },
  ],
})
