import rule from '../../src/rules/memory-limit.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withResources = (resources: string, spec?: string) =>
  daemonSet({ spec, container: `image: agent:1.2.3\nresources:\n${resources}` })

ruleTester.run('memory-limit', rule, {
  valid: [
    withResources('  limits:\n    memory: 64Mi'),
    withResources('  limits: { memory: 64Mi }'),
    withResources('  limits:\n    memory: ${MEMORY}'),
    withResources('  limits: ${LIMITS}'),
    daemonSet({ spec: 'resources:\n  limits:\n    memory: 64Mi' }),
    daemonSet({ spec: 'priorityClassName: system-node-critical' }),
    daemonSet({ spec: 'priorityClassName: ${CLASS}' }),
    // The node's network
    daemonSet({ container: 'image: quay.io/metallb/speaker:v0.15.2' }),
    daemonSet({
      spec: 'volumes: [{ name: cni, hostPath: { path: /etc/cni/net.d } }]',
      container: 'image: agent:1.2.3\nvolumeMounts: [{ name: cni, mountPath: /cni }]',
    }),
    // Perhaps
    daemonSet({ container: 'image: ${IMAGE}' }),
    { code: daemonSet({ spec: 'priorityClassName: own' }), options: [{ exceptPriorityClasses: ['own'] }] },
    withResources(
      '  limits:\n    memory: 64Mi',
      'initContainers:\n  - name: prepare\n    image: busybox:1.36',
    ),
    // it does nothing but wait
    ...[
      'command: [sleep, infinity]',
      'command: [sh, -c, "while true; do sleep 3600; done"]',
      'command: [nsenter, -t, "1", -m, bash, -c, sleep 3650d]',
      'args: [tail, -f, /dev/null]',
      'command: [sh, -c, "${SCRIPT}"]',
    ].map((line) => daemonSet({ container: `image: agent:1.2.3\n${line}` })),
  ],
  invalid: [
    {
      // What is known of the image says that it is none; the name says nothing.
      code: daemonSet({ container: 'image: ${REGISTRY}/own-daemon:${TAG}' }).replace(
        'name: agent',
        'name: ${NAME}',
      ),
      errors: [{ messageId: 'missing' }],
    },
    // Of other kinds
    ...['openebs/node-disk-manager:2.1.0', 'fluent/fluent-bit:5.1.1'].map((image) => ({
      code: daemonSet({ container: `image: ${image}` }),
      errors: [{ messageId: 'missing' as const }],
    })),
    {
      code: daemonSet({
        container: 'image: agent:1.2.3\ncommand: [sh, -c, "prepare; sleep infinity"]',
      }),
      errors: [{ messageId: 'missing' }],
    },
    {
      code: daemonSet({ container: 'image: agent:1.2.3\ncommand: [agent, "${FLAG}"]' }),
      errors: [{ messageId: 'missing' }],
    },
    {
      // 0 is no limit
      code: withResources('  requests:\n    memory: 0\n  limits:\n    memory: "0"'),
      errors: [
        {
          messageId: 'missing',
          line: 21,
          column: 23,
          suggestions: [
            {
              messageId: 'add',
              data: { values: '`limits.memory: 256Mi`' },
              output: withResources('  requests:\n    memory: 0\n  limits:\n    memory: "256Mi"'),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet(),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent' },
          line: 15,
          column: 17,
          endLine: 15,
          endColumn: 22,
          suggestions: [{ messageId: 'add', output: withResources('  limits:\n    memory: 256Mi') }],
        },
      ],
    },
    {
      code: withResources('  requests:\n    memory: 200Mi'),
      errors: [
        {
          messageId: 'missing',
          line: 17,
          column: 11,
          endLine: 17,
          endColumn: 20,
          suggestions: [
            {
              messageId: 'add',
              data: { values: '`limits.memory: 400Mi`' },
              output: withResources('  requests:\n    memory: 200Mi\n  limits:\n    memory: 400Mi'),
            },
          ],
        },
      ],
    },
    {
      code: withResources('  limits:\n    cpu: 1'),
      errors: [
        {
          messageId: 'missing',
          line: 18,
          column: 13,
          endLine: 18,
          endColumn: 19,
          suggestions: [
            { messageId: 'add', output: withResources('  limits:\n    cpu: 1\n    memory: 256Mi') },
          ],
        },
      ],
    },
    {
      // no suggestion that might be below the request, or against the pod's own resources
      code: withResources('  requests:\n    memory: 0.5Gi'),
      errors: [{ messageId: 'missing', suggestions: [] }],
    },
    {
      code: withResources('  requests:\n    memory: ${MEMORY}'),
      errors: [{ messageId: 'missing', suggestions: [] }],
    },
    {
      code: daemonSet({ spec: 'resources:\n  requests:\n    memory: 64Mi' }),
      errors: [{ messageId: 'missing', suggestions: [] }],
    },
    {
      code: daemonSet({ spec: 'priorityClassName: system-cluster-critical' }),
      errors: [{ messageId: 'missing' }],
    },
    {
      code: daemonSet({ spec: 'priorityClassName: system-node-critical' }),
      options: [{ exceptPriorityClasses: [] }],
      errors: [{ messageId: 'missing' }],
    },
    {
      code: withResources(
        '  limits: { memory: 64Mi }',
        'initContainers:\n  - { name: proxy, image: "proxy:1", restartPolicy: Always }',
      ),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'proxy' },
          line: 15,
          column: 19,
          endLine: 15,
          endColumn: 24,
        },
      ],
    },
    {
      // A Go program that does not look for the limit by itself.
      code: daemonSet({ container: 'image: quay.io/prometheus/node-exporter:v1.12.1' }),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              messageId: 'addGo',
              data: { values: '`limits.memory: 256Mi`' },
              output: daemonSet({
                container:
                  'image: quay.io/prometheus/node-exporter:v1.12.1\nresources:\n  limits:\n    memory: 256Mi\nenv:\n  - name: GOMEMLIMIT\n    value: 230MiB',
              }),
            },
          ],
        },
      ],
    },
    {
      // A request that is null, or 0, is none.
      code: withResources('  requests:\n    memory: null'),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              messageId: 'add',
              output: withResources('  requests:\n    memory: null\n  limits:\n    memory: 256Mi'),
            },
          ],
        },
      ],
    },
    {
      code: withResources('  requests:\n    memory: 0'),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              messageId: 'add',
              output: withResources('  requests:\n    memory: 0\n  limits:\n    memory: 256Mi'),
            },
          ],
        },
      ],
    },
  ],
})
