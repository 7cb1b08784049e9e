import rule from '../../src/rules/go-memory-limit.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withAgent = (parts: string, image = 'grafana/promtail:3.5.0') =>
  daemonSet({ container: `image: ${image}\n${parts}` })
const limits = 'resources:\n  limits:\n    memory: 256Mi'

ruleTester.run('go-memory-limit', rule, {
  valid: [
    withAgent('resources: {}'),
    withAgent(`env:\n  - name: GOMEMLIMIT\n    value: 230MiB\n${limits}`),
    withAgent(
      `env:\n  - name: GOMEMLIMIT\n    valueFrom:\n      resourceFieldRef:\n        resource: limits.memory\n${limits}`,
    ),
    withAgent(`env:\n  - name: GOGC\n    value: "50"\n${limits}`),
    // what may hold it
    withAgent(`envFrom:\n  - configMapRef:\n      name: agent\n${limits}`),
    withAgent(`env:\n  - name: \${NAME}\n    value: 230MiB\n${limits}`),
    withAgent(`env: \${ENV}\n${limits}`),
    withAgent(`command: [sh, -c, "GOMEMLIMIT=230MiB promtail"]\n${limits}`),
    withAgent(`args: ["\${ARGS}"]\n${limits}`),
    withAgent('resources:\n  limits:\n    memory: ${LIMIT}'),
    withAgent('resources:\n  limits:\n    memory: 0'),
    // Built with a Go that knows no limit, or perhaps so
    withAgent(limits, 'quay.io/prometheus/node-exporter:v1.3.1'),
    withAgent(limits, 'grafana/promtail:2.6.1'),
    withAgent(limits, 'amazon/cloudwatch-agent:1.247355.0b252062'),
    withAgent(limits, 'grafana/promtail:latest'),
    withAgent(limits, 'grafana/promtail:${TAG}'),
    withAgent(limits, 'grafana/promtail'),
    // agents that look for the limit themselves, that are not written in Go, or that nobody knows
    withAgent(limits, 'grafana/alloy:v1.9.0'),
    withAgent(limits, 'fluent/fluent-bit:4.0.3'),
    withAgent(limits, 'agent:1.2.3'),
    withAgent(limits, '${IMAGE}'),
    daemonSet({
      spec: `initContainers:\n  - name: prepare\n    image: grafana/promtail:3.5.0\n    resources: { limits: { memory: 256Mi } }`,
    }),
  ],
  invalid: [
    ...[
      'quay.io/prometheus/node-exporter:v1.4.0',
      'grafana/promtail:2.10.0-amd64',
      '${REGISTRY}/grafana/promtail:2.7.0',
      'amazon/cloudwatch-agent:1.300064.0b1337',
      'public.ecr.aws/aws-observability/aws-otel-collector:v0.27.0',
    ].map((image) => ({ code: withAgent(limits, image), errors: [{ messageId: 'missing' as const }] })),
    {
      code: withAgent(limits),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', limit: '256Mi', agent: 'Promtail' },
          line: 19,
          column: 23,
          endLine: 19,
          endColumn: 28,
          suggestions: [
            {
              messageId: 'set',
              data: { value: '230MiB' },
              output: withAgent(`${limits}\nenv:\n  - name: GOMEMLIMIT\n    value: 230MiB`),
            },
          ],
        },
      ],
    },
    {
      code: withAgent(`env: [{ name: HOST, value: a }]\nresources: { limits: { memory: 1G } }`),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              messageId: 'set',
              data: { value: '858MiB' },
              output: withAgent(
                `env: [{ name: HOST, value: a }, {name: GOMEMLIMIT, value: 858MiB}]\nresources: { limits: { memory: 1G } }`,
              ),
            },
          ],
        },
      ],
    },
    {
      code: withAgent(limits, 'example.com/own:1.2.3'),
      settings: {
        agents: [{ name: 'Own', kinds: ['logs'], images: ['example.com/own'], needsGoMemoryLimit: true }],
      },
      errors: [{ messageId: 'missing', data: { container: 'agent', limit: '256Mi', agent: 'Own' } }],
    },
  ],
})
