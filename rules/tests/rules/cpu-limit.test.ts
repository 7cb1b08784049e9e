import rule from '../../src/rules/cpu-limit.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withResources = (resources: string, spec?: string) =>
  daemonSet({ spec, container: `image: agent:1.2.3\nresources:\n${resources}` })
const options = [{ limits: 'required' }]

ruleTester.run('cpu-limit', rule, {
  valid: [
    daemonSet(),
    withResources('  requests: { cpu: 100m }\n  limits: { memory: 64Mi }'),
    withResources('  limits: { cpu: "${CPU}" }'),
    daemonSet({
      spec: 'initContainers:\n  - name: prepare\n    image: busybox:1.36\n    resources: { limits: { cpu: 1 } }',
    }),
    { code: withResources('  limits: { cpu: 100m }'), options },
    { code: withResources('  limits: { cpu: "${CPU}" }'), options },
    { code: withResources('  limits: ${LIMITS}'), options },
    { code: daemonSet({ spec: 'resources:\n  limits:\n    cpu: 1' }), options },
  ],
  invalid: [
    {
      code: withResources('  requests:\n    cpu: 100m\n  limits:\n    cpu: 200m\n    memory: 64Mi'),
      errors: [
        {
          messageId: 'used',
          data: { container: 'agent', limit: '200m' },
          line: 21,
          column: 20,
          endLine: 21,
          endColumn: 24,
          suggestions: [
            {
              messageId: 'remove',
              output: withResources('  requests:\n    cpu: 100m\n  limits:\n    memory: 64Mi'),
            },
          ],
        },
      ],
    },
    {
      // the limit was the request as well
      code: withResources('  limits:\n    cpu: 1\n    memory: 64Mi'),
      errors: [
        {
          messageId: 'used',
          suggestions: [
            {
              messageId: 'remove',
              output: withResources('  limits:\n    memory: 64Mi\n  requests:\n    cpu: 1'),
            },
          ],
        },
      ],
    },
    {
      code: withResources('  { requests: { cpu: 1 }, limits: { cpu: 2 } }'),
      errors: [
        {
          messageId: 'used',
          suggestions: [
            { messageId: 'remove', output: withResources('  { requests: { cpu: 1 }, limits: {} }') },
          ],
        },
      ],
    },
    {
      code: withResources('  requests:\n    cpu: 100m'),
      options,
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent' },
          line: 17,
          column: 11,
          endLine: 17,
          endColumn: 20,
          suggestions: [
            {
              messageId: 'add',
              data: { limit: '200m' },
              output: withResources('  requests:\n    cpu: 100m\n  limits:\n    cpu: 200m'),
            },
          ],
        },
      ],
    },
    {
      code: withResources('  requests:\n    cpu: 2'),
      options,
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            { messageId: 'add', output: withResources('  requests:\n    cpu: 2\n  limits:\n    cpu: "4"') },
          ],
        },
      ],
    },
    { code: daemonSet(), options, errors: [{ messageId: 'missing', line: 15, suggestions: [] }] },
    {
      code: withResources('  requests:\n    cpu: 100m', 'resources:\n  requests:\n    cpu: 1'),
      options,
      errors: [{ messageId: 'missing', suggestions: [] }],
    },
  ],
})
