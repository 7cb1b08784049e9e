import rule from '../../src/rules/mount-inside-proc.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const host = 'hostPath: { path: /proc }'
const mounted = (path: string, source = host, spec = '') =>
  daemonSet({
    spec: `${spec}volumes: [{ name: data, ${source} }]`,
    container: `image: agent:1\nvolumeMounts: [{ name: data, mountPath: ${path} }]`,
  })

ruleTester.run('mount-inside-proc', rule, {
  valid: [
    daemonSet(),
    mounted('/host/proc'),
    mounted('/process'),
    mounted('/proc'),
    mounted('/proc/'),
    mounted('/proc/cpuinfo'),
    mounted('/proc/sys/kernel/ns_last_pid'),
    mounted('"${DIR}"'),
    mounted('"${DIR}/proc/1"'),
    mounted('/proc/sys', host, 'nodeSelector: { kubernetes.io/os: windows }\n'),
    mounted('/proc', 'hostPath: { path: "${PROC}" }'),
    mounted('/proc/../data'),
  ],
  invalid: [
    {
      code: mounted('/proc/sys/net'),
      errors: [
        {
          messageId: 'inside',
          data: { container: 'agent', path: '/proc/sys/net' },
          line: 18,
          column: 51,
          endLine: 18,
          endColumn: 64,
        },
      ],
    },
    { code: mounted('/proc//sys/.'), errors: [{ messageId: 'inside' }] },
    {
      code: mounted('proc/1'),
      errors: [{ messageId: 'inside', data: { container: 'agent', path: '/proc/1' } }],
    },
    { code: mounted('/proc/1/', 'configMap: { name: a }'), errors: [{ messageId: 'inside' }] },
    {
      code: mounted('/proc', 'emptyDir: {}'),
      errors: [{ messageId: 'over', data: { container: 'agent' }, line: 18, column: 51 }],
    },
    {
      code: daemonSet({
        spec: `volumes: [{ name: data, ${host} }]\ninitContainers: [{ name: setup, image: "a:1", volumeMounts: [null, { name: data, mountPath: /proc/sys }] }]`,
      }),
      errors: [{ messageId: 'inside', data: { container: 'setup', path: '/proc/sys' } }],
    },
  ],
})
