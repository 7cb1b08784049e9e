import rule from '../../src/rules/readiness-probe.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const probe = 'readinessProbe:\n  tcpSocket:\n    port: 8080'
const ports = (port: string) => `image: agent:1.2.3\nports:\n  - ${port}`
const second = '        - name: second\n          image: second:1\n'

ruleTester.run('readiness-probe', rule, {
  valid: [
    daemonSet({ container: `image: agent:1.2.3\n${probe}` }),
    // one gates the pod
    `${daemonSet()}${second}          readinessProbe: { exec: { command: [ready] } }\n`,
    daemonSet({ spec: 'readinessGates:\n  - conditionType: example.com/ready' }),
    daemonSet({ daemon: 'updateStrategy:\n  type: OnDelete' }),
    daemonSet({ daemon: 'updateStrategy:\n  type: ${STRATEGY}' }),
    daemonSet({ container: 'image: agent:1.2.3\nreadinessProbe: ${PROBE}' }),
    // a sidecar's counts
    daemonSet({
      spec: 'initContainers:\n  - name: proxy\n    image: proxy:1\n    restartPolicy: Always\n    readinessProbe: { tcpSocket: { port: 1 } }',
    }),
  ],
  invalid: [
    {
      code: daemonSet(),
      errors: [
        {
          messageId: 'missing',
          data: { name: 'agent', moment: 'as soon as the process has started' },
          line: 15,
          column: 17,
          endLine: 15,
          endColumn: 22,
          suggestions: [],
        },
      ],
    },
    {
      code: daemonSet({ daemon: 'minReadySeconds: 30' }),
      errors: [
        { messageId: 'missing', data: { name: 'agent', moment: 'once the process has run for 30 seconds' } },
      ],
    },
    {
      code: daemonSet({ daemon: 'minReadySeconds: ${SECONDS}' }),
      errors: [{ messageId: 'missing', data: { name: 'agent', moment: 'once the process has started' } }],
    },
    {
      code: daemonSet({ container: 'image: agent:1.2.3\nlivenessProbe:\n  tcpSocket:\n    port: 8080' }),
      errors: [{ messageId: 'missing' }],
    },
    {
      code: daemonSet({ container: ports('containerPort: 8080') }),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              messageId: 'add',
              data: { port: 8080, container: 'agent' },
              output: daemonSet({ container: `${ports('containerPort: 8080')}\n${probe}` }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ container: ports('{ name: health, containerPort: 8080 }') }),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              messageId: 'add',
              data: { port: 'health', container: 'agent' },
              output: daemonSet({
                container: `${ports('{ name: health, containerPort: 8080 }')}\n${probe.replace('8080', 'health')}`,
              }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ container: ports('{ containerPort: 53, protocol: UDP }') }),
      errors: [{ messageId: 'missing', suggestions: [] }],
    },
    {
      // one finding for the pod
      code: `${daemonSet()}${second}`,
      errors: [{ messageId: 'missing', line: 15, column: 17 }],
    },
    {
      // restarted before it is found unready
      code: daemonSet({
        container: `${ports('containerPort: 8080')}\nlivenessProbe: { tcpSocket: { port: 8080 } }`,
      }),
      errors: [{ messageId: 'missing', suggestions: [] }],
    },
    {
      code: daemonSet({
        container: `${ports('containerPort: 8080')}\nlivenessProbe: { tcpSocket: { port: 8080 }, failureThreshold: 4 }`,
      }),
      errors: [{ messageId: 'missing', suggestions: 1 }],
    },
  ],
})
