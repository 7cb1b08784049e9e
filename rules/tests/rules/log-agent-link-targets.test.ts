import rule from '../../src/rules/log-agent-link-targets.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = (mounts: string, { image = 'agent:1.2.3', more = '' } = {}) =>
  daemonSet({
    spec: `volumes:
  - { name: links, hostPath: { path: /var/log/containers } }
  - { name: targets, hostPath: { path: /var/log/pods } }
  - { name: log, hostPath: { path: /var/log } }
  - { name: none, emptyDir: {} }${more}`,
    container: `image: ${image}\nvolumeMounts:\n${mounts}`,
  })
const links = '  - { name: links, mountPath: /var/log/containers, readOnly: true }'
const forOs = (os: string) => pod(links, { more: `\nnodeSelector: { kubernetes.io/os: ${os} }` })

ruleTester.run('log-agent-link-targets', rule, {
  valid: [
    daemonSet(),
    pod(`${links}\n  - { name: targets, mountPath: /var/log/pods }`),
    pod(`${links}\n  - { name: targets, mountPath: /var/log/pods/, readOnly: true }`),
    pod(`  - { name: log, mountPath: /var/log }`),
    pod(`${links}\n  - { name: log, mountPath: /var/log }`),
    pod(`  - { name: log, mountPath: /host/log, subPath: pods }`),
    // It may clean up.
    pod('  - { name: links, mountPath: /var/log/containers }'),
    pod(links.replace('mountPath: /var/log/containers', 'mountPath: "${DIR}"')),
    pod(`${links}\n  - { name: log, mountPath: /var/log/pods, subPathExpr: $(NAME) }`),
    { code: pod(links), role: 'patch' },
    forOs('windows'),
    forOs('"${OS}"'),
  ],
  invalid: [
    {
      code: forOs('linux'),
      errors: [{ messageId: 'missing', line: 24, column: 41, endLine: 24, endColumn: 60, suggestions: 1 }],
    },
    {
      code: pod(links),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent' },
          line: 23,
          column: 41,
          endLine: 23,
          endColumn: 60,
          suggestions: [
            {
              messageId: 'mount',
              output: pod(`${links}\n  - name: pod-logs\n    mountPath: /var/log/pods\n    readOnly: true`, {
                more: '\n  - name: pod-logs\n    hostPath:\n      path: /var/log/pods\n      type: Directory',
              }),
            },
          ],
        },
      ],
    },
    {
      code: pod('  - { name: log, mountPath: /logs, subPath: containers }', {
        image: 'fluent/fluent-bit:5.1.1',
      }),
      errors: [{ messageId: 'missing', line: 23, column: 39 }],
    },
    {
      code: pod(`${links}\n  - { name: targets, mountPath: /host/pods, readOnly: true }`),
      errors: [
        {
          messageId: 'elsewhere',
          data: { container: 'agent' },
          line: 23,
          column: 41,
          endLine: 23,
          endColumn: 60,
          suggestions: [],
        },
      ],
    },
    {
      code: pod(`${links}\n  - { name: none, mountPath: /var/log/pods }`),
      errors: [{ messageId: 'missing', suggestions: [] }],
    },
    {
      // Flow style
      code: daemonSet({
        spec: 'volumes: [{ name: links, hostPath: { path: /var/log/containers } }]',
        container:
          'image: agent:1.2.3\nvolumeMounts: [{ name: links, mountPath: /var/log/containers, readOnly: true }]',
      }),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              output: daemonSet({
                spec: 'volumes: [{ name: links, hostPath: { path: /var/log/containers } }, {name: pod-logs, hostPath: {path: /var/log/pods, type: Directory}}]',
                container:
                  'image: agent:1.2.3\nvolumeMounts: [{ name: links, mountPath: /var/log/containers, readOnly: true }, {name: pod-logs, mountPath: /var/log/pods, readOnly: true}]',
              }),
            },
          ],
        },
      ],
    },
  ],
})
