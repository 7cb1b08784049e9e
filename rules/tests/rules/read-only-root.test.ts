import rule from '../../src/rules/read-only-root.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const container = (context: string) => daemonSet({ container: `image: agent:1\nsecurityContext: ${context}` })
const readOnly = 'image: agent:1\nsecurityContext:\n  readOnlyRootFilesystem: true'
const flannel = (more = '', image = 'ghcr.io/flannel-io/flannel:v0.28.9', spec?: string) =>
  daemonSet({ spec, container: [`image: ${image}`, more].filter(Boolean).join('\n') }).replace(
    '- name: agent\n',
    '- name: kube-flannel\n',
  )

ruleTester.run('read-only-root', rule, {
  valid: [
    container('{ readOnlyRootFilesystem: true }'),
    container('{ readOnlyRootFilesystem: "${READ_ONLY}" }'),
    container('"${CONTEXT}"'),
    daemonSet({ container: 'image: cilium/cilium:v1\nsecurityContext: { privileged: true }' }),
    container('{ privileged: "${PRIVILEGED}", readOnlyRootFilesystem: false }'),
    // It is gone before the others start.
    daemonSet({ spec: 'initContainers: [{ name: setup, image: "s:1" }]', container: readOnly }),
    daemonSet({ spec: 'os: { name: windows }' }),
    { code: daemonSet(), role: 'patch' },
    // Its iptables links itself in /usr/sbin, and drops what it is handed where it cannot.
    flannel(),
    flannel('command: [/opt/bin/flanneld]\nargs: [--ip-masq]'),
    flannel('command: [sh, -c, "exec /opt/bin/flanneld --ip-masq"]'),
    flannel('securityContext: { readOnlyRootFilesystem: false }'),
    flannel('', 'docker.io/flannel/flannel:v0.25.0'),
    flannel('', 'registry.example.com:5000/mirror/flannel-io/flannel@sha256:0123'),
    flannel('', '"${REGISTRY}/flannel:${TAG}"'),
    // It may be Flannel's, by its name.
    flannel('', '"${IMAGE}"'),
    {
      code: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: kube-flannel-ds
spec:
  template:
    spec:
      containers:
        - name: kube-flannel
          securityContext:
            readOnlyRootFilesystem: false
`,
      role: 'patch',
    },
  ],
  invalid: [
    { code: daemonSet({ container: 'image: "${IMAGE}"' }), errors: [{ messageId: 'writable' }] },
    { code: flannel('command: [sleep, infinity]'), errors: [{ messageId: 'writable' }] },
    { code: flannel('command: [sleep, infinity]', '"${IMAGE}"'), errors: [{ messageId: 'writable' }] },
    {
      code: flannel('', 'ghcr.io/flannel-io/flannel-cni-plugin:v1.9.1-flannel3'),
      errors: [{ messageId: 'writable' }],
    },
    { code: flannel('', 'example.com/flannel-watcher:1.0.0'), errors: [{ messageId: 'writable' }] },
    {
      code: flannel('', undefined, 'initContainers: [{ name: proxy, image: "p:1", restartPolicy: Always }]'),
      errors: [{ messageId: 'writable', data: { container: 'proxy' } }],
    },
    {
      code: daemonSet({ container: 'image: example.com/pause/agent:1' }),
      errors: [{ messageId: 'writable' }],
    },
    {
      code: daemonSet({ container: 'securityContext: { readOnlyRootFilesystem: false }' }),
      role: 'patch',
      errors: [{ messageId: 'writable' }],
    },
    {
      code: daemonSet({ container: 'image: agent:1' }),
      errors: [
        {
          messageId: 'writable',
          data: { container: 'agent' },
          line: 15,
          column: 17,
          suggestions: [{ messageId: 'readOnly', output: daemonSet({ container: readOnly }) }],
        },
      ],
    },
    {
      code: container('{ readOnlyRootFilesystem: false }'),
      errors: [
        {
          messageId: 'writable',
          line: 17,
          column: 54,
          endLine: 17,
          endColumn: 59,
          suggestions: [{ messageId: 'readOnly', output: container('{ readOnlyRootFilesystem: true }') }],
        },
      ],
    },
    {
      code: daemonSet({
        spec: 'initContainers: [{ name: proxy, image: "p:1", restartPolicy: Always }]',
        container: readOnly,
      }),
      errors: [{ messageId: 'writable', data: { container: 'proxy' }, line: 14 }],
    },
    // Another rule speaks instead.
    { code: container('{ privileged: true }'), errors: [{ messageId: 'writable' }] },
    {
      code: container('{ readOnlyRootFilesystem: false }'),
      role: 'patch',
      errors: [{ messageId: 'writable' }],
    },
  ],
})
