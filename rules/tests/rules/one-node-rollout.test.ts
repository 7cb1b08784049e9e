import rule from '../../src/rules/one-node-rollout.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const rolling = (limits: string, type = 'RollingUpdate') =>
  daemonSet({ daemon: `updateStrategy:\n  type: ${type}${limits && `\n  rollingUpdate:${limits}`}` })
const unavailable = (value: string, type?: string) => rolling(`\n    maxUnavailable: ${value}`, type)
const surging = (value: string) => rolling(`\n    maxSurge: ${value}\n    maxUnavailable: 0`)

ruleTester.run('one-node-rollout', rule, {
  valid: [
    // update-strategy says it.
    daemonSet(),
    daemonSet({ daemon: 'updateStrategy: {}' }),
    unavailable('2'),
    unavailable('1%'),
    unavailable('${MAX}'),
    unavailable('1', 'OnDelete'),
    unavailable('1', '${TYPE}'),
    surging('2'),
    surging('10%'),
    rolling('', 'OnDelete'),
    rolling('\n    maxSurge: ${SURGE}'),
    {
      code: 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  updateStrategy:\n    type: RollingUpdate\n',
      role: 'patch',
    },
  ],
  invalid: [
    {
      code: unavailable('1'),
      errors: [
        {
          messageId: 'one',
          data: { field: 'maxUnavailable' },
          line: 9,
          column: 23,
          endLine: 9,
          endColumn: 24,
          suggestions: [{ messageId: 'tenth', output: unavailable('10%') }],
        },
      ],
    },
    {
      code: surging('1'),
      errors: [
        {
          messageId: 'one',
          data: { field: 'maxSurge' },
          line: 9,
          column: 17,
          endLine: 9,
          endColumn: 18,
          suggestions: [{ messageId: 'tenth', output: surging('10%') }],
        },
      ],
    },
    {
      code: rolling(''),
      errors: [
        {
          messageId: 'default',
          line: 6,
          column: 3,
          endLine: 6,
          endColumn: 17,
          suggestions: [{ messageId: 'tenth', output: unavailable('10%') }],
        },
      ],
    },
    {
      code: rolling('\n    maxSurge: 0'),
      errors: [
        {
          messageId: 'default',
          line: 8,
          column: 5,
          suggestions: [
            { messageId: 'tenth', output: rolling('\n    maxSurge: 0\n    maxUnavailable: 10%') },
          ],
        },
      ],
    },
    {
      code: daemonSet({ daemon: 'updateStrategy: { rollingUpdate: { maxUnavailable: 1 } }' }),
      errors: [
        {
          messageId: 'one',
          suggestions: [
            {
              messageId: 'tenth',
              output: daemonSet({ daemon: 'updateStrategy: { rollingUpdate: { maxUnavailable: 10% } }' }),
            },
          ],
        },
      ],
    },
  ],
})
