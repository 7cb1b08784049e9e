import rule from '../../src/rules/service-local-traffic.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const bit = 'image: fluent/fluent-bit:5.1.1'
const service = (port: string, more = '') =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: agent\nspec:\n${more}  selector: { app: agent }\n  ports:\n    - ${port}\n`
const together = (port: string, more?: string, container = bit, spec?: string) =>
  `${service(port, more)}---\n${daemonSet({ container, spec })}`

ruleTester.run('service-local-traffic', rule, {
  valid: [
    service('port: 24224'),
    together('port: 2020'),
    together('{ port: 24224, targetPort: 2020 }'),
    together('port: ${PORT}'),
    together('port: 24224', '  internalTrafficPolicy: Local\n'),
    together('port: 24224', '  internalTrafficPolicy: Cluster\n'),
    together('port: 24224', '  internalTrafficPolicy: ${POLICY}\n'),
    together('port: 24224', '  trafficDistribution: PreferSameNode\n'),
    // its pods are found one by one
    together('port: 24224', '  clusterIP: None\n'),
    together('port: 24224', '  clusterIP: ${IP}\n'),
    together('port: 24224', '  type: LoadBalancer\n'),
    together('port: 24224', '  type: ${TYPE}\n'),
    together('port: 24224', '', 'image: agent:1'),
    together('port: 24224', '', 'image: ${IMAGE}'),
    together('port: 8125', '', 'image: registry.k8s.io/kube-proxy:v1.36.0'),
    // On other nodes there is no agent.
    together('port: 24224', '', bit, 'nodeSelector: { pool: logs }'),
    together('port: 24224').replace('kind: DaemonSet', 'kind: Deployment'),
    together('port: 24224').replace('selector: { app: agent }', 'selector: { app: gateway }'),
    `${together('port: 24224')}---\n${daemonSet({ container: bit }).replace('kind: DaemonSet', 'kind: Deployment')}`,
  ],
  invalid: [
    {
      code: together('port: 24224'),
      errors: [
        {
          messageId: 'cluster',
          data: { agent: 'Fluent Bit', intake: 'Fluent forward', port: 24224 },
          line: 8,
          column: 13,
          endLine: 8,
          endColumn: 18,
          suggestions: [
            {
              messageId: 'set',
              output: together('port: 24224').replace(
                '    - port: 24224\n',
                '    - port: 24224\n  internalTrafficPolicy: Local\n',
              ),
            },
          ],
        },
      ],
    },
    {
      code: together(
        '{ port: 80, targetPort: 8125, protocol: UDP }',
        '  type: ClusterIP\n',
        'image: datadog/agent:7.81.1',
      ),
      errors: [{ messageId: 'cluster', data: { agent: 'Datadog Agent', intake: 'StatsD', port: 8125 } }],
    },
    {
      code: together(
        '{ port: 4317, targetPort: otlp }',
        '',
        'image: grafana/alloy:v1.18.1',
        'nodeSelector: { kubernetes.io/os: linux }',
      ),
      errors: [{ messageId: 'cluster', data: { agent: 'Grafana Alloy', intake: 'OTLP', port: 4317 } }],
    },
    {
      code: service('port: 24224'),
      files: { '/manifests/daemonset.yaml': daemonSet({ container: bit }) },
      errors: [{ messageId: 'cluster' }],
    },
  ],
})
