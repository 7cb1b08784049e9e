import rule from '../../src/rules/node-exporter-propagation.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = (
  more = '',
  { args = '--path.rootfs=/host', path = '/', image = 'prom/node-exporter:v1.12.1' } = {},
) =>
  daemonSet({
    spec: `volumes: [{ name: root, hostPath: { path: ${path} } }]`,
    container: `image: ${image}\nargs: ["${args}"]\nvolumeMounts:\n  - name: root\n    mountPath: /host${more}`,
  })

ruleTester.run('node-exporter-propagation', rule, {
  valid: [
    daemonSet(),
    pod('\n    mountPropagation: HostToContainer'),
    pod('\n    mountPropagation: ${PROPAGATION}'),
    pod('', { path: '/etc' }),
    pod('', { image: 'agent:1.2.3' }),
    pod('', { args: '--path.rootfs=${ROOT}' }),
    pod('', { args: '--path.procfs=/host/proc' }),
    pod('', { args: '--path.rootfs=/rootfs' }),
    // No file systems
    pod('', { args: '--path.rootfs=/host", "--no-collector.filesystem' }),
    pod('', { args: '--path.rootfs=/host", "--collector.disable-defaults' }),
    { code: pod(), role: 'patch' },
  ],
  invalid: [
    {
      code: pod(),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent' },
          line: 20,
          column: 21,
          endLine: 20,
          endColumn: 25,
          suggestions: [{ messageId: 'set', output: pod('\n    mountPropagation: HostToContainer') }],
        },
      ],
    },
    {
      code: pod('\n    mountPropagation: None', { args: '--path.rootfs=/host/' }),
      errors: [
        {
          messageId: 'missing',
          line: 22,
          column: 33,
          endLine: 22,
          endColumn: 37,
          suggestions: [
            { output: pod('\n    mountPropagation: HostToContainer', { args: '--path.rootfs=/host/' }) },
          ],
        },
      ],
    },
    {
      code: pod('', {
        args: '--path.rootfs=/host", "--collector.disable-defaults", "--collector.filesystem',
      }),
      errors: [{ messageId: 'missing', line: 20, column: 21, endLine: 20, endColumn: 25 }],
    },
  ],
})
