import rule from '../../src/rules/host-network-dns.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const host = (more = '', container = 'image: example.com/agent:1.4.2') =>
  daemonSet({ spec: `hostNetwork: true${more && `\n${more}`}`, container })
const cni = 'image: quay.io/calico/node:v3.32.1'
const shipper = 'image: fluent/fluent-bit:5.1.1'
const exporter = 'image: quay.io/prometheus/node-exporter:v1.12.1'

ruleTester.run('host-network-dns', rule, {
  valid: [
    daemonSet(),
    daemonSet({ spec: 'dnsPolicy: ClusterFirst' }),
    daemonSet({ spec: 'hostNetwork: false' }),
    daemonSet({ spec: 'hostNetwork: ${HOST_NETWORK}' }),
    host('dnsPolicy: ClusterFirstWithHostNet'),
    host('dnsPolicy: Default'),
    host('dnsPolicy: ${POLICY}'),
    host('nodeSelector: { kubernetes.io/os: windows }'),
    // It comes up before the cluster's DNS.
    host('', cni),
    host('dnsPolicy: ClusterFirst', cni),
    // It may.
    host('', 'image: ${IMAGE}'),
    host('volumes: ${VOLUMES}'),
    // It has done its work when its containers start.
    host('initContainers: [{ name: install, image: "installer:1" }]', 'image: registry.k8s.io/pause:3.10'),
    // It sets up the node.
    host('', 'image: example.com/gpu-installer:1'),
    host('', 'image: alpine:3\ncommand: [nsenter, -t, "1", -m, --, zypper, install, -y, open-iscsi]'),
    // It may send to somewhere outside, or ask the API server alone.
    host(),
    host('', 'image: registry.k8s.io/pause:3.10'),
    host('', 'image: example.com/agent:1\nargs: [--push=https://logs.example.com, --name=a.svcs]'),
    host('', 'image: registry.datadoghq.com/agent:7'),
    host('', 'image: ${REGISTRY}/fluent-bit-custom:5'),
    // It connects to nothing.
    host('', exporter),
    `${host('', exporter)}        - { name: proxy, image: "quay.io/brancz/kube-rbac-proxy:v0.22.1" }\n`,
  ],
  invalid: [
    {
      code: host(
        '',
        'image: example.com/agent:1\nenv: [{ name: SINK, value: "http://loki.logging.svc:3100" }]',
      ),
      errors: [{ messageId: 'unset' }],
    },
    {
      code: host('', shipper),
      errors: [
        {
          messageId: 'unset',
          line: 14,
          column: 7,
          endLine: 14,
          endColumn: 18,
          suggestions: [
            {
              messageId: 'withHostNet',
              output: `${host('', shipper)}      dnsPolicy: ClusterFirstWithHostNet\n`,
            },
            { messageId: 'default', output: `${host('', shipper)}      dnsPolicy: Default\n` },
          ],
        },
      ],
    },
    {
      code: host('dnsPolicy: "ClusterFirst" # as usual'),
      errors: [
        {
          messageId: 'ignored',
          line: 15,
          column: 18,
          endLine: 15,
          endColumn: 32,
          suggestions: [
            { messageId: 'withHostNet', output: host('dnsPolicy: "ClusterFirstWithHostNet" # as usual') },
            { messageId: 'default', output: host('dnsPolicy: "Default" # as usual') },
          ],
        },
      ],
    },
    {
      code: host('dnsPolicy: ClusterFirst', 'image: example.com/gpu-installer:1'),
      errors: [{ messageId: 'ignored' }],
    },
    {
      code: host('', 'image: example.com/gpu-installer:1\nargs: [--from=http://files.tools.svc]'),
      errors: [{ messageId: 'unset' }],
    },
    { code: host('dnsPolicy: ClusterFirst', exporter), errors: [{ messageId: 'ignored' }] },
    {
      code: host('', `${cni}\nargs: [--sink=http://logs.monitoring.svc:80]`),
      errors: [{ messageId: 'unset' }],
    },
    {
      code: host('', `${exporter}\nenv: [{ name: PUSH, value: push.monitoring.svc.cluster.local }]`),
      errors: [{ messageId: 'unset' }],
    },
  ],
})
