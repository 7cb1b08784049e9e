import rule from '../../src/rules/memory-request-equals-limit.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withResources = (resources: string, spec?: string) =>
  daemonSet({ spec, container: `image: agent:1.2.3\nresources:\n${resources}` })

ruleTester.run('memory-request-equals-limit', rule, {
  valid: [
    daemonSet(),
    withResources('  requests: { memory: 256Mi }\n  limits: { memory: 256Mi }'),
    withResources('  requests: { memory: 1024Mi }\n  limits: { memory: 1Gi }'),
    withResources('  requests: { memory: 128Mi }'),
    withResources('  limits: { memory: 128Mi }'),
    withResources('  requests: { memory: "${REQUEST}" }\n  limits: { memory: 256Mi }'),
    withResources('  requests: { memory: 128Mi }\n  limits: { memory: "${LIMIT}" }'),
    // an init container that ends
    daemonSet({
      spec: 'initContainers:\n  - name: prepare\n    image: busybox:1.36\n    resources:\n      requests: { memory: 1Mi }\n      limits: { memory: 64Mi }',
    }),
  ],
  invalid: [
    {
      code: withResources('  requests:\n    memory: 128Mi\n  limits:\n    memory: 0.25Gi'),
      errors: [
        {
          messageId: 'differs',
          data: { container: 'agent', request: '128Mi', limit: '0.25Gi' },
          line: 19,
          column: 23,
          endLine: 19,
          endColumn: 28,
          suggestions: [
            {
              messageId: 'raise',
              data: { limit: '0.25Gi' },
              output: withResources('  requests:\n    memory: 0.25Gi\n  limits:\n    memory: 0.25Gi'),
            },
          ],
        },
      ],
    },
    {
      code: withResources('  requests: { memory: 0 }\n  limits: { memory: 256Mi }'),
      errors: [
        {
          messageId: 'differs',
          suggestions: [
            {
              messageId: 'raise',
              output: withResources('  requests: { memory: 256Mi }\n  limits: { memory: 256Mi }'),
            },
          ],
        },
      ],
    },
    {
      // what the pod as a whole is given might not suffice
      code: withResources(
        '  requests: { memory: 64Mi }\n  limits: { memory: 256Mi }',
        'resources:\n  requests:\n    memory: 128Mi',
      ),
      errors: [{ messageId: 'differs', suggestions: [] }],
    },
    {
      code: daemonSet({
        spec: 'initContainers:\n  - name: proxy\n    image: proxy:1.2.3\n    restartPolicy: Always\n    resources:\n      requests: { memory: 1Mi }\n      limits: { memory: 64Mi }',
      }),
      errors: [{ messageId: 'differs', data: { container: 'proxy', request: '1Mi', limit: '64Mi' } }],
    },
  ],
})
