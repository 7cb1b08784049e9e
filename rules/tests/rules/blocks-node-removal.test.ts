import rule from '../../src/rules/blocks-node-removal.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const annotated = (key: string, value: string) => daemonSet({ template: `annotations:\n  ${key}: ${value}` })
const key = 'karpenter.sh/do-not-disrupt'

ruleTester.run('blocks-node-removal', rule, {
  valid: [
    daemonSet(),
    annotated(key, '"false"'),
    annotated(key, '30m'),
    annotated(key, '"${DISRUPT}"'),
    // Karpenter 1 does not read it
    annotated('karpenter.sh/do-not-evict', '"true"'),
    // read of pods only
    daemonSet({ metadata: `annotations:\n  ${key}: "true"` }),
  ],
  invalid: [
    {
      code: annotated(key, '"true"'),
      errors: [
        {
          messageId: 'blocks',
          data: { annotation: key, name: 'agent' },
          line: 14,
          column: 9,
          endLine: 14,
          endColumn: 9 + key.length,
          suggestions: [{ messageId: 'remove', output: daemonSet({ template: 'annotations: {}' }) }],
        },
      ],
    },
    {
      code: daemonSet({ template: 'annotations: { karpenter.sh/do-not-disrupt: "true", a: b }' }),
      errors: [
        {
          messageId: 'blocks',
          data: { annotation: key, name: 'agent' },
          suggestions: [{ messageId: 'remove', output: daemonSet({ template: 'annotations: { a: b }' }) }],
        },
      ],
    },
    { code: annotated(key, '"true"'), role: 'patch', errors: [{ messageId: 'blocks' }] },
  ],
})
