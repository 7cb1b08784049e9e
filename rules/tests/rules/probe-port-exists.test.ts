import rule from '../../src/rules/probe-port-exists.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const container = (text: string) => daemonSet({ container: `image: agent:1.2.3\n${text}` })
const ports = 'ports:\n  - name: metrics\n    containerPort: 9100\n'
const probe = (kind: string, port: string) => `${kind}:\n  httpGet:\n    port: ${port}`
const second =
  '        - name: second\n          image: second:1\n          ports: [{ name: http, containerPort: 8080 }]\n'
const data = { container: 'agent', port: 'http' }
const never = 'so the probe never succeeds and the pod is never ready'
const hangs = 'so the probe never comes to a result and a container that hangs is never restarted'
const starts =
  'so the container never counts as started: its other probes never run and the pod is never ready'

ruleTester.run('probe-port-exists', rule, {
  valid: [
    daemonSet(),
    container(`${ports}${probe('readinessProbe', 'metrics')}`),
    // numbers need not be declared
    container(probe('readinessProbe', '9100')),
    container(probe('readinessProbe', '${PORT}')),
    container(`ports: \${PORTS}\n${probe('readinessProbe', 'http')}`),
    container(`ports:\n  - name: \${NAME}\n    containerPort: 9100\n${probe('readinessProbe', 'http')}`),
    // the base may declare it
    { code: container(probe('readinessProbe', 'http')), role: 'patch' },
    // the API server refuses these
    container(probe('readinessProbe', '"8080"')),
    container(probe('readinessProbe', 'Http')),
    container(probe('readinessProbe', 'a-name-of-17-char')),
    // a hook's tcpSocket never works at all
    container('lifecycle:\n  preStop:\n    tcpSocket:\n      port: http'),
  ],
  invalid: [
    {
      code: container(`${ports}${probe('readinessProbe', 'http')}`),
      errors: [
        {
          messageId: 'missing',
          data: { ...data, effect: never },
          line: 22,
          column: 21,
          endLine: 22,
          endColumn: 25,
          suggestions: [
            {
              messageId: 'use',
              data: { port: 'metrics' },
              output: container(`${ports}${probe('readinessProbe', 'metrics')}`),
            },
          ],
        },
      ],
    },
    {
      code: container('livenessProbe: { tcpSocket: { port: http } }'),
      errors: [{ messageId: 'missing', data: { ...data, effect: hangs }, line: 17, suggestions: [] }],
    },
    {
      code: container('ports: [{ containerPort: 8080 }]\nstartupProbe: { tcpSocket: { port: http } }'),
      errors: [
        {
          messageId: 'missing',
          data: { ...data, effect: starts },
          suggestions: [
            {
              messageId: 'use',
              data: { port: 8080 },
              output: container(
                'ports: [{ containerPort: 8080 }]\nstartupProbe: { tcpSocket: { port: 8080 } }',
              ),
            },
          ],
        },
      ],
    },
    {
      code: `${container(probe('readinessProbe', 'http'))}${second}`,
      errors: [
        {
          messageId: 'elsewhere',
          data: { ...data, other: 'second', effect: never },
          line: 19,
          column: 21,
          suggestions: [
            {
              messageId: 'use',
              data: { port: 8080 },
              output: `${container(probe('readinessProbe', '8080'))}${second}`,
            },
          ],
        },
      ],
    },
    {
      code: container(
        'lifecycle:\n  postStart:\n    httpGet: { port: http }\n  preStop:\n    httpGet: { port: http }',
      ),
      errors: [
        {
          messageId: 'missing',
          data: {
            ...data,
            effect: 'so the hook always fails and the container is stopped as soon as it has started',
          },
        },
        {
          messageId: 'missing',
          data: { ...data, effect: 'so the hook always fails and the container is stopped without it' },
        },
      ],
    },
  ],
})
