import rule from '../../src/rules/host-path-type.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const untyped = (path: string) => `volumes:\n  - name: host\n    hostPath:\n      path: ${path}`
const sockets = (...paths: string[]) =>
  daemonSet({
    spec: `volumes:\n${paths.map((path, index) => `  - name: v${index}\n    hostPath: { path: "${path}" }`).join('\n')}`,
    container: `image: agent:1\nvolumeMounts:\n${paths.map((_, index) => `  - { name: v${index}, mountPath: /v${index} }`).join('\n')}`,
  })
const withVolume = (volume: string) =>
  daemonSet({ spec: volume, container: 'image: agent:1\nvolumeMounts: [{ name: host, mountPath: /host }]' })

ruleTester.run('host-path-type', rule, {
  valid: [
    daemonSet(),
    withVolume(`${untyped('/run/xtables.lock')}\n      type: FileOrCreate`),
    withVolume(`${untyped('/run/xtables.lock')}\n      type: \${TYPE}`),
    withVolume(untyped('/var/log')),
    withVolume(untyped('/etc/cni/net.d')),
    withVolume(untyped('/opt/agent-1.2')),
    withVolume(untyped('/run/agent.sock.d/')),
    withVolume(untyped('/etc')),
    withVolume(untyped('/dev/kmsg')),
    withVolume(untyped('/sys/module/agent.conf')),
    withVolume(untyped('${SOCKET}')),
    withVolume('volumes: [{ name: host, emptyDir: {} }]'),
    // Only some distributions have these: with a type the pod would never start on the others.
    withVolume(untyped('/etc/redhat-release')),
    withVolume(untyped('/etc/lsb-release')),
    withVolume(untyped('/etc/system-release')),
    withVolume(untyped('/etc/ssl/certs/ca-certificates.crt')),
    withVolume(untyped('/etc/kubernetes/admin.conf')),
    withVolume(untyped('/var/log/auth.log')),
    // Every node has these, so that nothing is made in their place.
    withVolume(untyped('/etc/os-release')),
    withVolume(untyped('/etc/hosts')),
    withVolume(untyped('/etc/resolv.conf')),
    withVolume(`${untyped('/etc/machine-id')}\n      type: File`),
    // What is called like a lock or a log may be a directory, and what the file is is not known here.
    withVolume(`${untyped('/run/agent.lock')}\n      type: Directory`),
    withVolume(`${untyped('/run/agent/agent.pid')}\n      type: DirectoryOrCreate`),
    withVolume(`${untyped('/run/agent.sock')}\n      type: Socket`),
    withVolume(`${untyped('/run/xtables.lock')}\n      type: File`),
    withVolume(`${untyped('/run/agent')}\n      type: Directory`),
    // No node has all of them.
    sockets('/run/docker.sock', '/run/containerd/containerd.sock', '/run/crio/crio.sock'),
    sockets('/run/containerd', '/var/run/docker.sock'),
    sockets('/run/docker.sock', '${RUNTIME_SOCKET}'),
    // A patch says nothing of the type.
    `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: agent }\nspec: { template: { spec: { volumes: [{ name: host, hostPath: { path: /run/a.sock } }] } } }\n`,
  ],
  invalid: [
    {
      code: withVolume(`${untyped('/run/xtables.lock')}\n      type: DirectoryOrCreate`),
      errors: [
        {
          messageId: 'wrong',
          data: {
            path: '/run/xtables.lock',
            stated: 'DirectoryOrCreate',
            type: 'FileOrCreate',
            effect:
              'a directory is made where the node has none yet, and where it has one the pods never start',
          },
          line: 18,
          column: 19,
          suggestions: [
            {
              messageId: 'set',
              output: withVolume(`${untyped('/run/xtables.lock')}\n      type: FileOrCreate`),
            },
          ],
        },
      ],
    },
    ...(
      [
        ['/var/run/docker.sock', 'Directory', 'Socket'],
        ['/run/containerd/containerd.sock', 'FileOrCreate', 'Socket'],
        ['/run/agent.sock', 'DirectoryOrCreate', 'Socket'],
        ['/run/agent.sock', 'File', 'Socket'],
        ['/etc/machine-id', 'Directory', 'File'],
        ['/etc/localtime', 'Directory', 'FileOrCreate'],
      ] as const
    ).map(([path, stated, type]) => ({
      code: withVolume(`${untyped(path)}\n      type: ${stated}`),
      errors: [
        {
          message: new RegExp(`^\`${path}\` is no \`${stated}\`: .* Expected \`type: ${type}\`\\.$`),
          line: 18,
          suggestions: [{ messageId: 'set', output: withVolume(`${untyped(path)}\n      type: ${type}`) }],
        },
      ],
    })),
    {
      code: withVolume(untyped('/run/xtables.lock')),
      errors: [
        {
          messageId: 'created',
          data: { path: '/run/xtables.lock' },
          line: 17,
          column: 19,
          endLine: 17,
          endColumn: 36,
          suggestions: [
            {
              messageId: 'set',
              data: { type: 'FileOrCreate', effect: 'so that an empty file is made where it is absent' },
              output: withVolume(`${untyped('/run/xtables.lock')}\n      type: FileOrCreate`),
            },
          ],
        },
      ],
    },
    {
      code: withVolume('volumes: [{ name: host, hostPath: { path: /run/agent.sock, type: "" } }]'),
      errors: [
        {
          messageId: 'socket',
          data: { path: '/run/agent.sock' },
          line: 14,
          column: 49,
          endLine: 14,
          endColumn: 64,
          suggestions: [
            {
              messageId: 'set',
              output: withVolume(
                'volumes: [{ name: host, hostPath: { path: /run/agent.sock, type: "Socket" } }]',
              ),
            },
          ],
        },
      ],
    },
    {
      code: withVolume(untyped('/etc/machine-id')),
      errors: [
        {
          messageId: 'machineId',
          data: { path: '/etc/machine-id' },
          line: 17,
          column: 19,
          endLine: 17,
          endColumn: 34,
          suggestions: [
            { messageId: 'set', output: withVolume(`${untyped('/etc/machine-id')}\n      type: File`) },
          ],
        },
      ],
    },
    {
      // FileOrCreate makes no folder, so that alone would stop the pod where the folder is absent.
      code: withVolume(untyped('/run/agent/agent.lock')),
      errors: [
        {
          messageId: 'folder',
          data: { path: '/run/agent/agent.lock', folder: '/run/agent' },
          suggestions: [],
        },
      ],
    },
    {
      // Another volume makes the folder.
      code: withVolume(
        `${untyped('/run/agent/agent.lock')}\n  - name: run\n    hostPath: { path: /run/agent/, type: DirectoryOrCreate }`,
      ),
      errors: [{ messageId: 'created', data: { path: '/run/agent/agent.lock' } }],
    },
    {
      // The only runtime's: the other is no runtime's.
      code: sockets('/run/containerd/containerd.sock', '/var/lib/kubelet/pod-resources/kubelet.sock'),
      errors: [
        {
          messageId: 'socket',
          data: { path: '/run/containerd/containerd.sock' },
        },
        {
          messageId: 'socket',
          data: { path: '/var/lib/kubelet/pod-resources/kubelet.sock' },
        },
      ],
    },
    {
      // Both are Docker's one socket.
      code: sockets('/run/docker.sock', '/var/run/docker.sock'),
      errors: [{ messageId: 'socket' }, { messageId: 'socket' }],
    },
  ],
})
