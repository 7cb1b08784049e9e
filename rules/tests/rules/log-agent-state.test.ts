import rule from '../../src/rules/log-agent-state.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = (
  mounts: string,
  { image = 'cr.fluentbit.io/fluent/fluent-bit:5.1.1', more = '', spec = '' } = {},
) =>
  daemonSet({
    spec: `volumes:
  - { name: log, hostPath: { path: /var/log } }
  - { name: docker, hostPath: { path: /var/lib/docker/containers } }
  - { name: state, hostPath: { path: /var/lib/fluent-bit, type: DirectoryOrCreate } }
  - { name: claim, persistentVolumeClaim: { claimName: state } }
  - { name: config, configMap: { name: config } }
  - { name: socket, hostPath: { path: /run/agent.sock, type: Socket } }
  - { name: docker-socket, hostPath: { path: /run/docker.sock } }
  - { name: empty, emptyDir: {} }${spec}`,
    container: `image: ${image}${more}\nvolumeMounts:\n${mounts}`,
  })
const log = '  - { name: log, mountPath: /var/log, readOnly: true }'

ruleTester.run('log-agent-state', rule, {
  valid: [
    daemonSet(),
    pod('  - { name: log, mountPath: /var/log }'),
    pod(`${log}\n  - { name: state, mountPath: /state }`),
    pod(`${log}\n  - { name: claim, mountPath: /state }`),
    // What it is, or reads, or writes, is not known.
    pod(log, { image: 'agent:1.2.3' }),
    pod('  - { name: config, mountPath: /config }'),
    pod(log.replace('true', '"${READ_ONLY}"')),
    pod(`${log}\n  - { name: "\${STATE}", mountPath: /state }`),
    pod(log, { more: '\ncommand: [sleep, infinity]' }),
    pod(log, { spec: '\nnodeSelector: { kubernetes.io/os: windows }' }),
    { code: pod(log), role: 'patch' },
  ],
  invalid: [
    {
      code: pod(log),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', agent: 'Fluent Bit' },
          line: 26,
          column: 11,
          endLine: 26,
          endColumn: 23,
        },
      ],
    },
    {
      code: pod(`${log}\n  - { name: empty, mountPath: /var/fluent-bit/state }`),
      errors: [
        {
          messageId: 'emptyDir',
          data: { container: 'agent', agent: 'Fluent Bit', volume: 'empty' },
          line: 28,
          column: 23,
          endLine: 28,
          endColumn: 28,
        },
      ],
    },
    // Nothing to keep it in.
    ...[
      'docker, mountPath: /var/lib/docker/containers',
      'config, mountPath: /c',
      'socket, mountPath: /s',
      'docker-socket, mountPath: /d',
    ].map((mount) => ({
      code: pod(`${log}\n  - { name: ${mount} }`),
      errors: [{ messageId: 'missing' as const }],
    })),
    {
      code: pod(`${log}\n  - { name: empty, mountPath: /tmp }`),
      errors: [{ messageId: 'missing' }],
    },
    {
      code: pod('  - { name: docker, mountPath: /var/lib/docker/containers }', {
        image: 'elastic/filebeat:9.5.2',
      }),
      errors: [{ messageId: 'missing', data: { container: 'agent', agent: 'Filebeat' } }],
    },
  ],
})
