import rule from '../../src/rules/host-path-read-only.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const nodeExporter = 'quay.io/prometheus/node-exporter:v1.12.1'
const filebeat = 'docker.elastic.co/beats/filebeat:9.5.2'

/** One container with one mount of a host path. */
const mounting = (path: string, image: string, mount = '', more = '') =>
  daemonSet({
    spec: `volumes:
  - { name: host, hostPath: { path: ${path} } }
  - { name: data, emptyDir: {} }`,
    container: `image: ${image}
volumeMounts:
  - name: host
    mountPath: /host${mount && `\n    ${mount}`}${more && `\n${more}`}`,
  })
/** /etc/os-release, beside another path of the node. */
const beside = (path: string, mount = '') =>
  daemonSet({
    spec: `volumes:
  - { name: release, hostPath: { path: /etc/os-release } }
  - { name: other, hostPath: { path: ${path} } }`,
    container: `image: example.com/agent:1
volumeMounts:
  - { name: release, mountPath: /etc/os-release }
  - { name: other, mountPath: /host${mount} }`,
  })
const data = '  - name: data\n    mountPath: /data'

ruleTester.run('host-path-read-only', rule, {
  valid: [
    daemonSet(),
    mounting('/', nodeExporter, 'readOnly: true'),
    mounting('/', nodeExporter, 'readOnly: ${READ_ONLY}'),
    mounting('/', nodeExporter, 'mountPropagation: Bidirectional'),
    mounting('/', nodeExporter, 'subPathExpr: $(NODE_NAME)'),
    mounting('/', nodeExporter, '', '  - name: data\n    mountPath: /host/data'),
    mounting('"${ROOT}"', nodeExporter),
    // Nobody knows what these write.
    mounting('/', 'example.com/agent:1'),
    mounting('/proc', '${IMAGE}'),
    mounting('/proc', `example.com/agent:1\nsecurityContext: { privileged: true }`),
    mounting('/proc', `example.com/agent:1\nsecurityContext: { privileged: "\${PRIVILEGED}" }`),
    mounting('/sys', `example.com/agent:1\nsecurityContext: { capabilities: { add: [SYS_ADMIN] } }`),
    mounting('/var/log/pods', 'example.com/log-cleaner:1'),
    mounting('/sys', 'quay.io/calico/node:v3.32.1'),
    mounting('/sys/fs/bpf', nodeExporter),
    mounting('/proc/sys', nodeExporter),
    mounting('/', nodeExporter, 'subPath: var/lib/textfiles'),
    // One file is nothing beside what these have.
    mounting('/etc/os-release', 'example.com/agent:1\nsecurityContext: { privileged: true }'),
    mounting('/etc/os-release', 'example.com/agent:1\nsecurityContext: { privileged: "${PRIVILEGED}" }'),
    ...['/', '/etc/', '/var/run', '"${DIR}"'].map((path) => beside(path)),
    // Where positions are kept.
    mounting('/var/log', filebeat),
    mounting('/var/log', 'fluent/fluent-bit:5.1.1', '', data),
    mounting('/lib/modules', 'example.com/gpu-driver:1'),
    mounting('/lib/modules', 'docker.io/falcosecurity/falco:0.44.1'),
    daemonSet({
      spec: `initContainers:
  - name: prepare
    image: example.com/prepare:1
    volumeMounts: [{ name: host, mountPath: /lib/modules }]
volumes: [{ name: host, hostPath: { path: /lib/modules } }]`,
    }),
  ],
  invalid: [
    {
      code: mounting('/', nodeExporter),
      errors: [
        {
          messageId: 'writable',
          data: { container: 'agent', path: '/', reason: 'node-exporter only reads it' },
          line: 21,
          column: 21,
          endLine: 21,
          endColumn: 25,
          suggestions: [{ messageId: 'readOnly', output: mounting('/', nodeExporter, 'readOnly: true') }],
        },
      ],
    },
    {
      code: mounting('/proc/', nodeExporter, 'readOnly: false'),
      errors: [
        {
          messageId: 'writable',
          data: { container: 'agent', path: '/proc', reason: 'node-exporter only reads it' },
          suggestions: [
            { messageId: 'readOnly', output: mounting('/proc/', nodeExporter, 'readOnly: true') },
          ],
        },
      ],
    },
    {
      // flow style, any container, an init container too
      code: daemonSet({
        spec: `initContainers:
  - { name: prepare, image: "example.com/p:1", volumeMounts: [{ name: id, mountPath: /etc/machine-id }] }
volumes: [{ name: id, hostPath: { path: /etc/machine-id, type: File } }]`,
      }),
      errors: [
        {
          messageId: 'writable',
          data: { container: 'prepare', path: '/etc/machine-id', reason: 'nothing in a pod changes it' },
          line: 15,
          column: 77,
          endLine: 15,
          endColumn: 79,
          suggestions: [
            {
              messageId: 'readOnly',
              output: daemonSet({
                spec: `initContainers:
  - { name: prepare, image: "example.com/p:1", volumeMounts: [{ name: id, mountPath: /etc/machine-id, readOnly: true }] }
volumes: [{ name: id, hostPath: { path: /etc/machine-id, type: File } }]`,
              }),
            },
          ],
        },
      ],
    },
    {
      code: mounting('/etc', 'example.com/agent:1', 'subPath: os-release'),
      errors: [{ messageId: 'writable' }],
    },
    { code: beside('/', ', readOnly: true'), errors: [{ messageId: 'writable' }] },
    { code: beside('/var/log'), errors: [{ messageId: 'writable' }] },
    {
      code: mounting('/etc/os-release', 'example.com/agent:1\nsecurityContext: { privileged: false }'),
      errors: [
        {
          messageId: 'writable',
          data: { container: 'agent', path: '/etc/os-release', reason: 'nothing in a pod changes it' },
        },
      ],
    },
    {
      code: mounting('/lib/modules', 'quay.io/calico/node:v3.32.1'),
      errors: [
        {
          messageId: 'writable',
          data: { container: 'agent', path: '/lib/modules', reason: 'loading a module only reads it' },
        },
      ],
    },
    {
      code: mounting('/var/lib/docker/containers', 'fluent/fluent-bit:5.1.1'),
      errors: [{ messageId: 'writable' }],
    },
    {
      code: mounting('/proc', 'example.com/agent:1\nsecurityContext: { privileged: false }'),
      errors: [
        {
          messageId: 'writable',
          data: { container: 'agent', path: '/proc', reason: 'an unprivileged agent has no need to' },
        },
      ],
    },
    { code: mounting('/var/log/pods', 'example.com/agent:1'), errors: [{ messageId: 'writable' }] },
    { code: mounting('/proc', '${REGISTRY}/node-exporter:${TAG}'), errors: [{ messageId: 'writable' }] },
    { code: mounting('/var/log', filebeat, '', data), errors: [{ messageId: 'writable' }] },
  ],
})
