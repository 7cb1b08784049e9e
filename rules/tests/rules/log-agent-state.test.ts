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
  - { name: ephemeral, ephemeral: { volumeClaimTemplate: { spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } } } }
  - { name: image, image: { reference: "state:1" } }
  - { name: nfs, nfs: { server: nfs, path: / } }
  - { name: socket, hostPath: { path: /run/agent.sock, type: Socket } }
  - { name: docker-socket, hostPath: { path: /run/docker.sock } }
  - { name: root, hostPath: { path: / } }
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
    pod(`${log}\n  - { name: nfs, mountPath: /state }`),
    // What it is, or reads, or writes, is not known.
    pod(log, { image: 'agent:1.2.3' }),
    pod('  - { name: config, mountPath: /config }'),
    pod(log.replace('true', '"${READ_ONLY}"')),
    pod(`${log}\n  - { name: "\${STATE}", mountPath: /state }`),
    pod(log, { more: '\ncommand: [sleep, infinity]' }),
    pod(log, { spec: '\nnodeSelector: { kubernetes.io/os: windows }' }),
    // It may only measure the node.
    pod('  - { name: root, mountPath: /hostfs, readOnly: true }', {
      image: 'otel/opentelemetry-collector-k8s:0.159.0',
    }),
    pod(log, { image: 'otel/opentelemetry-collector-k8s:0.159.0' }).replace(
      'path: /var/log }',
      'path: /var/log/audit }',
    ),
    { code: pod(log), role: 'patch' },
  ],
  invalid: [
    {
      code: pod(log),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', agent: 'Fluent Bit' },
          line: 30,
          column: 11,
          endLine: 30,
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
          line: 32,
          column: 23,
          endLine: 32,
          endColumn: 28,
        },
      ],
    },
    {
      code: pod(log, { image: 'otel/opentelemetry-collector-k8s:0.159.0' }),
      errors: [{ messageId: 'missing', data: { container: 'agent', agent: 'OpenTelemetry Collector' } }],
    },
    {
      code: pod(`${log}\n  - { name: empty, mountPath: /vector-data-dir }`, {
        image: 'timberio/vector:0.57.0-debian',
      }),
      errors: [{ messageId: 'emptyDir', data: { container: 'agent', agent: 'Vector', volume: 'empty' } }],
    },
    {
      code: pod('  - { name: root, mountPath: /node, readOnly: true }'),
      errors: [{ messageId: 'missing' }],
    },
    // Nothing to keep it in.
    ...[
      'docker, mountPath: /var/lib/docker/containers',
      'config, mountPath: /c',
      'socket, mountPath: /s',
      'docker-socket, mountPath: /d',
      'ephemeral, mountPath: /e',
      'image, mountPath: /i',
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
