import rule from '../../src/rules/privileged.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const privileged = (image: string, more = '', spec?: string) =>
  daemonSet({
    spec,
    container: `image: ${image}\nsecurityContext:\n  privileged: true${more && `\n${more}`}`,
  })

const mounting = (path: string, more = '') =>
  privileged(
    'example.com/agent:1',
    `volumeMounts: [{ name: host, mountPath: /host${more} }]`,
    `volumes: [{ name: host, hostPath: { path: ${path} } }]`,
  )

const privileges = 'securityContext:\n            privileged: true\n'

ruleTester.run('privileged', rule, {
  valid: [
    daemonSet(),
    daemonSet({ container: 'image: agent:1\nsecurityContext:\n  privileged: false' }),
    daemonSet({ container: 'image: agent:1\nsecurityContext:\n  privileged: ${PRIVILEGED}' }),
    daemonSet({ container: 'image: agent:1\nsecurityContext:\n  capabilities: { add: [SYS_ADMIN] }' }),
    // Their work asks for it.
    privileged('quay.io/cilium/cilium:v1.20.0'),
    privileged(
      'mirror.example.com/falcosecurity/falco@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    ),
    privileged(
      'example.com/csi:1',
      'volumeMounts: [{ name: reg, mountPath: /registration }]',
      'volumes: [{ name: reg, hostPath: { path: /var/lib/kubelet/plugins_registry } }]',
    ),
    // The API server refuses it otherwise.
    privileged(
      'example.com/mounter:1',
      'volumeMounts: [{ name: mnt, mountPath: /mnt, mountPropagation: Bidirectional }]',
      'volumes: [{ name: mnt, hostPath: { path: /mnt } }]',
    ),
    privileged('${REGISTRY}/cilium/cilium:${TAG}'),
    // What it is for is not known.
    privileged('${IMAGE}'),
    privileged(
      'example.com/cni:1',
      'volumeMounts: [{ name: cni, mountPath: /host }]',
      'volumes: [{ name: cni, hostPath: { path: "${CNI_DIR}" } }]',
    ),
    privileged('example.com/cni:1', 'volumeMounts: ${MOUNTS}'),
    // It sets up the node and then waits.
    daemonSet({
      spec: 'initContainers: [{ name: install, image: "i:1", securityContext: { privileged: true } }]',
      container: 'image: registry.k8s.io/pause:3.10',
    }),
    // Called by what they do: installers, drivers, device plugins and injectors.
    privileged(
      'example.com/gpu-driver-installer@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    ),
    privileged('example.com/nic_driver:2'),
    privileged('example.com/fpga-device-plugin:2'),
    privileged('example.com/nri-device-injector:2'),
    privileged('example.com/own-cni:2'),
    privileged('example.com/ebpf-manager:2'),
    privileged('example.com/startup-script:v2'),
    daemonSet({
      spec: 'initContainers: [{ name: install, image: "example.com/nic-installer:1", securityContext: { privileged: true } }]',
    }),
    // Their containers or the DaemonSet are called so.
    ...['gpu-driver-installer', 'startup-script', 'node-init', 'ebpf'].flatMap((name) => [
      privileged('example.com/agent:1').replace('- name: agent', `- name: ${name}`),
      privileged('example.com/agent:1').replace('  name: agent', `  name: ${name}`),
    ]),
    privileged('example.com/agent:1').replace('- name: agent', '- name: ${NAME}'),
    // What they change on the node says so.
    ...[
      '/run/nri',
      '/etc/cdi',
      '/etc/udev/rules.d',
      '/etc/systemd/system',
      '/etc/modprobe.d',
      '/sys/fs/bpf',
    ].map((path) => mounting(path)),
    mounting('/etc/systemd/system', ', readOnly: "${READ_ONLY}"'),
    // It works in the node's own namespaces.
    privileged(
      'alpine:3',
      'command: [nsenter, --target, "1", --mount, --, sysctl, -w, vm.max_map_count=262144]',
    ),
    privileged('alpine:3', 'args: [/bin/sh, -c, "while sleep 60; do /usr/bin/nsenter -t 1 -m true; done"]'),
    privileged(
      'alpine:3',
      'command: [/setup.sh]\nlivenessProbe: { exec: { command: [sh, -c, "nsenter -t 1 -m true"] } }',
    ),
    privileged('alpine:3', 'command: ["${PROGRAM}", --target, "1"]'),
    privileged('alpine:3', 'command: "${COMMAND}"'),
    // A patch does not say what it is part of.
    'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: agent }\nspec: { template: { spec: { containers: [{ name: agent, securityContext: { privileged: true } }] } } }\n',
    { code: privileged('fluent/fluent-bit:5.1.1'), options: [{ allowKinds: ['logs'] }] },
  ],
  invalid: [
    // Words that only sound alike, or stand elsewhere in the name.
    ...['example.com/installer/agent:1', 'example.com/screwdriver:1', 'example.com/agent:1-installer'].map(
      (image) => ({
        code: privileged(image),
        errors: [{ messageId: 'unknown' as const }],
      }),
    ),
    { code: mounting('/etc/systemd/system', ', readOnly: true'), errors: [{ messageId: 'unknown' }] },
    { code: mounting('/run/systemd'), errors: [{ messageId: 'unknown' }] },
    {
      code: privileged('example.com/agent:1', 'args: ["--node=${NODE}"]'),
      errors: [{ messageId: 'unknown' }],
    },
    {
      // Without privileges it could not write there either: more than one word changes.
      code: privileged(
        'example.com/agent:1',
        'volumeMounts: [{ name: sys, mountPath: /sys }]',
        'volumes: [{ name: sys, hostPath: { path: /sys } }]',
      ),
      errors: [{ messageId: 'unknown', suggestions: [] }],
    },
    {
      code: privileged('example.com/driver-installer:1'),
      options: [{ allowKinds: ['storage'] }],
      errors: [{ messageId: 'unknown' }],
    },
    ...['preinstaller', 'screwdriver'].map((name) => ({
      code: privileged('example.com/agent:1').replace('- name: agent', `- name: ${name}`),
      errors: [{ messageId: 'unknown' as const }],
    })),
    // Devices are not opened by a capability, and a read-only mount does not matter to them.
    ...['/dev', '/dev/fuse', '/dev/'].map((path) => ({
      code: mounting(path, ', readOnly: true'),
      errors: [
        {
          messageId: 'devices' as const,
          data: { container: 'agent', devices: path.replace(/\/$/, '') },
          line: 19,
          column: 25,
          endLine: 19,
          endColumn: 29,
          suggestions: [],
        },
      ],
    })),
    // Of a known agent it is known that it opens none; there is no telling what else was meant by the mount.
    ...['', '\n  capabilities: { add: [SYS_PTRACE] }'].map((more) => ({
      code: mounting('/dev')
        .replace('example.com/agent:1', 'fluent/fluent-bit:5.1.1')
        .replace('privileged: true', `privileged: true${more.replace(/^\n/, '\n          ')}`),
      errors: [
        {
          messageId: 'known' as const,
          data: { container: 'agent', agent: 'Fluent Bit' },
          suggestions: [],
        },
      ],
    })),
    {
      // A sidecar of a kind that may be privileged, in a pod that is not known to be of that kind.
      code: daemonSet({
        spec: 'volumes: [{ name: dev, hostPath: { path: /dev } }]\ninitContainers: [{ name: mesh, image: "quay.io/cilium/cilium:v1.20.0", securityContext: { privileged: true }, volumeMounts: [{ name: dev, mountPath: /dev }] }]',
      }),
      errors: [{ messageId: 'devices', data: { container: 'mesh', devices: '/dev' } }],
    },
    // What lies there and is none.
    ...['/dev/shm', '/dev/log', '/dev/disk/by-id', '/devices'].map((path) => ({
      code: mounting(path),
      errors: [
        {
          messageId: 'unknown' as const,
          suggestions: [
            {
              messageId: 'remove' as const,
              output: mounting(path).replace(`          ${privileges}`, ''),
            },
          ],
        },
      ],
    })),
    {
      // Of another container's devices it knows nothing.
      code: `${mounting('/dev/fuse')}        - name: other\n          image: other:1\n          securityContext: { privileged: true }\n`,
      errors: [{ messageId: 'devices' }, { messageId: 'unknown', data: { container: 'other' } }],
    },
    ...['example.com/agent:1', 'fluent/fluent-bit:5.1.1'].map((image) => ({
      code: daemonSet({
        container: `image: ${image}\nsecurityContext:\n  privileged: true\n  capabilities: { add: [SYS_PTRACE] }`,
      }),
      errors: [
        {
          messageId: 'beside' as const,
          data: { container: 'agent' },
          line: 18,
          column: 25,
          endLine: 18,
          endColumn: 29,
          suggestions: [
            {
              messageId: 'remove' as const,
              output: daemonSet({
                container: `image: ${image}\nsecurityContext:\n  capabilities: { add: [SYS_PTRACE] }`,
              }),
            },
          ],
        },
      ],
    })),
    {
      code: privileged('example.com/agent:1').replace(
        'privileged: true',
        'privileged: true\n            capabilities: { add: [], drop: [ALL] }',
      ),
      errors: [{ messageId: 'unknown' }],
    },
    {
      code: privileged('example.com/agent:${TAG}'),
      errors: [{ messageId: 'unknown', data: { container: 'agent' } }],
    },
    {
      // With an empty list no kind is excused, whatever it may be.
      code: privileged('${IMAGE}'),
      options: [{ allowKinds: [] }],
      errors: [{ messageId: 'unknown' }],
    },
    {
      code: privileged('example.com/agent:1'),
      errors: [
        {
          messageId: 'unknown',
          data: { container: 'agent' },
          line: 18,
          column: 25,
          endLine: 18,
          endColumn: 29,
        },
      ],
    },
    {
      code: daemonSet({
        container: 'image: fluent/fluent-bit:5.1.1\nsecurityContext: { privileged: true, runAsUser: 0 }',
      }),
      errors: [
        {
          messageId: 'known',
          data: { container: 'agent', agent: 'Fluent Bit' },
          line: 17,
          column: 42,
          endLine: 17,
          endColumn: 46,
          suggestions: [
            {
              messageId: 'remove',
              output: daemonSet({
                container: 'image: fluent/fluent-bit:5.1.1\nsecurityContext: { runAsUser: 0 }',
              }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({
        spec: 'initContainers:\n  - name: prepare\n    image: example.com/p:1\n    securityContext: { privileged: true }',
      }),
      errors: [{ messageId: 'unknown', data: { container: 'prepare' }, line: 17 }],
    },
    {
      code: privileged('quay.io/cilium/cilium:v1.20.0'),
      options: [{ allowKinds: ['storage'] }],
      errors: [{ messageId: 'known', data: { container: 'agent', agent: 'Cilium' } }],
    },
  ],
})
