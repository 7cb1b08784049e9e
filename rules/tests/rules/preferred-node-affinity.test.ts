import rule from '../../src/rules/preferred-node-affinity.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const ssd = 'matchExpressions: [{ key: example.com/disk, operator: In, values: [ssd] }]'
const preferring = (...preferences: string[]) =>
  `affinity:
  nodeAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
${preferences.map((one) => `      - { weight: 1, preference: { ${one} } }`).join('\n')}`
const required = `    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms: [{ ${ssd} }]`

ruleTester.run('preferred-node-affinity', rule, {
  valid: [
    daemonSet(),
    daemonSet({
      spec: 'affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } }',
    }),
    daemonSet({ spec: `affinity:\n  nodeAffinity:\n${required}` }),
    daemonSet({ spec: 'affinity: ${AFFINITY}' }),
    daemonSet({
      spec: `affinity:
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 1
        podAffinityTerm: { topologyKey: kubernetes.io/hostname, labelSelector: {} }`,
    }),
  ],
  invalid: [
    {
      code: daemonSet({ spec: preferring(ssd) }),
      errors: [
        {
          messageId: 'ignored',
          line: 16,
          column: 11,
          endLine: 16,
          endColumn: 58,
          suggestions: [
            {
              messageId: 'require',
              output: daemonSet({
                spec: `affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
        - matchExpressions:
            - key: example.com/disk
              operator: In
              values:
                - ssd`,
              }),
            },
            { messageId: 'remove', output: daemonSet() },
          ],
        },
      ],
    },
    {
      // Which of them is to be required, a person must know.
      code: daemonSet({ spec: preferring(ssd, ssd) }),
      errors: [{ messageId: 'ignored', suggestions: [{ messageId: 'remove', output: daemonSet() }] }],
    },
    {
      code: daemonSet({ spec: `${preferring(ssd)}\n${required}` }),
      errors: [
        {
          messageId: 'beside',
          suggestions: [
            { messageId: 'remove', output: daemonSet({ spec: `affinity:\n  nodeAffinity:\n${required}` }) },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: preferring(ssd) }),
      role: 'patch',
      errors: [{ messageId: 'ignored', suggestions: [] }],
    },
  ],
})
