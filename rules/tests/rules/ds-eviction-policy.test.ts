import rule from '../../src/rules/ds-eviction-policy.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const key = 'cluster-autoscaler.kubernetes.io/enable-ds-eviction'
const mounting = (image: string, path: string) => ({
  spec: `volumes: [{ name: host, hostPath: { path: ${path} } }]`,
  container: `image: ${image}\nvolumeMounts: [{ name: host, mountPath: /host, readOnly: true }]`,
})
const logs = mounting('fluent/fluent-bit:4.2.0', '/var/log')
const annotated = (value: string) => daemonSet({ template: `annotations:\n  ${key}: ${value}`, ...logs })
const at = (code: string, value: string) =>
  code.replace(
    /(labels:\n {8}app: agent\n)( {4}spec)/,
    `$1      annotations:\n        ${key}: "${value}"\n$2`,
  )
const csi = daemonSet({
  spec: 'volumes:\n  - name: registration\n    hostPath:\n      path: /var/lib/kubelet/plugins_registry',
  container: 'image: agent:1.2.3\nvolumeMounts:\n  - name: registration\n    mountPath: /registration',
})

ruleTester.run('ds-eviction-policy', rule, {
  valid: [
    // nobody needs it to the end
    daemonSet(),
    daemonSet({ container: 'image: prom/node-exporter:v1.9.0' }),
    annotated('"true"'),
    annotated('"${EVICT}"'),
    daemonSet({ template: 'annotations: ${ANNOTATIONS}', ...logs }),
    // `ds-eviction-annotation` speaks of it
    daemonSet({ metadata: `annotations:\n  ${key}: "false"`, ...logs }),
    { code: daemonSet(logs), role: 'patch' },
    // for logs and metrics both, and nothing says that it reads logs
    daemonSet({ container: 'image: grafana/alloy:v1.11.0' }),
    daemonSet(mounting('otel/opentelemetry-collector-contrib:0.140.0', '/')),
    daemonSet(mounting('grafana/alloy:v1.11.0', '"${LOGS}"')),
    // no logs of containers
    daemonSet(mounting('fluent/fluent-bit:4.2.0', '/var/log/audit')),
  ],
  invalid: [
    {
      code: daemonSet(logs),
      errors: [
        {
          messageId: 'logs',
          data: { name: 'agent' },
          line: 10,
          column: 5,
          endLine: 10,
          endColumn: 13,
          suggestions: [
            { messageId: 'stay', output: at(daemonSet(logs), 'false') },
            { messageId: 'evict', output: at(daemonSet(logs), 'true') },
          ],
        },
      ],
    },
    {
      code: csi,
      errors: [
        {
          messageId: 'storage',
          data: { name: 'agent' },
          suggestions: [
            { messageId: 'stay', output: at(csi, 'false') },
            { messageId: 'evict', output: at(csi, 'true') },
          ],
        },
      ],
    },
    {
      code: daemonSet(mounting('own/shipper:1', '/var/log/pods')),
      settings: { agents: [{ name: 'Shipper', kinds: ['logs'], images: ['own/shipper'] }] },
      errors: [{ messageId: 'logs' }],
    },
    { code: daemonSet(mounting('fluent/fluent-bit:4.2.0', '/')), errors: [{ messageId: 'logs' }] },
    {
      code: daemonSet(mounting('otel/opentelemetry-collector-contrib:0.140.0', '/var/log')),
      errors: [{ messageId: 'logs' }],
    },
  ],
})
