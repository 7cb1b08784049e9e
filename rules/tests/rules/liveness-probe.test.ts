import rule from '../../src/rules/liveness-probe.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const container = (text: string) => daemonSet({ container: `image: agent:1.2.3\n${text}` })
const readiness = 'readinessProbe:\n  httpGet:\n    path: /ready\n    port: 8080'
const second = '        - name: second\n          image: second:1\n'

ruleTester.run('liveness-probe', rule, {
  valid: [
    container('livenessProbe: { tcpSocket: { port: 8080 } }'),
    // one is enough
    `${daemonSet()}${second}          livenessProbe: { exec: { command: [live] } }\n`,
    container('livenessProbe: ${PROBE}'),
    { code: daemonSet(), role: 'patch' },
    // nothing that could hang
    daemonSet({ container: 'image: registry.k8s.io/pause:3.10' }),
    container('command: [sleep, infinity]'),
    container('command: [sh, -c, "while true; do date; sleep 60; done"]'),
  ],
  invalid: [
    {
      code: daemonSet(),
      errors: [
        {
          messageId: 'missing',
          data: { name: 'agent' },
          line: 15,
          column: 17,
          endLine: 15,
          endColumn: 22,
          suggestions: [],
        },
      ],
    },
    {
      code: container('ports:\n  - name: health\n    containerPort: 8080'),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              messageId: 'port',
              data: { container: 'agent', port: 'health' },
              output: container(
                'ports:\n  - name: health\n    containerPort: 8080\nlivenessProbe:\n  tcpSocket:\n    port: health\n  failureThreshold: 6',
              ),
            },
          ],
        },
      ],
    },
    {
      // 0 is the default, which is 3.
      code: container(`${readiness}\n  failureThreshold: 0`),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              messageId: 'later',
              output: container(
                `${readiness}\n  failureThreshold: 0\n${readiness.replace('readiness', 'liveness')}\n  failureThreshold: 9`,
              ),
            },
          ],
        },
      ],
    },
    {
      code: container(`${readiness}\n  successThreshold: 2`),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              messageId: 'later',
              data: { container: 'agent', port: '' },
              output: container(
                `${readiness}\n  successThreshold: 2\n${readiness.replace('readiness', 'liveness')}\n  failureThreshold: 9`,
              ),
            },
          ],
        },
      ],
    },
    {
      // What answers elsewhere says nothing of the container.
      code: container('readinessProbe: { httpGet: { host: example.com, port: 80 } }'),
      errors: [{ messageId: 'missing', suggestions: [] }],
    },
    {
      code: daemonSet({
        spec: 'hostNetwork: true',
        container: 'image: agent:1\nreadinessProbe: { httpGet: { host: 127.0.0.1, port: 80 } }',
      }),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              messageId: 'later',
              output: daemonSet({
                spec: 'hostNetwork: true',
                container:
                  'image: agent:1\nreadinessProbe: { httpGet: { host: 127.0.0.1, port: 80 } }\nlivenessProbe:\n  httpGet:\n    host: 127.0.0.1\n    port: 80\n  failureThreshold: 9',
              }),
            },
          ],
        },
      ],
    },
    // the first that runs a program
    {
      code: `${daemonSet({ container: 'image: registry.k8s.io/pause:3.10' })}${second}`,
      errors: [{ messageId: 'missing', line: 17, column: 17 }],
    },
  ],
})
