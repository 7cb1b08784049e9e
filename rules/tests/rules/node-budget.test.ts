import rule from '../../src/rules/node-budget.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withResources = (resources: string, spec?: string) =>
  daemonSet({ spec, container: `image: agent:1.2.3\nresources:\n${resources}` })
const sidecar = (more: string) =>
  `initContainers:\n  - name: proxy\n    image: proxy:1.2.3\n    resources: { requests: { cpu: 100m, memory: 256Mi } }\n${more}`

ruleTester.run('node-budget', rule, {
  valid: [
    daemonSet(),
    withResources('  requests: { cpu: 500m, memory: 512Mi }'),
    withResources('  requests: { cpu: 0.5, memory: 0.5Gi }\n  limits: { cpu: 4, memory: 4Gi }'),
    // an init container that ends
    withResources('  requests: { cpu: 500m, memory: 512Mi }', sidecar('')),
    // what is not known counts as nothing
    withResources('  requests: { memory: "${MEMORY}" }\n  limits: { memory: 4Gi }'),
    withResources('  requests: { memory: 1Gi }', 'resources: ${RESOURCES}'),
    // what the pod requests counts, and not what its containers do
    withResources('  requests: { memory: 1Gi }', 'resources: { requests: { memory: "${MEMORY}" } }'),
    {
      code: withResources('  requests: { cpu: 2, memory: 2Gi }'),
      options: [{ cpu: '2', memory: '2Gi' }],
    },
  ],
  invalid: [
    {
      code: withResources('  requests:\n    cpu: 501m\n    memory: 768Mi'),
      errors: [
        {
          messageId: 'exceeded',
          data: { name: 'agent', sum: '501m', resource: 'CPU', budget: '500m' },
          line: 19,
          column: 20,
          endLine: 19,
          endColumn: 24,
        },
        {
          messageId: 'exceeded',
          data: { name: 'agent', sum: '768Mi', resource: 'memory', budget: '512Mi' },
          line: 20,
          column: 23,
          endLine: 20,
          endColumn: 28,
        },
      ],
    },
    {
      // a limit stands for the request
      code: withResources('  limits: { memory: 1Gi }'),
      errors: [
        {
          messageId: 'exceeded',
          data: { name: 'agent', sum: '1024Mi', resource: 'memory', budget: '512Mi' },
          line: 18,
        },
      ],
    },
    {
      // together with a sidecar, at the larger of the two
      code: withResources('  requests: { cpu: 100m, memory: 300Mi }', sidecar('    restartPolicy: Always')),
      errors: [
        {
          messageId: 'exceeded',
          data: { name: 'agent', sum: '556Mi', resource: 'memory', budget: '512Mi' },
          line: 23,
        },
      ],
    },
    {
      // The pod as a whole says nothing of memory.
      code: withResources('  requests: { memory: 1Gi }', 'resources: { requests: { cpu: 100m } }'),
      errors: [
        {
          messageId: 'exceeded',
          data: { name: 'agent', sum: '1024Mi', resource: 'memory', budget: '512Mi' },
        },
      ],
    },
    {
      // Its limit stands for what no container requests.
      code: withResources('  requests: { memory: 100Mi }', 'resources: { limits: { cpu: 1, memory: 1Gi } }'),
      errors: [
        { messageId: 'exceeded', data: { name: 'agent', sum: '1000m', resource: 'CPU', budget: '500m' } },
      ],
    },
    {
      code: withResources('  requests: { cpu: 100m }', 'resources: { requests: { cpu: 1 } }'),
      errors: [
        {
          messageId: 'exceeded',
          data: { name: 'agent', sum: '1000m', resource: 'CPU', budget: '500m' },
          line: 14,
          column: 37,
        },
      ],
    },
    {
      code: withResources('  requests: { cpu: 100m, memory: 1Gi }'),
      options: [{ cpu: '50m', memory: '1Gi' }],
      errors: [
        {
          messageId: 'exceeded',
          data: { name: 'agent', sum: '100m', resource: 'CPU', budget: '50m' },
        },
      ],
    },
  ],
})
