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
const root = '  - { name: root, mountPath: /host/root, readOnly: true }'
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
  - --path.rootfs=/host/root`,
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
          data: { path: '/', flag: 'path.rootfs', place: '/host/root' },
          line: 25,
          column: 40,
          endLine: 25,
          endColumn: 50,
          suggestions: [
            {
              messageId: 'flag',
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
          data: { path: '/sys', flag: 'path.sysfs', place: '/host/sys' },
          suggestions: [],
        },
      ],
    },
    {
      code: pod(flags.replace('/host/root', '/rootfs'), all),
      errors: [
        {
          messageId: 'nothing',
          data: { path: '/', flag: 'path.rootfs', place: '/rootfs' },
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
      errors: [{ messageId: 'nothing', data: { path: '/proc', flag: 'path.procfs', place: '/host/proc' } }],
    },
    {
      code: pod('', proc.replace('/host/proc', '/proc')),
      errors: [{ messageId: 'missing' }],
    },
  ],
})
