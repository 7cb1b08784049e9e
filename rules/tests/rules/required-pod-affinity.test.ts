import rule from '../../src/rules/required-pod-affinity.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const hostname = 'topologyKey: kubernetes.io/hostname'
const other = `${hostname}, labelSelector: { matchLabels: { app: database } }`
const affinity = (side: string, ...terms: string[]) =>
  `affinity:
  ${side}:
    requiredDuringSchedulingIgnoredDuringExecution:
${terms.map((term) => `      - { ${term} }`).join('\n')}`
const database = daemonSet().replaceAll('agent', 'database')

ruleTester.run('required-pod-affinity', rule, {
  valid: [
    daemonSet(),
    daemonSet({
      spec: `affinity:
  podAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 1
        podAffinityTerm: { ${other} }`,
    }),
    // The matter of another rule.
    daemonSet({
      spec: affinity('podAntiAffinity', `${hostname}, labelSelector: { matchLabels: { app: agent } }`),
    }),
    // Without a selector no pod is meant; the API server warns of it.
    daemonSet({ spec: affinity('podAntiAffinity', hostname) }),
    daemonSet({ spec: 'affinity: ${AFFINITY}' }),
    // The pods of another DaemonSet are everywhere.
    `${daemonSet({ spec: affinity('podAffinity', other) })}---\n${database}`,
    `${daemonSet({ spec: affinity('podAffinity', other) })}---\n${database.replaceAll('app: database', 'app: ${APP}')}`,
    {
      code: daemonSet({ spec: affinity('podAffinity', other) }),
      files: { '/manifests/database.yaml': database },
    },
    {
      code: daemonSet({ spec: affinity('podAffinity', other) }),
      files: { '/manifests/others.yaml': '{{ include "database" . }}\n' },
    },
  ],
  invalid: [
    {
      code: daemonSet({ spec: affinity('podAffinity', other) }),
      files: { '/manifests/web.yaml': daemonSet().replaceAll('agent', 'web') },
      errors: [{ messageId: 'affinity' }],
    },
    {
      code: daemonSet({ spec: affinity('podAffinity', other) }),
      errors: [
        {
          messageId: 'affinity',
          line: 17,
          column: 30,
          endLine: 17,
          endColumn: 52,
          suggestions: [{ messageId: 'remove', output: daemonSet() }],
        },
      ],
    },
    {
      code: daemonSet({
        spec: `affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ${other} }, { ${other} }] } }`,
      }),
      errors: [
        {
          messageId: 'antiAffinity',
          line: 14,
          column: 102,
          suggestions: [
            {
              messageId: 'remove',
              output: daemonSet({
                spec: `affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ${other} }] } }`,
              }),
            },
          ],
        },
        { messageId: 'antiAffinity' },
      ],
    },
    {
      // Wider than the own pods: those of another set are meant.
      code: daemonSet({ spec: affinity('podAntiAffinity', `${hostname}, labelSelector: {}`) }),
      errors: [{ messageId: 'antiAffinity' }],
    },
    {
      code: `${daemonSet({ spec: affinity('podAntiAffinity', other) })}---\n${database}`,
      errors: [{ messageId: 'antiAffinity' }],
    },
    {
      code: `${daemonSet({ spec: affinity('podAffinity', other) })}---\n${daemonSet().replaceAll('agent', 'web')}`,
      errors: [{ messageId: 'affinity' }],
    },
    {
      code: daemonSet({ spec: affinity('podAffinity', other) }),
      role: 'patch',
      errors: [{ messageId: 'affinity', suggestions: [] }],
    },
  ],
})
