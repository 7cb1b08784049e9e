import rule from '../../src/rules/log-agent-user.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const bit = 'cr.fluentbit.io/fluent/fluent-bit:5.1.1'
const pod = (own: string, { shared = '', image = bit, path = '/var/log', more = '' } = {}) =>
  daemonSet({
    spec: `volumes: [{ name: log, hostPath: { path: ${path} } }]${shared && `\nsecurityContext: ${shared}`}`,
    container: `image: ${image}\nvolumeMounts: [{ name: log, mountPath: /var/log }]${own && `\nsecurityContext: ${own}`}${more}`,
  })

/** With an init container that mounts a part of the node. */
const opened = (path: string, more: string) =>
  daemonSet({
    spec: `initContainers:
  - name: open
    image: acl:1
    volumeMounts: [{ name: opened, mountPath: /host${more} }]
volumes: [{ name: log, hostPath: { path: /var/log } }, { name: opened, hostPath: { path: ${path} } }]`,
    container: `image: ${bit}
volumeMounts: [{ name: log, mountPath: /var/log, readOnly: true }]
securityContext: { runAsUser: 1000, runAsGroup: 1000 }`,
  })

ruleTester.run('log-agent-user', rule, {
  valid: [
    daemonSet(),
    // It may open them.
    opened('/var/log', ''),
    opened('/var/log/pods', ', readOnly: false'),
    opened('/', ', readOnly: "${READ_ONLY}"'),
    pod(''),
    pod('{ runAsUser: 0, runAsGroup: 1000 }'),
    pod('{ runAsUser: 1000, runAsGroup: 0 }'),
    pod('{ runAsUser: 1000 }'),
    pod('{ runAsNonRoot: true }'),
    pod('{ runAsUser: 0 }', { shared: '{ runAsUser: 1000, runAsGroup: 1000 }' }),
    pod('', { shared: '{ runAsUser: 1000, runAsGroup: 1000, supplementalGroups: [4, 0] }' }),
    pod('', { shared: '{ runAsUser: 1000, runAsGroup: 1000, fsGroup: 0 }' }),
    pod('', { shared: '{ runAsUser: 1000, runAsGroup: 1000, supplementalGroups: ["${GROUP}"] }' }),
    pod('{ runAsUser: "${USER}", runAsGroup: 1000 }'),
    pod('{ runAsUser: 1000, runAsGroup: "${GROUP}" }', { shared: '{ runAsGroup: 1000 }' }),
    pod('{ runAsUser: 1000, runAsGroup: 1000 }', { image: 'agent:1.2.3' }),
    pod('{ runAsUser: 1000, runAsGroup: 1000 }', { path: '/var/log/audit' }),
    pod('{ runAsUser: 1000, runAsGroup: 1000 }', { more: '\ncommand: [sleep, infinity]' }),
    { code: pod('{ runAsUser: 1000, runAsGroup: 1000 }'), role: 'patch' },
  ],
  invalid: [
    {
      code: pod('{ runAsUser: 1000, runAsGroup: 3000 }'),
      errors: [
        {
          messageId: 'unreadable',
          data: { container: 'agent', agent: 'Fluent Bit', user: 1000, group: 3000 },
          line: 19,
          column: 59,
          endLine: 19,
          endColumn: 63,
          suggestions: [{ messageId: 'group', output: pod('{ runAsUser: 1000, runAsGroup: 0 }') }],
        },
      ],
    },
    // It cannot, or opens something else.
    ...[
      opened('/var/log', ', readOnly: true'),
      opened('/var/log/pods/logging', ''),
      opened('/var/lib', ''),
    ].map((code) => ({
      code,
      errors: [
        {
          messageId: 'unreadable' as const,
          line: 23,
          column: 59,
          endLine: 23,
          endColumn: 63,
          suggestions: 1,
        },
      ],
    })),
    {
      // Of two main containers nobody knows which starts first.
      code: `${pod('{ runAsUser: 1000, runAsGroup: 1000 }')}        - name: open
          image: acl:1
          volumeMounts: [{ name: log, mountPath: /host }]
`,
      errors: [{ messageId: 'unreadable', suggestions: 1 }],
    },
    {
      code: pod('{ runAsUser: 1000 }', { shared: '{ runAsGroup: 1000 }' }),
      errors: [
        {
          messageId: 'unreadable',
          line: 15,
          column: 38,
          suggestions: [
            { output: pod('{ runAsUser: 1000, runAsGroup: 0 }', { shared: '{ runAsGroup: 1000 }' }) },
          ],
        },
      ],
    },
    {
      code: pod('', {
        shared: '{ runAsUser: 65532, runAsGroup: 65532, supplementalGroups: [4] }',
        path: '/var/log/pods',
      }),
      errors: [{ messageId: 'unreadable', suggestions: 1 }],
    },
  ],
})
