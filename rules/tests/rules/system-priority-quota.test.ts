import rule from '../../src/rules/system-priority-quota.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const metadata = 'namespace: storage'
const spec = 'priorityClassName: system-node-critical'
const quota = `---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: critical
spec:
  hard: { pods: "100" }
  scopeSelector:
    matchExpressions:
      - { scopeName: PriorityClass, operator: In, values: [system-node-critical] }
`
const configMap = '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: { scope: a }\n'

ruleTester.run('system-priority-quota', rule, {
  valid: [
    daemonSet(),
    daemonSet({ metadata }),
    // The namespace is not known.
    daemonSet({ spec }),
    daemonSet({ metadata: 'namespace: ${NAMESPACE}', spec }),
    daemonSet({ metadata: 'namespace: kube-system', spec }),
    daemonSet({ metadata, spec: 'priorityClassName: agents' }),
    daemonSet({ metadata, spec }) + quota,
    daemonSet({ metadata, spec }) + quota.replace('PriorityClass', '${SCOPE}'),
    { code: daemonSet({ metadata, spec }), files: { '/manifests/quota.yaml': quota } },
    {
      code: daemonSet({ metadata, spec }),
      files: { '/manifests/quota.yaml': quota.replace('ResourceQuota', '${KIND}') },
    },
  ],
  invalid: [
    {
      code: daemonSet({ metadata, spec }),
      files: { '/manifests/map.yaml': configMap },
      errors: [{ messageId: 'missing' }],
    },
    {
      code: daemonSet({ metadata, spec }),
      errors: [
        {
          messageId: 'missing',
          data: { class: 'system-node-critical', namespace: 'storage', name: 'agent' },
          line: 15,
          column: 26,
          endLine: 15,
          endColumn: 46,
        },
      ],
    },
    {
      code: daemonSet({ metadata, spec: 'priorityClassName: system-cluster-critical' }) + configMap,
      errors: [
        {
          messageId: 'missing',
          data: { class: 'system-cluster-critical', namespace: 'storage', name: 'agent' },
        },
      ],
    },
  ],
})
