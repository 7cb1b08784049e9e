import rule from '../../src/rules/probe-host.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const container = (more: string, spec?: string) => daemonSet({ spec, container: `image: agent:1\n${more}` })
const probing = (host: string, spec?: string) =>
  container(`readinessProbe: { httpGet: { host: ${host}, port: 80 } }`, spec)

ruleTester.run('probe-host', rule, {
  valid: [
    daemonSet(),
    container('livenessProbe: { httpGet: { port: 80 } }'),
    probing('""'),
    probing('"${NODE_IP}"'),
    // There it is where the pod listens.
    probing('127.0.0.1', 'hostNetwork: true'),
    probing('localhost', 'hostNetwork: true'),
    probing('127.0.0.1', 'hostNetwork: ${HOST_NETWORK}'),
    { code: probing('127.0.0.1'), role: 'patch' },
  ],
  invalid: [
    {
      code: probing('127.0.0.1'),
      errors: [
        {
          messageId: 'node',
          data: { host: '127.0.0.1' },
          line: 17,
          column: 46,
          endLine: 17,
          endColumn: 55,
          suggestions: [
            {
              messageId: 'remove',
              output: container('readinessProbe: { httpGet: { port: 80 } }'),
            },
          ],
        },
      ],
    },
    {
      code: container('livenessProbe:\n  tcpSocket:\n    host: db.example.com\n    port: 5432'),
      errors: [
        {
          messageId: 'other',
          data: { host: 'db.example.com' },
          line: 19,
          column: 21,
          suggestions: [
            { messageId: 'remove', output: container('livenessProbe:\n  tcpSocket:\n    port: 5432') },
          ],
        },
      ],
    },
    ...['localhost', '0.0.0.0', '"::1"', '127.1.2.3'].map((host) => ({
      code: probing(host),
      errors: [{ messageId: 'node' as const }],
    })),
    { code: probing('127.0.0.1', 'hostNetwork: false'), errors: [{ messageId: 'node' }] },
    { code: probing('10.0.0.1', 'hostNetwork: true'), errors: [{ messageId: 'other' }] },
    { code: probing('10.0.0.1'), role: 'patch', errors: [{ messageId: 'other' }] },
    {
      code: container(
        'startupProbe: { httpGet: { host: a, port: 80 } }\nlifecycle:\n  postStart: { httpGet: { host: b, port: 80 } }\n  preStop: { httpGet: { host: c, port: 80 } }',
      ),
      errors: [
        { messageId: 'other', data: { host: 'a' } },
        { messageId: 'other', data: { host: 'b' } },
        { messageId: 'other', data: { host: 'c' } },
      ],
    },
    // However the key is written
    ...[
      '{ "host": 10.0.0.1, port: 80 }',
      '{ host : 10.0.0.1, port: 80 }',
      '{"host":"10.0.0.1","port":80}',
    ].map((action) => ({
      code: container(`readinessProbe: { httpGet: ${action} }`),
      errors: [{ messageId: 'other' as const, data: { host: '10.0.0.1' }, line: 17 }],
    })),
    {
      code: container('readinessProbe:\n  httpGet:\n    ? host\n    : 10.0.0.1\n    ? port\n    : 80'),
      errors: [{ messageId: 'other', line: 20, column: 17 }],
    },
  ],
})
