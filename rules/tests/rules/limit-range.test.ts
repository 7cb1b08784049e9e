import rule from '../../src/rules/limit-range.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const range = (limits: string, metadata = '') =>
  `apiVersion: v1\nkind: LimitRange\nmetadata:\n  name: small\n${metadata}spec:\n  limits:\n    - ${limits}\n`
const agent = (resources: string, metadata?: string) =>
  daemonSet({ metadata, container: `image: agent:1\nresources:\n  ${resources}` })
const both = (limits: string, resources: string) => `${range(limits)}---\n${agent(resources)}`
const most = '{ type: Container, max: { memory: 1Gi } }'
const least = '{ type: Container, min: { cpu: 100m } }'

ruleTester.run('limit-range', rule, {
  valid: [
    daemonSet(),
    agent('limits: { memory: 4Gi }'),
    both(most, 'limits: { memory: 1024Mi }'),
    both(most, 'requests: { memory: 512Mi }'),
    both(most, 'limits: { cpu: 4 }'),
    both(most, 'limits: { memory: "${LIMIT}" }'),
    both(most, 'limits: ${LIMITS}'),
    both('{ type: Container, max: { memory: "${MAX}" } }', 'limits: { memory: 4Gi }'),
    both('{ type: "${TYPE}", max: { memory: 1Gi } }', 'limits: { memory: 4Gi }'),
    both('{ type: Pod, max: { memory: 1Gi } }', 'limits: { memory: 4Gi }'),
    both('{ type: Container, default: { memory: 1Gi } }', 'limits: { memory: 4Gi }'),
    both(least, 'requests: { cpu: 0.1 }'),
    both(least, 'limits: { memory: 1Mi }'),
    // in another namespace, or perhaps so
    `${range(most, '  namespace: other\n')}---\n${agent('limits: { memory: 4Gi }', 'namespace: monitoring')}`,
    `${range(most, '  namespace: other\n')}---\n${agent('limits: { memory: 4Gi }')}`,
  ],
  invalid: [
    {
      code: both(most, 'limits: { memory: 2Gi, cpu: 4 }'),
      errors: [
        {
          messageId: 'above',
          data: {
            container: 'agent',
            written: '2Gi',
            resource: 'memory',
            range: 'small',
            place: 'line 1',
            bound: '1Gi',
          },
          line: 26,
          column: 31,
          endLine: 26,
          endColumn: 34,
        },
      ],
    },
    { code: both(most, 'requests: { memory: 1025Mi }'), errors: [{ messageId: 'above', line: 26 }] },
    {
      // One cause.
      code: both(most, 'limits: { memory: 4Gi }\n  requests: { memory: 2Gi }'),
      errors: [{ messageId: 'above', line: 26 }],
    },
    {
      code: both(least, 'requests: { cpu: 50m }\n  limits: { cpu: 1 }'),
      errors: [
        {
          messageId: 'below',
          data: {
            container: 'agent',
            written: '50m',
            resource: 'cpu',
            range: 'small',
            place: 'line 1',
            bound: '100m',
          },
          line: 26,
        },
      ],
    },
    { code: both(least, 'limits: { cpu: 50m }'), errors: [{ messageId: 'below' }] },
    {
      code: both(
        '{ type: Container, max: { ephemeral-storage: 1Gi } }',
        'limits: { ephemeral-storage: 2Gi }',
      ),
      errors: [{ messageId: 'above' }],
    },
    {
      code: both(most, 'limits: { memory: 1Gi }').replace(
        '      containers:',
        '      initContainers: [{ name: setup, image: "a:1", resources: { limits: { memory: 2Gi } } }]\n      containers:',
      ),
      errors: [{ messageId: 'above' }],
    },
    {
      code: agent('limits: { memory: 2Gi }', 'namespace: monitoring'),
      files: { '/manifests/namespace.yaml': range(most, '  namespace: monitoring\n') },
      errors: [{ messageId: 'above' }],
    },
  ],
})
