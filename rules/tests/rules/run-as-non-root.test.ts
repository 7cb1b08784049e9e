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
const writing = (path: string) => mounting(path).replace(', readOnly: true', '')
const flaw = 'a flaw in the kernel or the runtime is more easily used as root'
const mounts = 'as root a flaw in the agent reaches all that is mounted of the node'

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
    pod('{ runAsGroup: 1 }', '{ privileged: "${PRIVILEGED}" }'),
    // It does nothing.
    daemonSet({ container: 'image: registry.k8s.io/pause:3.10' }),
    // The driver lets root alone ask its providers.
    writing('/var/run/secrets-store-csi-providers'),
    writing('/etc/kubernetes/secrets-store-csi-providers'),
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
          data: { containers: 'container `agent`', harm: flaw },
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
          data: { who: 'The containers of the pod run', harm: flaw },
          line: 14,
          column: 37,
          endLine: 14,
          endColumn: 38,
        },
      ],
    },
    {
      code: pod('{ runAsNonRoot: false }'),
      errors: [
        {
          messageId: 'root',
          data: { who: 'The containers of the pod may run', harm: flaw },
          line: 14,
          column: 40,
        },
      ],
    },
    {
      code: pod('{ runAsGroup: 1 }', '{ runAsNonRoot: false, runAsUser: 0 }'),
      errors: [
        { messageId: 'root', data: { who: 'Container `agent` runs', harm: flaw }, line: 18, column: 62 },
      ],
    },
    {
      code: pod('{ runAsNonRoot: true }', '{ runAsNonRoot: false }'),
      errors: [{ messageId: 'root', data: { who: 'Container `agent` may run', harm: flaw } }],
    },
    {
      // Another container of the pod is left open: no suggestion, for the one would not start.
      code: daemonSet({
        spec: 'initContainers: [{ name: setup, image: "s:1" }]',
        container: 'image: example.com/agent:1\nsecurityContext: { runAsUser: 0 }',
      }),
      errors: [
        { messageId: 'missing', data: { containers: 'container `setup`', harm: flaw }, suggestions: [] },
        { messageId: 'root', data: { who: 'Container `agent` runs', harm: flaw } },
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
      code: mounting('/etc/agent'),
      errors: [{ messageId: 'missing', data: { containers: 'container `agent`', harm: mounts } }],
    },
    {
      // Those that are privileged, or do nothing, are not named.
      code: daemonSet({
        spec: 'initContainers: [{ name: setup, image: "s:1" }, { name: node, image: "n:1", securityContext: { privileged: true } }]',
        container: 'image: registry.k8s.io/pause:3.10',
      }),
      options: [{ allowKinds: [] }],
      errors: [{ messageId: 'missing', data: { containers: 'container `setup`', harm: flaw } }],
    },
    // The driver's folder, to read only
    {
      code: mounting('/var/run/secrets-store-csi-providers'),
      errors: [{ messageId: 'missing' }],
    },
    { code: writing('/var/run/other-providers'), errors: [{ messageId: 'missing' }] },
    // Of one that is privileged for nothing another rule speaks, at the very container.
    {
      code: pod('{ runAsGroup: 1 }', '{ privileged: true, runAsUser: 0 }'),
      errors: [
        {
          messageId: 'root',
          field: 'spec.template.spec.containers[0].securityContext.runAsUser',
        },
      ],
    },
    {
      code: pod('{ runAsUser: 0 }', '{ privileged: true }'),
      errors: [
        {
          messageId: 'root',
          field: 'spec.template.spec.containers[0].securityContext.runAsUser',
        },
      ],
    },
    {
      code: pod('{ runAsGroup: 1 }', '{ privileged: true }'),
      errors: [
        {
          messageId: 'missing',
          field: 'spec.template.spec.containers[0].securityContext.runAsNonRoot',
          suggestions: 1,
        },
      ],
    },
    {
      code: daemonSet({
        spec: 'initContainers: [{ name: setup, image: "s:1" }, { name: fetch, image: "f:1" }]',
        container: 'image: example.com/agent:1',
      }),
      errors: [
        {
          messageId: 'missing',
          data: { containers: 'containers `setup`, `fetch` and `agent`', harm: flaw },
          line: 13,
          column: 5,
        },
      ],
    },
  ],
})
