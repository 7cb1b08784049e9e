import rule from '../../src/rules/node-dns-service-links.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = (
  links = 'enableServiceLinks: false',
  more = 'args: [-upstreamsvc, kube-dns-upstream]',
  image = 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.7',
) => daemonSet({ spec: links, container: `image: ${image}\n${more}` })

const corefile = (upstream: string) => `---
apiVersion: v1
kind: ConfigMap
metadata:
  name: node-local-dns
data:
  Corefile: |
    cluster.local:53 {
        forward . ${upstream}
    }
`
const asking = corefile('__PILLAR__CLUSTER__DNS__')

ruleTester.run('node-dns-service-links', rule, {
  valid: [
    daemonSet({ spec: 'enableServiceLinks: false' }),
    pod('enableServiceLinks: true'),
    pod('hostNetwork: true'),
    pod('enableServiceLinks: ${LINKS}'),
    // It is told no Service: its configuration names addresses.
    pod(undefined, 'args: [-localip, 169.254.20.10]'),
    pod(undefined, 'args: [-upstreamsvc, "${SERVICE}"]'),
    pod(undefined, 'args: "${ARGS}"'),
    pod(undefined, undefined, 'coredns/coredns:1.12.0'),
    pod(
      undefined,
      'args: [-upstreamsvc=kube-dns-upstream]\nenv: [{ name: KUBE_DNS_UPSTREAM_SERVICE_HOST, value: 10.96.0.11 }]',
    ),
    pod(undefined, 'args: [-upstreamsvc=kube-dns-upstream]\nenvFrom: [{ configMapRef: { name: dns } }]'),
    `${pod()}${corefile('10.96.0.10')}`,
    { code: pod(), files: { '/manifests/config.yaml': corefile('10.96.0.10').slice(4) } },
    { code: pod(undefined, 'args: []'), role: 'patch' },
  ],
  invalid: [
    {
      code: pod(),
      errors: [
        {
          messageId: 'hidden',
          data: {
            container: 'agent',
            service: 'kube-dns-upstream',
            variable: 'KUBE_DNS_UPSTREAM_SERVICE_HOST',
          },
          line: 14,
          column: 27,
          endLine: 14,
          endColumn: 32,
          suggestions: [{ messageId: 'show', output: pod('enableServiceLinks: true') }],
        },
      ],
    },
    {
      code: pod(
        undefined,
        'args: [-upstreamsvc=dns]\nenv: [{ name: KUBE_DNS_SERVICE_HOST, value: 10.96.0.10 }]',
      ),
      errors: [
        {
          messageId: 'hidden',
          data: { container: 'agent', service: 'dns', variable: 'DNS_SERVICE_HOST' },
        },
      ],
    },
    { code: `${pod()}${asking}`, errors: [{ messageId: 'hidden' }] },
    // One of another agent's, beside it.
    { code: `${pod()}${corefile('10.96.0.10')}${asking}`, errors: [{ messageId: 'hidden' }] },
    {
      code: pod(),
      files: { '/manifests/config.yaml': asking.slice(4) },
      errors: [{ messageId: 'hidden' }],
    },
  ],
})
