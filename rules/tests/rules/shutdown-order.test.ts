import rule from '../../src/rules/shutdown-order.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const mounts = 'volumeMounts: [{ name: logs, mountPath: /logs, readOnly: true }]'
const volumes = 'volumes: [{ name: logs, hostPath: { path: /var/log/pods } }]'
const logs = `image: fluent/fluent-bit:4.2.0\n${mounts}`
const cni = 'volumes: [{ name: cni, hostPath: { path: /etc/cni/net.d } }]'
const cniMount = (more = '') => `volumeMounts: [{ name: cni, mountPath: /etc/cni/net.d${more} }]`
const classed = (name: string, container = logs, own = volumes) =>
  daemonSet({ spec: `priorityClassName: ${name}\n${own}`, container })
const lost = 'their last lines may not be shipped'

ruleTester.run('shutdown-order', rule, {
  valid: [
    // nobody needs it to the end
    daemonSet(),
    classed('own', 'image: prom/node-exporter:v1.9.0'),
    classed('system-node-critical'),
    classed('system-cluster-critical'),
    classed('${CLASS}'),
    // for logs and metrics both, and nothing says that it reads logs
    classed('own', 'image: grafana/alloy:v1.11.0'),
    classed('own', 'image: fluent/fluent-bit:4.2.0'),
    daemonSet({ spec: `priority: 1000\n${volumes}`, container: logs }),
    { code: daemonSet({ spec: volumes, container: logs }), role: 'patch' },
    // It looks at what the network has set up.
    classed('own', `image: aquasec/kube-bench:v0.15.6\n${cniMount(', readOnly: true')}`, cni),
  ],
  invalid: [
    {
      code: daemonSet({ spec: volumes, container: logs }),
      errors: [
        {
          messageId: 'missing',
          data: { name: 'agent', loss: lost, class: '' },
          line: 13,
          column: 5,
          suggestions: [
            {
              messageId: 'critical',
              output: `${daemonSet({ spec: volumes, container: logs })}      priorityClassName: system-node-critical\n`,
            },
          ],
        },
      ],
    },
    {
      code: classed('own'),
      errors: [
        {
          messageId: 'own',
          data: { name: 'agent', loss: lost, class: 'own' },
          line: 14,
          column: 26,
          endLine: 14,
          endColumn: 29,
          suggestions: [{ messageId: 'critical', output: classed('system-node-critical') }],
        },
      ],
    },
    {
      code: classed('own', `image: grafana/alloy:v1.11.0\n${mounts}`),
      errors: [{ messageId: 'own', data: { name: 'agent', loss: lost, class: 'own' } }],
    },
    {
      code: classed('own', 'image: quay.io/cilium/cilium:v1.19.0'),
      errors: [
        { messageId: 'own', data: { name: 'agent', loss: 'their connections may break off', class: 'own' } },
      ],
    },
    {
      code: classed('own', `image: example.com/agent:1.4.2\n${cniMount()}`, cni),
      errors: [
        { messageId: 'own', data: { name: 'agent', loss: 'their connections may break off', class: 'own' } },
      ],
    },
    {
      code: classed('own', 'image: registry.k8s.io/dns/k8s-dns-node-cache:1.26.4'),
      errors: [
        {
          messageId: 'own',
          data: { name: 'agent', loss: 'they may resolve no names while they end', class: 'own' },
        },
      ],
    },
    {
      code: classed('own', 'image: registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.15.0'),
      errors: [
        {
          messageId: 'own',
          data: { name: 'agent', loss: 'their volumes may not be unmounted', class: 'own' },
        },
      ],
    },
  ],
})
