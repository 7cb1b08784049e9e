import rule from '../../src/rules/cpu-memory-requests.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withResources = (resources: string) =>
  daemonSet({ container: `image: agent:1.2.3\nresources:\n${resources}` })
const flow = (resources: string) =>
  daemonSet({ container: 'image: agent:1.2.3' }).replace(
    / {8}- name: agent\n.*\n/,
    `        - { name: agent, image: "agent:1.2.3"${resources} }\n`,
  )

/** What is said where no class of the pod matters. */
const effect =
  'so the scheduler fills its nodes as if the container needed none, and under pressure the container is among the first to starve'

ruleTester.run('cpu-memory-requests', rule, {
  valid: [
    withResources('  requests:\n    cpu: 100m\n    memory: 64Mi'),
    // a limit supplies the request it lacks
    withResources('  limits:\n    cpu: 100m\n    memory: 64Mi'),
    withResources('  requests:\n    cpu: 100m\n  limits:\n    memory: 64Mi'),
    flow(', resources: { requests: { cpu: 1, memory: 64Mi } }'),
    // so do the pod's own resources
    daemonSet({ spec: 'resources:\n  requests:\n    cpu: 100m\n    memory: 64Mi' }),
    daemonSet({
      spec: 'resources:\n  limits:\n    memory: 64Mi',
      container: 'image: agent:1.2.3\nresources:\n  requests:\n    cpu: 100m',
    }),
    // an init container that ends
    daemonSet({
      spec: 'initContainers:\n  - name: prepare\n    image: busybox:1.36',
      container: 'image: agent:1.2.3\nresources:\n  requests:\n    cpu: 100m\n    memory: 64Mi',
    }),
    // unknown
    withResources('  requests: ${REQUESTS}'),
    daemonSet({ container: 'image: agent:1.2.3\nresources: ${RESOURCES}' }),
    withResources('  requests:\n    cpu: ${CPU}\n    memory: ${MEMORY}'),
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
      // a class that is critical, and QoS BestEffort all the same
      code: daemonSet({ spec: 'priorityClassName: system-node-critical' }),
      errors: [
        {
          messageId: 'missing',
          data: {
            container: 'agent',
            resources: 'CPU and no memory',
            expected: 'requests',
            effect:
              'nor does its pod: the class `system-node-critical` brings it onto full nodes, and there, when CPU is short, it gets less than any pod that requests some',
          },
        },
      ],
    },
    ...[
      'priorityClassName: critical',
      // another container requests something
      'priorityClassName: system-cluster-critical\ninitContainers:\n  - name: prepare\n    image: busybox:1.36\n    resources: { requests: { cpu: 10m } }',
      // not critical, on Windows as elsewhere
      'priorityClassName: critical\nnodeSelector:\n  kubernetes.io/os: windows',
    ].map((spec) => ({
      code: daemonSet({ spec }),
      errors: [
        {
          messageId: 'missing',
          data: {
            container: 'agent',
            resources: 'CPU and no memory',
            expected: 'requests',
            effect,
          },
        },
      ],
    })),
    // The kubelet evicts no critical pod, and Windows kills nothing where memory is short.
    ...['system-node-critical', 'system-cluster-critical', '"${CLASS}"'].flatMap((name) =>
      ['', 'resources: { requests: { memory: 64Mi } }'].map((resources) => ({
        code: daemonSet({
          spec: `priorityClassName: ${name}\nnodeSelector:\n  kubernetes.io/os: windows`,
          container: `image: agent:1.2.3\n${resources}`,
        }),
        errors: [
          {
            messageId: 'missing' as const,
            data: {
              container: 'agent',
              resources: resources ? 'CPU' : 'CPU and no memory',
              expected: resources ? 'requests.cpu' : 'requests',
              effect: 'so the scheduler fills its nodes as if the container needed none',
            },
          },
        ],
      })),
    ),
    {
      code: daemonSet(),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', resources: 'CPU and no memory', expected: 'requests', effect },
          line: 15,
          column: 17,
          endLine: 15,
          endColumn: 22,
          suggestions: [
            {
              messageId: 'add',
              output: withResources('  requests:\n    cpu: 100m\n    memory: 128Mi'),
            },
          ],
        },
      ],
    },
    {
      code: withResources('  requests:\n    cpu: 100m'),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', resources: 'memory', expected: 'requests.memory', effect },
          line: 18,
          column: 13,
          endLine: 18,
          endColumn: 21,
          suggestions: [
            { messageId: 'add', output: withResources('  requests:\n    cpu: 100m\n    memory: 128Mi') },
          ],
        },
      ],
    },
    {
      code: withResources('  limits:\n    memory: 64Mi'),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', resources: 'CPU', expected: 'requests.cpu', effect },
          line: 17,
          column: 11,
          endLine: 17,
          endColumn: 20,
          suggestions: [
            {
              messageId: 'add',
              output: withResources('  limits:\n    memory: 64Mi\n  requests:\n    cpu: 100m'),
            },
          ],
        },
      ],
    },
    {
      code: flow(', resources: { limits: { cpu: 1 } }'),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', resources: 'memory', expected: 'requests.memory', effect },
          line: 15,
          column: 48,
          endLine: 15,
          endColumn: 57,
        },
      ],
    },
    {
      // a sidecar runs as long as the pod
      code: daemonSet({
        spec: 'initContainers:\n  - name: proxy\n    image: proxy:1\n    restartPolicy: Always',
        container: 'image: agent:1.2.3\nresources:\n  requests:\n    cpu: 100m\n    memory: 64Mi',
      }),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'proxy', resources: 'CPU and no memory', expected: 'requests', effect },
          line: 15,
          column: 17,
        },
      ],
    },
    {
      // the pod's own resources, of the other kind
      code: daemonSet({ spec: 'resources:\n  requests:\n    cpu: 100m' }),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', resources: 'memory', expected: 'requests.memory', effect },
        },
      ],
    },
    ...[
      // neither the kubelet nor the kernel looks at the memory that such a pod requests
      [
        'system-node-critical',
        '',
        'memory',
        'so the scheduler fills its nodes as if the container needed none',
      ],
      ['"${CLASS}"', '', 'memory', 'so the scheduler fills its nodes as if the container needed none'],
      // the kernel does
      ['system-cluster-critical', '', 'memory', effect],
      // CPU is shared out by requests
      ['system-node-critical', 'memory: 64Mi', 'CPU', effect],
    ].map(([name, memory, resources, said]) => ({
      code: daemonSet({
        spec: `priorityClassName: ${name}`,
        container: `image: agent:1.2.3\nresources: { requests: { ${memory || 'cpu: 100m'} } }`,
      }),
      errors: [
        {
          messageId: 'missing' as const,
          data: {
            container: 'agent',
            resources: resources!,
            expected: `requests.${resources!.toLowerCase()}`,
            effect: said!,
          },
        },
      ],
    })),
    {
      // what is templated elsewhere hides nothing
      code: withResources('  requests:\n    cpu: ${CPU}'),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', resources: 'memory', expected: 'requests.memory', effect },
        },
      ],
    },
  ],
})
