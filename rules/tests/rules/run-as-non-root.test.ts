import rule from '../../src/rules/run-as-non-root.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = (context: string, own?: string, image = 'example.com/agent:1') =>
  daemonSet({
    spec: context ? `securityContext: ${context}` : undefined,
    container: `image: ${image}${own ? `\nsecurityContext: ${own}` : ''}`,
  })
const mounting = (path: string) =>
  daemonSet({
    spec: `volumes: [{ name: host, hostPath: { path: ${path} } }]`,
    container: 'image: example.com/agent:1\nvolumeMounts: [{ name: host, mountPath: /host, readOnly: true }]',
  })

ruleTester.run('run-as-non-root', rule, {
  valid: [
    pod('{ runAsNonRoot: true }'),
    pod('{ runAsUser: 1000 }'),
    pod('{ runAsGroup: 1 }', '{ runAsNonRoot: true }'),
    pod('{ runAsGroup: 1 }', '{ runAsUser: 65534 }'),
    pod('{ runAsNonRoot: "${NON_ROOT}" }'),
    pod('{ runAsUser: "${USER}" }'),
    pod('{ runAsUser: 1000 }', '{ runAsNonRoot: false }'),
    pod('{ runAsUser: 0, runAsGroup: 0 }', '{ runAsUser: 1000 }', 'fluent/fluent-bit:5.1.1'),
    pod('"${CONTEXT}"'),
    // Their work asks for it.
    pod('{ runAsUser: 0 }', '', 'quay.io/cilium/cilium:v1.20.0'),
    pod('{ runAsUser: 0 }', '', 'fluent/fluent-bit:5.1.1'),
    pod('{ runAsUser: 0 }', '', '"${IMAGE}"'),
    mounting('/var/log'),
    mounting('/var/lib/docker/containers'),
    daemonSet({
      spec: 'initContainers: [{ name: i, image: "i:1", securityContext: { privileged: true } }]',
      container: 'image: registry.k8s.io/pause:3.10',
    }),
    // Their root is nobody on the node.
    daemonSet({ spec: 'hostUsers: false' }),
    daemonSet({ spec: 'nodeSelector: { kubernetes.io/os: windows }' }),
    { code: daemonSet(), role: 'patch' },
    // Its base may give the pod users of its own.
    { code: pod('{ runAsUser: 0 }'), role: 'patch', options: [{ allowKinds: [] }] },
  ],
  invalid: [
    {
      code: daemonSet(),
      errors: [
        {
          messageId: 'missing',
          data: { containers: 'container `agent`' },
          line: 13,
          column: 5,
          suggestions: [
            {
              messageId: 'require',
              output: `${daemonSet()}      securityContext:\n        runAsNonRoot: true\n`,
            },
          ],
        },
      ],
    },
    {
      code: pod('{ runAsUser: 0 }'),
      errors: [
        {
          messageId: 'root',
          data: { who: 'The containers of the pod' },
          line: 14,
          column: 37,
          endLine: 14,
          endColumn: 38,
        },
      ],
    },
    {
      code: pod('{ runAsNonRoot: false }'),
      errors: [{ messageId: 'root', data: { who: 'The containers of the pod' }, line: 14, column: 40 }],
    },
    {
      code: pod('{ runAsGroup: 1 }', '{ runAsNonRoot: false, runAsUser: 0 }'),
      errors: [{ messageId: 'root', data: { who: 'Container `agent`' }, line: 18, column: 62 }],
    },
    {
      code: pod('{ runAsNonRoot: true }', '{ runAsNonRoot: false }'),
      errors: [{ messageId: 'root', data: { who: 'Container `agent`' } }],
    },
    {
      // Another container of the pod is left open: no suggestion, for the one would not start.
      code: daemonSet({
        spec: 'initContainers: [{ name: setup, image: "s:1" }]',
        container: 'image: example.com/agent:1\nsecurityContext: { runAsUser: 0 }',
      }),
      errors: [
        { messageId: 'missing', data: { containers: 'container `setup`' }, suggestions: [] },
        { messageId: 'root', data: { who: 'Container `agent`' } },
      ],
    },
    {
      code: pod('{ runAsGroup: 1 }'),
      errors: [
        {
          messageId: 'missing',
          line: 14,
          column: 7,
          suggestions: [{ messageId: 'require', output: pod('{ runAsGroup: 1, runAsNonRoot: true }') }],
        },
      ],
    },
    {
      code: pod('{ runAsUser: 0 }', '', 'fluent/fluent-bit:5.1.1'),
      options: [{ allowKinds: [] }],
      errors: [{ messageId: 'root' }],
    },
    {
      code: pod('{ runAsGroup: 1 }', '{ privileged: true, runAsUser: 0 }'),
      errors: [{ messageId: 'root' }],
    },
    { code: mounting('/etc/agent'), errors: [{ messageId: 'missing' }] },
  ],
})
