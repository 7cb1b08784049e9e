import rule from '../../src/rules/lifecycle-tcp-socket.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const container = (text: string) => daemonSet({ container: `image: agent:1.2.3\n${text}` })
const hook = (kind: string, action = 'tcpSocket:\n      port: 8080') =>
  container(`lifecycle:\n  ${kind}:\n    ${action}`)

ruleTester.run('lifecycle-tcp-socket', rule, {
  valid: [
    daemonSet(),
    hook('preStop', 'httpGet: { port: 8080 }'),
    hook('postStart', 'exec: { command: [ready] }'),
    hook('postStart', 'tcpSocket: ${SOCKET}'),
    container('lifecycle:\n  preStop:'),
    // refused by the API server
    hook('postStart', 'exec: { command: [ready] }\n    tcpSocket: { port: 8080 }'),
  ],
  invalid: [
    {
      code: hook('postStart'),
      errors: [
        {
          messageId: 'postStart',
          data: { container: 'agent' },
          line: 19,
          column: 15,
          endLine: 19,
          endColumn: 24,
          suggestions: [
            { messageId: 'remove', output: container('lifecycle: {}') },
            {
              messageId: 'probe',
              output: container('lifecycle: {}\nstartupProbe:\n  tcpSocket:\n    port: 8080'),
            },
          ],
        },
      ],
    },
    {
      code: hook('preStop', 'tcpSocket: { port: http }'),
      errors: [
        {
          messageId: 'preStop',
          data: { container: 'agent' },
          line: 19,
          column: 15,
          suggestions: [{ messageId: 'remove', output: container('lifecycle: {}') }],
        },
      ],
    },
    {
      code: container(
        'lifecycle: { postStart: { tcpSocket: { port: 80 } } }\nstartupProbe: { tcpSocket: { port: 80 } }',
      ),
      errors: [
        {
          messageId: 'postStart',
          suggestions: [
            {
              messageId: 'remove',
              output: container('lifecycle: {}\nstartupProbe: { tcpSocket: { port: 80 } }'),
            },
          ],
        },
      ],
    },
    { code: hook('preStop'), role: 'patch', errors: [{ messageId: 'preStop', suggestions: [] }] },
  ],
})
