import rule from '../../src/rules/grace-period-limit.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const grace = (seconds: string | number) => daemonSet({ spec: `terminationGracePeriodSeconds: ${seconds}` })

ruleTester.run('grace-period-limit', rule, {
  valid: [daemonSet(), grace(600), grace('${GRACE}'), { code: grace(120), options: [{ seconds: 120 }] }],
  invalid: [
    {
      code: grace(601),
      errors: [
        {
          messageId: 'long',
          data: { seconds: 601, limit: 600 },
          line: 14,
          column: 38,
          endLine: 14,
          endColumn: 41,
          suggestions: [{ messageId: 'limit', data: { limit: 600 }, output: grace(600) }],
        },
      ],
    },
    {
      code: grace(121),
      options: [{ seconds: 120 }],
      errors: [
        {
          messageId: 'long',
          data: { seconds: 121, limit: 120 },
          suggestions: [{ messageId: 'limit', data: { limit: 120 }, output: grace(120) }],
        },
      ],
    },
    { code: grace(3600), role: 'patch', errors: [{ messageId: 'long' }] },
  ],
})
