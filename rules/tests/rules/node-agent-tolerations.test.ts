import rule from '../../src/rules/node-agent-tolerations.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const proxy = 'registry.k8s.io/kube-proxy:v1.36.3'
const pod = (spec: string, image = proxy) => daemonSet({ spec, container: `image: ${image}` })
const mounting = (path: string, image: string) =>
  daemonSet({
    spec: `volumes: [{ name: host, hostPath: { path: ${path} } }]`,
    container: `image: ${image}\nvolumeMounts: [{ name: host, mountPath: /host }]`,
  })
const schedule = 'tolerations:\n  - operator: Exists\n    effect: NoSchedule'
const both = `${schedule}\n  - operator: Exists\n    effect: NoExecute`

ruleTester.run('node-agent-tolerations', rule, {
  valid: [
    daemonSet(),
    pod('tolerations: [{ operator: Exists }]'),
    pod(both),
    pod('tolerations: [{ operator: "${OPERATOR}" }]'),
    pod('tolerations: ${TOLERATIONS}'),
    // Meant for some nodes
    pod('nodeSelector: { pool: gpu }'),
    pod('nodeSelector: { kubernetes.io/os: windows }'),
    pod('', 'agent:1.2.3'),
    pod('', '${IMAGE}'),
    // Not the part that nodes need
    pod('', 'quay.io/calico/node:v3.32.1'),
    pod('', 'quay.io/cephcsi/cephcsi:v3.17.0'),
    { code: pod(''), role: 'patch' },
  ],
  invalid: [
    {
      code: pod('nodeSelector: { kubernetes.io/os: linux }'),
      errors: [
        {
          messageId: 'missing',
          data: { agent: 'kube-proxy', effects: '`NoSchedule` or `NoExecute`' },
          line: 13,
          column: 5,
          suggestions: [
            {
              messageId: 'tolerate',
              data: { effects: '`NoSchedule` or `NoExecute`' },
              output: pod('nodeSelector: { kubernetes.io/os: linux }').concat(
                both.replace(/^/gm, '      ').replaceAll('      -', '      -'),
                '\n',
              ),
            },
          ],
        },
      ],
    },
    {
      code: pod(schedule),
      errors: [
        {
          messageId: 'missing',
          data: { agent: 'kube-proxy', effects: '`NoExecute`' },
          line: 14,
          column: 7,
          endLine: 14,
          endColumn: 18,
          suggestions: [{ output: pod(both) }],
        },
      ],
    },
    {
      code: pod(`${both}-x`.replace('NoExecute-x', 'NoExecute\n    key: example.com/a')),
      errors: [{ messageId: 'missing', data: { agent: 'kube-proxy', effects: '`NoExecute`' } }],
    },
    {
      code: pod('', 'quay.io/cephcsi/cephcsi:v3.17.0').concat(
        '        - name: registrar\n          image: registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.17.0\n',
      ),
      errors: [{ messageId: 'missing' }],
    },
    ...(
      [
        ['/etc/cni/net.d', 'ghcr.io/flannel-io/flannel:v0.28.9', 'Flannel'],
        ['/var/lib/kubelet/plugins_registry', 'quay.io/cephcsi/cephcsi:v3.17.0', 'its CSI driver'],
        ['/run', 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.7', 'NodeLocal DNSCache'],
      ] as const
    ).map(([path, image, agent]) => ({
      code: mounting(path, image),
      errors: [{ messageId: 'missing' as const, data: { agent, effects: '`NoSchedule` or `NoExecute`' } }],
    })),
  ],
})
