import rule from '../../src/rules/ds-eviction-annotation.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const key = 'cluster-autoscaler.kubernetes.io/enable-ds-eviction'
const annotation = (value: string) => `annotations:\n  ${key}: ${value}`

ruleTester.run('ds-eviction-annotation', rule, {
  valid: [
    daemonSet(),
    daemonSet({ template: annotation('"true"') }),
    daemonSet({ template: annotation('"false"') }),
    daemonSet({ template: annotation('"${EVICT}"') }),
    // stated in both places
    daemonSet({ metadata: annotation('"true"'), template: annotation('"true"') }),
    daemonSet({ metadata: annotation('"true"'), template: 'annotations: ${ANNOTATIONS}' }),
    // the base may state it for the pods
    { code: daemonSet({ metadata: annotation('"true"') }), role: 'patch' },
  ],
  invalid: [
    {
      code: daemonSet({ metadata: annotation('"false"') }),
      errors: [
        {
          messageId: 'misplaced',
          line: 6,
          column: 5,
          endLine: 6,
          endColumn: 5 + key.length,
          suggestions: [
            {
              messageId: 'move',
              output: daemonSet({ metadata: 'annotations: {}', template: annotation('"false"') }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ template: annotation('"True"') }),
      errors: [
        {
          messageId: 'value',
          data: { value: 'True' },
          line: 14,
          column: 9 + key.length + 2,
          suggestions: [
            { messageId: 'yes', output: daemonSet({ template: annotation('"true"') }) },
            { messageId: 'no', output: daemonSet({ template: annotation('"false"') }) },
          ],
        },
      ],
    },
    {
      code: daemonSet({ template: annotation('yes please') }),
      role: 'patch',
      errors: [{ messageId: 'value', data: { value: 'yes please' } }],
    },
  ],
})
