import rule from '../../src/rules/node-exporter-host-pid.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = ({
  args = '--path.rootfs=/host',
  spec = '',
  mounts = '',
  image = 'prom/node-exporter:v1.12.1',
} = {}) =>
  daemonSet({
    spec: `volumes: [{ name: root, hostPath: { path: / } }, { name: proc, hostPath: { path: /proc } }]${spec}`,
    container: `image: ${image}\nargs: ["${args}"]\nvolumeMounts: [{ name: root, mountPath: /host }${mounts}]`,
  })

ruleTester.run('node-exporter-host-pid', rule, {
  valid: [
    daemonSet(),
    pod({ spec: '\nhostPID: true' }),
    pod({ spec: '\nhostPID: ${PID}' }),
    pod({ args: '--path.rootfs=/host", "--path.procfs=/host/proc' }),
    pod({ args: '--path.rootfs=/host", "--path.procfs=${PROC}' }),
    pod({ args: '${ARGS}' }),
    pod({ mounts: ', { name: proc, mountPath: /proc }' }),
    // node-exporter-rootfs asks for the flag.
    pod({ mounts: ', { name: proc, mountPath: /host/proc }' }),
    pod({ args: '--no-collector.filesystem' }),
    pod({ args: '--collector.disable-defaults", "--collector.cpu' }),
    pod({ args: '--path.rootfs=/host", "--path.procfs", "/host/proc' }),
    pod({ image: 'agent:1.2.3' }),
    // It measures nothing of the node.
    pod().replace('path: / }', 'path: /etc }'),
    { code: pod(), role: 'patch' },
  ],
  invalid: [
    {
      code: pod(),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent' },
          line: 13,
          column: 5,
          suggestions: [
            {
              messageId: 'flag',
              data: { place: '/host/proc' },
              output: pod().replace('rootfs=/host"', 'rootfs=/host", "--path.procfs=/host/proc"'),
            },
          ],
        },
      ],
    },
    {
      code: pod({ spec: '\nhostPID: false' }),
      errors: [
        {
          messageId: 'missing',
          line: 15,
          column: 16,
          endLine: 15,
          endColumn: 21,
          suggestions: 1,
        },
      ],
    },
    {
      code: pod({ args: '--path.rootfs=/host", "--path.procfs=/proc/' }),
      errors: [
        {
          messageId: 'missing',
          suggestions: [{ output: pod({ args: '--path.rootfs=/host", "--path.procfs=/host/proc' }) }],
        },
      ],
    },
    {
      // A flag in two words stays one.
      code: pod({ args: '--path.rootfs=/host", "--path.procfs", "/proc' }),
      errors: [
        {
          messageId: 'missing',
          line: 13,
          column: 5,
          suggestions: [{ output: pod({ args: '--path.rootfs=/host", "--path.procfs", "/host/proc' }) }],
        },
      ],
    },
    {
      code: pod({ args: '--collector.disable-defaults", "--collector.filesystem' }),
      errors: [{ messageId: 'missing', line: 13, column: 5 }],
    },
  ],
})
