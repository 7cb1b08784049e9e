import rule from '../../src/rules/liveness-patience.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const probes = (live: string, ready = '', path = '/healthz') =>
  daemonSet({
    container: `image: agent:1.2.3\nlivenessProbe:\n  httpGet:\n    path: /healthz\n    port: 8080${live}\nreadinessProbe:\n  httpGet:\n    port: 8080\n    path: ${path}${ready}`,
  })

ruleTester.run('liveness-patience', rule, {
  valid: [
    daemonSet(),
    daemonSet({ container: 'image: agent:1.2.3\nlivenessProbe: { tcpSocket: { port: 1 } }' }),
    probes('', '', '/ready'),
    probes('\n  failureThreshold: 4'),
    probes('\n  periodSeconds: 11'),
    probes('', '\n  failureThreshold: 2'),
    probes('\n  periodSeconds: 0\n  failureThreshold: 4', '\n  periodSeconds: 0'),
    probes('', '', '${READY}'),
    probes('\n  failureThreshold: ${FAILURES}'),
    { code: probes(''), role: 'patch' },
  ],
  invalid: [
    {
      code: probes(''),
      errors: [
        {
          messageId: 'same',
          data: { container: 'agent', seconds: 30 },
          line: 17,
          column: 11,
          endLine: 17,
          endColumn: 24,
          suggestions: [
            { messageId: 'wait', data: { failures: 9 }, output: probes('\n  failureThreshold: 9') },
          ],
        },
      ],
    },
    {
      // 0 is the default as well.
      code: probes('\n  periodSeconds: 0', '\n  failureThreshold: 0'),
      errors: [
        {
          messageId: 'same',
          data: { container: 'agent', seconds: 30 },
          line: 17,
          column: 11,
          endLine: 17,
          endColumn: 24,
          suggestions: [
            {
              messageId: 'wait',
              data: { failures: 9 },
              output: probes('\n  periodSeconds: 0\n  failureThreshold: 9', '\n  failureThreshold: 0'),
            },
          ],
        },
      ],
    },
    {
      code: probes('\n  periodSeconds: 7\n  failureThreshold: 2', '\n  periodSeconds: 5'),
      errors: [
        {
          messageId: 'same',
          data: { container: 'agent', seconds: 14 },
          suggestions: [
            {
              messageId: 'wait',
              data: { failures: 7 },
              output: probes('\n  periodSeconds: 7\n  failureThreshold: 7', '\n  periodSeconds: 5'),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({
        container:
          'image: agent:1.2.3\nlivenessProbe: { exec: { command: [check] } }\nreadinessProbe: { exec: { command: [check] } }',
      }),
      errors: [
        {
          messageId: 'same',
          line: 17,
          suggestions: [
            {
              messageId: 'wait',
              output: daemonSet({
                container:
                  'image: agent:1.2.3\nlivenessProbe: { exec: { command: [check] }, failureThreshold: 9 }\nreadinessProbe: { exec: { command: [check] } }',
              }),
            },
          ],
        },
      ],
    },
  ],
})
