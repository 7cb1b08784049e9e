import rule from '../../src/rules/quota-requires-resources.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const agent = (resources = '', spec?: string) =>
  daemonSet({ metadata: 'namespace: logging', spec, container: `image: agent:1\n${resources}` })
const quota = (hard: string, more = '', namespace = 'logging') =>
  `apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: compute\n  namespace: ${namespace}\nspec:\n  hard: { ${hard} }\n${more}`
const range = (fields: string, namespace = 'logging') =>
  `apiVersion: v1\nkind: LimitRange\nmetadata:\n  name: defaults\n  namespace: ${namespace}\nspec:\n  limits:\n    - type: Container\n      ${fields}\n`
const all = (...texts: string[]) => texts.join('---\n')
const memory = 'limits.memory: 10Gi'
const missing = (demanded: string) => [
  { messageId: 'missing', data: { quota: 'compute', container: 'agent', demanded } },
]

ruleTester.run('quota-requires-resources', rule, {
  valid: [
    agent(),
    // Counts other things, or is met
    all(quota('pods: "10", limits.ephemeral-storage: 1Gi, requests.nvidia.com/gpu: 1'), agent()),
    all(quota(memory), agent('resources: { limits: { memory: 64Mi } }')),
    all(quota('requests.memory: 1Gi, memory: 1Gi'), agent('resources: { limits: { memory: 64Mi } }')),
    all(quota('cpu: 1'), agent('resources: { requests: { cpu: 10m } }')),
    all(quota(memory), agent('resources: { limits: { memory: "${LIMIT}" } }')),
    all(quota(memory), agent('resources: ${RESOURCES}')),
    all(quota(memory), agent('', 'resources: { limits: { memory: 1Gi } }')),
    // Another namespace, or whichever
    all(quota(memory, '', 'other'), agent()),
    all(quota(memory), agent().replace('  namespace: logging\n', '')),
    // For some pods only
    all(quota(memory, '  scopes: [BestEffort]\n'), agent()),
    all(
      quota(
        memory,
        '  scopeSelector: { matchExpressions: [{ scopeName: PriorityClass, operator: Exists }] }\n',
      ),
      agent(),
    ),
    // A LimitRange supplies it.
    all(quota(memory), range('default: { memory: 64Mi }'), agent()),
    all(quota(memory), range('max: { memory: 64Mi }'), agent()),
    all(quota('requests.memory: 1Gi'), range('defaultRequest: { memory: 64Mi }'), agent()),
    all(quota('requests.memory: 1Gi'), range('min: { memory: 64Mi }'), agent()),
    all(quota(memory), range('default: { memory: "${DEFAULT}" }'), agent()),
    {
      code: agent(),
      files: { '/manifests/quota.yaml': all(quota(memory), range('default: { memory: 64Mi }')) },
    },
    { code: all(quota(memory), agent()), role: 'patch' },
  ],
  invalid: [
    {
      code: all(quota(memory), agent()),
      errors: [
        {
          ...missing('`limits.memory`')[0],
          line: 24,
          column: 17,
          endLine: 24,
          endColumn: 22,
          suggestions: [
            {
              messageId: 'add',
              data: { values: '`limits.memory: 256Mi`' },
              output: all(quota(memory), agent('resources:\n  limits:\n    memory: 256Mi\n')),
            },
          ],
        },
      ],
    },
    {
      // The limit is twice the request, and what is counted under two names is stated once.
      code: all(
        quota('limits.cpu: 1, cpu: 1, requests.memory: 1Gi, memory: 1Gi'),
        agent('resources: { requests: { cpu: 50m } }'),
      ),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              messageId: 'add',
              data: { values: '`limits.cpu: 100m`, `requests.memory: 128Mi`' },
              output: all(
                quota('limits.cpu: 1, cpu: 1, requests.memory: 1Gi, memory: 1Gi'),
                agent('resources: { requests: { cpu: 50m, memory: 128Mi }, limits: {cpu: 100m} }'),
              ),
            },
          ],
        },
      ],
    },
    // What cannot be doubled for sure
    ...['1.5Gi', '"${MEMORY}"'].map((request) => ({
      code: all(quota(memory), agent(`resources: { requests: { memory: ${request} } }`)),
      errors: [{ messageId: 'missing', suggestions: [] }],
    })),
    {
      // A Go program is told.
      code: all(quota(memory), agent().replace('image: agent:1', 'image: grafana/promtail:3.0.0')),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              messageId: 'addGo',
              output: all(
                quota(memory),
                agent(
                  'resources:\n  limits:\n    memory: 256Mi\nenv:\n  - name: GOMEMLIMIT\n    value: 230MiB\n',
                ).replace('image: agent:1', 'image: grafana/promtail:3.0.0'),
              ),
            },
          ],
        },
      ],
    },
    {
      code: all(
        quota('limits.cpu: 1, limits.memory: 1Gi, requests.cpu: 1'),
        agent('resources:\n  requests:\n    cpu: 1'),
      ),
      errors: [{ ...missing('`limits.cpu` and `limits.memory`')[0], line: 26 }],
    },
    // A LimitRange of another namespace, for another resource, or without a limit
    {
      code: all(quota(memory), range('default: { memory: 64Mi }', 'other'), agent()),
      errors: missing('`limits.memory`'),
    },
    { code: all(quota(memory), range('default: { cpu: 1 }'), agent()), errors: missing('`limits.memory`') },
    { code: all(quota(memory), range('min: { memory: 1Mi }'), agent()), errors: missing('`limits.memory`') },
    // Init containers count as well.
    {
      code: all(
        quota(memory),
        agent('resources: { limits: { memory: 64Mi } }', 'initContainers: [{ name: prepare, image: "p:1" }]'),
      ),
      errors: [
        {
          messageId: 'missing',
          data: { quota: 'compute', container: 'prepare', demanded: '`limits.memory`' },
        },
      ],
    },
    { code: agent(), files: { '/manifests/quota.yaml': quota(memory) }, errors: missing('`limits.memory`') },
  ],
})
