import rule from '../../src/rules/host-path-type.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const untyped = (path: string) => `volumes:\n  - name: host\n    hostPath:\n      path: ${path}`
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
    // A patch says nothing of the type.
    `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: agent }\nspec: { template: { spec: { volumes: [{ name: host, hostPath: { path: /run/a.sock } }] } } }\n`,
  ],
  invalid: [
    {
      code: withVolume(untyped('/run/xtables.lock')),
      errors: [
        {
          messageId: 'untyped',
          data: { path: '/run/xtables.lock', type: 'FileOrCreate' },
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
          messageId: 'untyped',
          data: { path: '/run/agent.sock', type: 'Socket' },
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
      code: withVolume(untyped('/etc/kubernetes/admin.conf')),
      errors: [{ messageId: 'untyped', data: { path: '/etc/kubernetes/admin.conf', type: 'File' } }],
    },
    {
      code: withVolume(untyped('/etc/machine-id')),
      errors: [{ messageId: 'untyped', data: { path: '/etc/machine-id', type: 'File' } }],
    },
  ],
})
