import rule from '../../src/rules/network-policy-host-network.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const policy = (selector = 'matchLabels: { app: agent }') =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: agent\nspec:\n  podSelector: { ${selector} }\n  policyTypes: [Ingress]\n`
const onHost = daemonSet({ spec: 'hostNetwork: true' })
const together = (agent: string, selector?: string) => `${agent}---\n${policy(selector)}`

ruleTester.run('network-policy-host-network', rule, {
  valid: [
    policy(),
    together(daemonSet()),
    together(daemonSet({ spec: 'hostNetwork: false' })),
    together(daemonSet({ spec: 'hostNetwork: ${HOST}' })),
    together(onHost, 'matchLabels: { app: gateway }'),
    // of all pods of the namespace
    together(onHost, ''),
    together(onHost, 'matchLabels: "${LABELS}"'),
    together(onHost).replace('networking.k8s.io/v1', 'crd.projectcalico.org/v1'),
    together(onHost).replace('kind: DaemonSet', 'kind: Deployment'),
  ],
  invalid: [
    {
      code: together(onHost),
      errors: [
        {
          messageId: 'undefined',
          data: { name: 'agent', place: 'line 1' },
          line: 24,
          column: 3,
          endLine: 24,
          endColumn: 14,
        },
      ],
    },
    {
      code: policy(),
      files: { '/manifests/daemonset.yaml': onHost },
      errors: [{ messageId: 'undefined', data: { name: 'agent', place: 'daemonset.yaml' } }],
    },
  ],
})
