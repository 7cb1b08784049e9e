import rule from '../../src/rules/host-port.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const container = (ports: string, image = 'example.com/agent:1', spec?: string) =>
  daemonSet({ spec, container: `image: ${image}\nports: ${ports}` })
const one = '[{ containerPort: 80, hostPort: 80 }]'
const service =
  'a Service with `internalTrafficPolicy: Local`, or `hostIP: 127.0.0.1` if only the node itself calls it'
const none = "none: who scrapes reaches the pod's own address"

ruleTester.run('host-port', rule, {
  valid: [
    daemonSet(),
    container('[{ containerPort: 80 }]'),
    container('[{ containerPort: 80, hostPort: 0 }]'),
    container('[{ containerPort: 80, hostPort: "${PORT}" }]'),
    container('[{ containerPort: 80, hostPort: 80, hostIP: 127.0.0.1 }]'),
    container('[{ containerPort: 80, hostPort: 80, hostIP: "${ADDRESS}" }]'),
    // Every port is the node's there.
    container(one, 'example.com/agent:1', 'hostNetwork: true'),
    container(one, 'example.com/agent:1', 'hostNetwork: ${HOST_NETWORK}'),
    container(one, '"${IMAGE}"'),
    container(one, 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.7'),
    { code: container(one), role: 'patch' },
    // No port is taken for it: it is gone before the pod runs.
    daemonSet({ spec: `initContainers: [{ name: i, image: "i:1", ports: ${one} }]` }),
    container('[{ containerPort: 80, hostPort: 80, hostIP: "::1" }]'),
  ],
  invalid: [
    {
      code: daemonSet({
        spec: `initContainers:\n  - { name: i, image: "i:1", restartPolicy: Always, ports: ${one} }`,
      }),
      errors: [
        {
          messageId: 'used',
          data: { container: 'i', ports: 'port 80', expected: service },
          line: 15,
          column: 98,
          endLine: 15,
          endColumn: 100,
          suggestions: 1,
        },
      ],
    },
    {
      code: container('[{ containerPort: 80, hostPort: 80, hostIP: "::" }]'),
      errors: [{ messageId: 'used' }],
    },
    {
      code: container(one, 'quay.io/prometheus/node-exporter:v1.10.2'),
      errors: [{ messageId: 'used', data: { container: 'agent', ports: 'port 80', expected: none } }],
    },
    // Applications send theirs to it.
    {
      code: container(one, 'gcr.io/datadoghq/agent:7.60.0'),
      errors: [{ messageId: 'used', data: { container: 'agent', ports: 'port 80', expected: service } }],
    },
    {
      code: container(one),
      errors: [
        {
          messageId: 'used',
          data: { container: 'agent', ports: 'port 80', expected: service },
          line: 17,
          column: 50,
          endLine: 17,
          endColumn: 52,
          suggestions: [
            { messageId: 'remove', data: { ports: 'port 80' }, output: container('[{ containerPort: 80 }]') },
          ],
        },
      ],
    },
    {
      code: daemonSet({
        container:
          'image: a:1\nports:\n  - containerPort: 80\n    hostPort: 80\n  - containerPort: 81\n    hostPort: 8081\n    hostIP: 10.0.0.1\n  - containerPort: 82',
      }),
      errors: [
        {
          messageId: 'used',
          data: { container: 'agent', ports: 'ports 80, 8081', expected: service },
          line: 19,
          column: 25,
          suggestions: [
            {
              messageId: 'remove',
              output: daemonSet({
                container:
                  'image: a:1\nports:\n  - containerPort: 80\n  - containerPort: 81\n  - containerPort: 82',
              }),
            },
          ],
        },
      ],
    },
    {
      code: container(one, 'example.com/agent:1', 'hostNetwork: false'),
      errors: [{ messageId: 'used' }],
    },
    {
      code: container(one, 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.7'),
      options: [{ allowKinds: [] }],
      errors: [{ messageId: 'used' }],
    },
  ],
})
