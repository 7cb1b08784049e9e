import rule from '../../src/rules/runtime-socket.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const mounting = (paths: string[], image = 'example.com/agent:1') =>
  daemonSet({
    spec: `volumes:\n${paths.map((path, index) => `  - { name: v${index}, hostPath: { path: ${path} } }`).join('\n')}`,
    container: `image: ${image}\nvolumeMounts:\n${paths
      .map((path, index) => `  - { name: v${index}, mountPath: ${path}, readOnly: true }`)
      .join('\n')}`,
  })
const falco = 'docker.io/falcosecurity/falco:0.44.1'

ruleTester.run('runtime-socket', rule, {
  valid: [
    daemonSet(),
    mounting(['/run']),
    mounting(['/var/run']),
    mounting(['/run/agent.sock']),
    mounting(['/var/lib/containerd']),
    mounting(['"${SOCKET}"']),
    // Another rule speaks of a volume that nothing mounts.
    daemonSet({ spec: 'volumes: [{ name: socket, hostPath: { path: /var/run/docker.sock } }]' }),
    // Agents that ask the runtime what runs where, and know several.
    mounting(['/run/containerd/containerd.sock'], falco),
    mounting(['/var/run/docker.sock', '/run/crio/crio.sock'], falco),
    { code: mounting(['/run/crio/crio.sock']), options: [{ allow: ['/run/crio/crio.sock'] }] },
  ],
  invalid: [
    {
      code: daemonSet({
        spec: 'volumes:\n  - name: socket\n    hostPath:\n      path: /var/run/docker.sock',
        container: 'image: agent:1\nvolumeMounts: [{ name: socket, mountPath: /var/run/docker.sock }]',
      }),
      errors: [
        {
          messageId: 'docker',
          data: { path: '/var/run/docker.sock' },
          line: 17,
          column: 19,
          endLine: 17,
          endColumn: 39,
        },
      ],
    },
    {
      code: daemonSet({
        spec: 'volumes:\n  - name: socket\n    hostPath:\n      path: /var/run/docker.sock\n      type: Socket',
        container: 'image: agent:1\nvolumeMounts: [{ name: socket, mountPath: /var/run/docker.sock }]',
      }),
      errors: [
        {
          messageId: 'dockerOnly',
          data: { path: '/var/run/docker.sock' },
          line: 17,
          column: 19,
          endLine: 17,
          endColumn: 39,
        },
      ],
    },
    ...['""', 'File', '"${TYPE}"'].map((type) => ({
      code: mounting(['/var/run/docker.sock']).replace('docker.sock }', `docker.sock, type: ${type} }`),
      errors: [{ messageId: 'docker' as const }],
    })),
    {
      code: mounting(['/run//containerd/containerd.sock']),
      errors: [
        {
          messageId: 'runtime',
          data: { runtime: 'containerd', path: '/run//containerd/containerd.sock' },
          line: 15,
          column: 41,
          endLine: 15,
          endColumn: 73,
        },
      ],
    },
    {
      code: mounting(['/var/run/crio', '/run/k3s/containerd/containerd.sock', '/mnt/docker.sock']),
      errors: [
        { messageId: 'runtime', data: { runtime: 'CRI-O', path: '/var/run/crio' } },
        {
          messageId: 'runtime',
          data: { runtime: 'containerd', path: '/run/k3s/containerd/containerd.sock' },
        },
        { messageId: 'docker', data: { path: '/mnt/docker.sock' } },
      ],
    },
    // Docker's alone, even in an agent that may have sockets: such nodes are rare.
    { code: mounting(['/var/run/docker.sock'], falco), errors: [{ messageId: 'docker' }] },
    {
      code: mounting(['/run/crio/crio.sock']),
      options: [{ allow: ['/run/containerd/containerd.sock'] }],
      errors: [{ messageId: 'runtime' }],
    },
  ],
})
