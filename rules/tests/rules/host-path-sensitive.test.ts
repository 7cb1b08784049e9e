import rule from '../../src/rules/host-path-sensitive.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const mounting = (path: string, { image = 'example.com/agent:1', mount = '' } = {}) =>
  daemonSet({
    spec: `volumes: [{ name: host, hostPath: { path: ${path} } }]`,
    container: `image: ${image}\nvolumeMounts: [{ name: host, mountPath: /host${mount} }]`,
  })
const readOnly = { mount: ', readOnly: true' }

ruleTester.run('host-path-sensitive', rule, {
  valid: [
    daemonSet(),
    mounting('/var/log'),
    mounting('/etc/agent'),
    mounting('/etc/os-release', readOnly),
    mounting('/var/lib/agent'),
    mounting('/var/lib/kubelet/plugins/agent'),
    mounting('/etc/kubernetes/features.d'),
    mounting('/usr/share/zoneinfo'),
    mounting('/usr/bin', readOnly),
    mounting('/usr/bin', { mount: ', readOnly: "${READ_ONLY}"' }),
    mounting('"${FOLDER}"'),
    // Only a harmless part of it is mounted.
    mounting('/', { mount: ', subPath: var/log' }),
    mounting('/', { mount: ', subPath: "${FOLDER}"' }),
    // Another rule speaks of a volume that nothing mounts.
    daemonSet({ spec: 'volumes: [{ name: host, hostPath: { path: / } }]' }),
    // Their work asks for it.
    mounting('/', { image: 'quay.io/prometheus/node-exporter:v1.10.2' }),
    mounting('/var/lib/kubelet', { image: 'quay.io/cephcsi/cephcsi:v3.16.0' }),
    mounting('/home', { image: 'weaveworks/weave-kube:2.8.1' }),
    mounting('/', { image: '"${IMAGE}"' }),
    // It may enter the node.
    mounting('/usr/local/bin', { mount: ' }]\ncommand: ["${COMMAND}"]\nports: [{ containerPort: 80' }),
    { code: mounting('/home'), options: [{ allow: ['/home'] }] },
    { code: mounting('/var/run/'), options: [{ allow: ['/run'] }] },
  ],
  invalid: [
    {
      // It could not do its work with the mount read-only.
      code: mounting('/usr/local/bin', {
        mount: ' }]\ncommand: [cp, /agent, /host/agent]\nports: [{ containerPort: 80',
      }),
      errors: [
        {
          messageId: 'writes',
          data: {
            container: 'agent',
            path: '/usr/local/bin',
            harm: 'holds programs that root runs on the node',
          },
          line: 14,
          column: 49,
        },
      ],
    },
    ...['[cp, /host/agent, /tmp/agent]', '[agent]'].map((command) => ({
      code: mounting('/usr/local/bin', {
        mount: ` }]\ncommand: ${command}\nports: [{ containerPort: 80`,
      }),
      errors: [{ messageId: 'writable' as const }],
    })),
    {
      code: mounting('/', readOnly),
      errors: [
        {
          messageId: 'sensitive',
          data: {
            container: 'agent',
            path: '/',
            harm: 'holds the keys of the kubelet, the Secrets of all its pods and the sockets of its services',
          },
          line: 14,
          column: 49,
          endLine: 14,
          endColumn: 50,
        },
      ],
    },
    {
      code: mounting('/usr/bin'),
      errors: [
        {
          messageId: 'writable',
          data: { container: 'agent', path: '/usr/bin', harm: 'holds programs that root runs on the node' },
          line: 14,
          column: 49,
        },
      ],
    },
    ...[
      '/etc',
      '/etc/kubernetes/pki/etcd',
      '/etc/kubernetes/admin.conf',
      '/var/lib/kubelet/',
      '/var/lib/kubelet/pods',
      '/var/lib/kubelet/pki/kubelet.key',
      '/var/lib/etcd/member',
      '/var/run',
      '/root/.ssh',
    ].map((path) => ({ code: mounting(path, readOnly), errors: [{ messageId: 'sensitive' as const }] })),
    ...['/usr', '/usr/local/bin', '/etc/kubernetes/manifests', '/boot/efi'].map((path) => ({
      code: mounting(path),
      errors: [{ messageId: 'writable' as const }],
    })),
    {
      code: mounting('/var', { mount: ', subPath: lib/kubelet' }),
      errors: [
        {
          messageId: 'sensitive',
          data: {
            container: 'agent',
            path: '/var/lib/kubelet',
            harm: 'holds the Secrets and the tokens of all pods of the node',
          },
        },
      ],
    },
    {
      // Exporters read the node; its passwords are nothing they measure.
      code: mounting('/etc', { image: 'quay.io/prometheus/node-exporter:v1.10.2' }),
      errors: [{ messageId: 'sensitive' }],
    },
    {
      // A volume is one finding.
      code: daemonSet({
        spec: 'initContainers: [{ name: i, image: "i:1", volumeMounts: [{ name: host, mountPath: /a }] }]\nvolumes: [{ name: host, hostPath: { path: / } }]',
        container: 'image: a:1\nvolumeMounts: [{ name: host, mountPath: /a }]',
      }),
      errors: [{ messageId: 'sensitive' }],
    },
    {
      code: mounting('/root'),
      options: [{ allow: ['/home'] }],
      errors: [{ messageId: 'sensitive' }],
    },
  ],
})
