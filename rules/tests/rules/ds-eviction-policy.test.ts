import rule from '../../src/rules/ds-eviction-policy.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const key = 'cluster-autoscaler.kubernetes.io/enable-ds-eviction'
const container = 'image: fluent/fluent-bit:4.2.0'
const annotated = (value: string, lines = '') =>
  daemonSet({ template: `annotations:\n  ${key}: ${value}`, container: `${container}${lines}` })
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
    daemonSet({ template: 'annotations: ${ANNOTATIONS}', container }),
    // `ds-eviction-annotation` speaks of it
    daemonSet({ metadata: `annotations:\n  ${key}: "false"`, container }),
    { code: daemonSet({ container }), role: 'patch' },
  ],
  invalid: [
    {
      code: daemonSet({ container }),
      errors: [
        {
          messageId: 'logs',
          data: { name: 'agent' },
          line: 10,
          column: 5,
          endLine: 10,
          endColumn: 13,
          suggestions: [
            { messageId: 'stay', output: at(daemonSet({ container }), 'false') },
            { messageId: 'evict', output: at(daemonSet({ container }), 'true') },
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
      code: daemonSet({ container: 'image: own/shipper:1' }),
      settings: { agents: [{ name: 'Shipper', kinds: ['logs'], images: ['own/shipper'] }] },
      errors: [{ messageId: 'logs' }],
    },
  ],
})
