import rule from '../../src/rules/node-exporter-rootfs.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const image = 'quay.io/prometheus/node-exporter:v1.12.1'
const pod = (args: string, mounts = '', own = image) =>
  daemonSet({
    spec: `volumes:
  - { name: root, hostPath: { path: / } }
  - { name: proc, hostPath: { path: /proc } }
  - { name: sys, hostPath: { path: /sys } }
  - { name: empty, emptyDir: {} }`,
    container: `image: ${own}${args && `\nargs:\n${args}`}${mounts && `\nvolumeMounts:\n${mounts}`}`,
  })
const root = '  - { name: root, mountPath: /host/root, readOnly: true, mountPropagation: HostToContainer }'
const fixed = '  - { name: root, mountPath: /host/root, readOnly: true }'
const proc = '  - { name: proc, mountPath: /host/proc, readOnly: true }'
const sys = '  - { name: sys, mountPath: /host/sys, readOnly: true }'
const all = `${root}\n${proc}\n${sys}`
const flags = '  - --path.rootfs=/host/root\n  - --path.procfs=/host/proc\n  - --path.sysfs=/host/sys'
const bare = daemonSet({ container: `image: ${image}` })

ruleTester.run('node-exporter-rootfs', rule, {
  valid: [
    daemonSet(),
    pod(flags, all),
    // Below the root
    pod(
      '  - --path.rootfs=/host/root/\n  - --path.procfs=/host/root/proc\n  - --path.sysfs=/host/root/sys',
      root,
    ),
    pod('  - --path.rootfs\n  - /host/root', root),
    pod('  - --path.rootfs=/host', '  - { name: root, mountPath: /host }'),
    pod('  - --path.rootfs=/host/root\n  - --path.procfs=/proc', root),
    pod('  - --path.rootfs=$(ROOT)', root).replace(
      'args:',
      'env: [{ name: ROOT, value: /host/root }]\n          args:',
    ),
    // No file systems
    pod('  - --no-collector.filesystem'),
    pod('  - --collector.disable-defaults\n  - --collector.cpu'),
    // Not known
    pod('  - --path.rootfs=${ROOT}', root),
    pod('  - --path.rootfs=$(ROOT)', root),
    pod('  - "${ARGS}"', root),
    pod('', root).replace(
      'volumeMounts',
      'command: [sh, -c, "exec node_exporter --path.rootfs=/host/root"]\n          volumeMounts',
    ),
    pod('', '', '${IMAGE}'),
    pod('', root, 'quay.io/prometheus/node-exporter:v0.16.0'),
    // The tag tells no version.
    pod('', root, 'quay.io/prometheus/node-exporter:NODE_EXPORTER_VERSION'),
    pod('', root, 'quay.io/prometheus/node-exporter:${TAG}'),
    // On the node's network /sys is the node's anyway.
    ...['true', '${HOST_NETWORK}'].map((value) =>
      pod('  - --path.rootfs=/host/root', `${root}\n${sys}`).replace(
        'volumes:',
        `hostNetwork: ${value}\n      volumes:`,
      ),
    ),
    { code: bare, role: 'patch' },
  ],
  invalid: [
    {
      code: bare,
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent' },
          line: 15,
          column: 17,
          endLine: 15,
          endColumn: 22,
          suggestions: [
            {
              messageId: 'mount',
              output: daemonSet({
                container: `image: ${image}
volumeMounts:
  - name: root
    mountPath: /host/root
    readOnly: true
    mountPropagation: HostToContainer
args:
  - --path.rootfs=/host/root
  - --path.procfs=/host/root/proc
  - --path.sysfs=/host/root/sys`,
              }).concat(
                '      volumes:\n        - name: root\n          hostPath:\n            path: /\n            type: Directory\n',
              ),
            },
          ],
        },
      ],
    },
    {
      code: pod('  - --path.procfs=/host/proc', `${root}\n${proc}`),
      errors: [
        {
          messageId: 'unset',
          data: { container: 'agent', paths: '`/`', flags: '`--path.rootfs=/host/root`' },
          line: 25,
          column: 40,
          endLine: 25,
          endColumn: 50,
          suggestions: [
            {
              messageId: 'add',
              output: pod('  - --path.procfs=/host/proc\n  - --path.rootfs=/host/root', `${root}\n${proc}`),
            },
          ],
        },
      ],
    },
    {
      // A mount for nothing, of which it is told the default
      code: pod('  - --path.rootfs=/host/root\n  - --path.sysfs=/sys', `${root}\n${sys}`),
      errors: [
        {
          messageId: 'unset',
          data: { container: 'agent', paths: '`/sys`', flags: '`--path.sysfs=/host/sys`' },
          suggestions: [],
        },
      ],
    },
    {
      // One finding for all of them
      code: pod('', all).replace('volumes:', 'hostNetwork: false\n      volumes:'),
      errors: [
        {
          messageId: 'unset',
          data: {
            container: 'agent',
            paths: '`/`, `/proc` and `/sys`',
            flags: '`--path.rootfs=/host/root`, `--path.procfs=/host/proc` and `--path.sysfs=/host/sys`',
          },
          line: 24,
          suggestions: [
            {
              messageId: 'add',
              output: `${pod('', all)}          args:\n${flags.replace(/^/gm, '          ')}\n`.replace(
                'volumes:',
                'hostNetwork: false\n      volumes:',
              ),
            },
          ],
        },
      ],
    },
    {
      // On the node's network the rest is said all the same.
      code: pod('', all).replace('volumes:', 'hostNetwork: true\n      volumes:'),
      errors: [
        {
          messageId: 'unset',
          data: {
            container: 'agent',
            paths: '`/` and `/proc`',
            flags: '`--path.rootfs=/host/root` and `--path.procfs=/host/proc`',
          },
        },
      ],
    },
    // Of these the version is known well enough, or is no tag's.
    ...[
      ':latest',
      ':main',
      ':master',
      '',
      '@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    ].map((end) => ({
      code: pod('', root, `quay.io/prometheus/node-exporter${end}`),
      errors: [{ messageId: 'unset' as const }],
    })),
    {
      code: pod(flags.replace('/host/root', '/rootfs'), all),
      errors: [
        {
          messageId: 'nothing',
          data: { found: "`--path.rootfs` names `/rootfs`, where the node's `/` is not mounted" },
          line: 23,
          column: 15,
          endLine: 23,
          endColumn: 36,
        },
      ],
    },
    {
      // Something else is mounted there.
      code: pod(flags, `${root}\n  - { name: empty, mountPath: /host/proc }\n${sys}`),
      errors: [
        {
          messageId: 'nothing',
          data: {
            found:
              "`--path.procfs` names `/host/proc`, where the volume `empty` (`emptyDir`) is mounted, not the node's `/proc`",
          },
        },
      ],
    },
    {
      // One finding for all of them, and one for the flag that is not there
      code: pod(
        '  - --path.procfs=/host/proc\n  - --path.sysfs=/host/sys',
        `${root}\n${proc.replace('name: proc', 'name: sys')}`,
      ),
      errors: [
        {
          messageId: 'nothing',
          data: {
            found:
              "`--path.procfs` names `/host/proc`, where the node's `/sys` is mounted, not its `/proc`, and `--path.sysfs` names `/host/sys`, where the node's `/sys` is not mounted",
          },
          line: 23,
          column: 15,
          endLine: 23,
          endColumn: 39,
        },
        {
          messageId: 'unset',
          data: { container: 'agent', paths: '`/`', flags: '`--path.rootfs=/host/root`' },
        },
      ],
    },
    {
      code: pod('', proc.replace('/host/proc', '/proc')),
      errors: [{ messageId: 'missing' }],
    },
    {
      // What the node mounts later is to be seen as well.
      code: pod('  - --path.procfs=/host/proc', `${fixed}\n${proc}`),
      errors: [
        {
          messageId: 'unset',
          suggestions: [
            {
              messageId: 'add',
              output: pod('  - --path.procfs=/host/proc\n  - --path.rootfs=/host/root', `${root}\n${proc}`),
            },
          ],
        },
      ],
    },
    {
      // That collector alone
      code: pod('  - --collector.disable-defaults\n  - --collector.filesystem'),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent' },
          line: 20,
          column: 17,
          suggestions: [
            {
              messageId: 'mount',
              output: pod(
                `  - --collector.disable-defaults\n  - --collector.filesystem\n${flags.replace(/host\/(proc|sys)/g, 'host/root/$1')}`,
                '  - name: root-of-node\n    mountPath: /host/root\n    readOnly: true\n    mountPropagation: HostToContainer',
              ).replace(
                '      containers',
                '        - name: root-of-node\n          hostPath:\n            path: /\n            type: Directory\n      containers',
              ),
            },
          ],
        },
      ],
    },
  ],
})
