import rule from '../../src/rules/resource-unit.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withResources = (resources: string, spec?: string) =>
  daemonSet({ spec, container: `image: agent:1.2.3\nresources:\n${resources}` })
const withMemory = (request: string) => withResources(`  requests:\n    memory: ${request}`)
const withCpu = (request: string) => withResources(`  requests:\n    cpu: ${request}`)

ruleTester.run('resource-unit', rule, {
  valid: [
    daemonSet(),
    withMemory('1Mi'),
    withMemory('1048576'),
    withMemory('0'),
    withMemory('${REQUEST}'),
    withCpu('31'),
    withCpu('100m'),
    withCpu('0.1'),
    withCpu('${CPU}'),
    withResources('  limits: { memory: 128 }'),
    { code: withCpu('64'), options: [{ mostCores: 65 }] },
  ],
  invalid: [
    {
      code: withMemory('128'),
      errors: [
        {
          messageId: 'memory',
          data: { container: 'agent', value: '128', bytes: '128 bytes' },
          line: 19,
          column: 23,
          endLine: 19,
          endColumn: 26,
          suggestions: [{ messageId: 'write', data: { near: '128Mi' }, output: withMemory('128Mi') }],
        },
      ],
    },
    {
      code: withMemory('100m'),
      errors: [
        {
          messageId: 'memory',
          data: { container: 'agent', value: '100m', bytes: 'less than one byte' },
          suggestions: [{ messageId: 'write', output: withMemory('100Mi') }],
        },
      ],
    },
    {
      code: withResources('  requests: { memory: 128 }\n  limits: { memory: 256Mi }'),
      errors: [
        {
          messageId: 'memory',
          suggestions: [
            {
              messageId: 'write',
              output: withResources('  requests: { memory: 128Mi }\n  limits: { memory: 256Mi }'),
            },
          ],
        },
      ],
    },
    // more than the limit allows, or may allow
    {
      code: withResources('  requests: { memory: 128 }\n  limits: { memory: 127Mi }'),
      errors: [{ messageId: 'memory', suggestions: [] }],
    },
    {
      code: withResources('  requests: { memory: 128 }\n  limits: { memory: "${LIMIT}" }'),
      errors: [{ messageId: 'memory', suggestions: [] }],
    },
    {
      code: withResources('  requests: { memory: 128 }', 'resources:\n  requests:\n    memory: 64Mi'),
      errors: [{ messageId: 'memory', suggestions: [] }],
    },
    { code: withMemory('0.5k'), errors: [{ messageId: 'memory', suggestions: [] }] },
    {
      code: withCpu('32'),
      errors: [
        {
          messageId: 'cpu',
          data: { container: 'agent', part: 'a request', value: '32' },
          line: 19,
          column: 20,
          endLine: 19,
          endColumn: 22,
          suggestions: [{ messageId: 'write', data: { near: '32m' }, output: withCpu('32m') }],
        },
      ],
    },
    {
      // both at once, for a request must not be above its limit
      code: withResources('  requests: { cpu: 100 }\n  limits: { cpu: "200" }'),
      errors: [
        {
          messageId: 'cpu',
          suggestions: [
            {
              messageId: 'write',
              output: withResources('  requests: { cpu: 100m }\n  limits: { cpu: "200m" }'),
            },
          ],
        },
      ],
    },
    {
      code: withResources('  requests: { cpu: 100m }\n  limits: { cpu: 200 }'),
      errors: [
        {
          messageId: 'cpu',
          data: { container: 'agent', part: 'a limit', value: '200' },
          suggestions: [
            {
              messageId: 'write',
              output: withResources('  requests: { cpu: 100m }\n  limits: { cpu: 200m }'),
            },
          ],
        },
      ],
    },
    { code: withCpu('4'), options: [{ mostCores: 4 }], errors: [{ messageId: 'cpu' }] },
    // A limit in thousandths would be, or may be, below the request.
    ...['500m', '2', '"${REQUEST}"'].map((request) => ({
      code: withResources(`  requests: { cpu: ${request} }\n  limits: { cpu: 100 }`),
      errors: [
        {
          messageId: 'cpu' as const,
          data: { container: 'agent', part: 'a limit', value: '100' },
          line: 19,
          column: 28,
          suggestions: [],
        },
      ],
    })),
    {
      // Just within
      code: withResources('  requests: { cpu: "0.1" }\n  limits: { cpu: 100 }'),
      errors: [
        {
          messageId: 'cpu',
          suggestions: [
            {
              messageId: 'write',
              output: withResources('  requests: { cpu: "0.1" }\n  limits: { cpu: 100m }'),
            },
          ],
        },
      ],
    },
    {
      // Without a request it is that of the limit.
      code: withResources('  limits: { cpu: 64 }'),
      errors: [
        {
          messageId: 'cpu',
          suggestions: [{ messageId: 'write', output: withResources('  limits: { cpu: 64m }') }],
        },
      ],
    },
    {
      // A limit that nobody knows allows a lower request as well.
      code: withResources('  requests: { cpu: 64 }\n  limits: { cpu: "${LIMIT}" }'),
      errors: [
        {
          messageId: 'cpu',
          suggestions: [
            {
              messageId: 'write',
              output: withResources('  requests: { cpu: 64m }\n  limits: { cpu: "${LIMIT}" }'),
            },
          ],
        },
      ],
    },
    {
      // In a patch the request may stand in what it is for.
      code: withResources('  limits: { cpu: 64 }'),
      role: 'patch',
      errors: [{ messageId: 'cpu', suggestions: [] }],
    },
  ],
})
