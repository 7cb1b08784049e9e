import rule from '../../src/rules/cni-bootstrap.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = (spec: string, { image = 'ghcr.io/flannel-io/flannel:v0.28.9', path = '/etc/cni/net.d' } = {}) =>
  daemonSet({
    spec: `${spec}
volumes: [{ name: cni, hostPath: { path: ${path} } }]
initContainers: [{ name: install, image: "installer:1", volumeMounts: [{ name: cni, mountPath: /etc/cni/net.d }] }]`,
    container: `image: ${image}`,
  })
const all = 'tolerations: [{ operator: Exists, effect: NoSchedule }]'
const notReady = 'tolerations: [{ key: node.kubernetes.io/not-ready, operator: Exists, effect: NoSchedule }]'

ruleTester.run('cni-bootstrap', rule, {
  valid: [
    daemonSet(),
    pod(`hostNetwork: true\n${all}`),
    pod(`hostNetwork: true\n${notReady}`),
    pod('hostNetwork: true\ntolerations: [{ operator: Exists }]'),
    pod('hostNetwork: ${NETWORK}\ntolerations: ${TOLERATIONS}'),
    pod('hostNetwork: true\ntolerations: [{ key: "${KEY}", operator: Exists }]'),
    // It installs nothing, or nothing that the network depends on.
    pod('', { path: '/var/log' }),
    pod('', { image: 'ghcr.io/k8snetworkplumbingwg/multus-cni:v4.3.0' }),
    pod('', { image: '${IMAGE}' }),
    { code: pod(''), role: 'patch' },
  ],
  invalid: [
    {
      code: pod('hostNetwork: true', { image: 'registry.example.com/own-cni:1' }),
      settings: {
        agents: [
          {
            name: 'Own CNI',
            kinds: ['network'],
            images: ['registry.example.com/own-cni'],
            providesNetwork: true,
          },
        ],
      },
      errors: [{ messageId: 'taint', data: { agent: 'Own CNI' } }],
    },
    {
      code: pod(all),
      errors: [
        {
          messageId: 'network',
          data: { agent: 'Flannel' },
          line: 13,
          column: 5,
          endLine: 13,
          endColumn: 9,
          suggestions: [{ messageId: 'join', output: `${pod(all)}      hostNetwork: true\n` }],
        },
      ],
    },
    {
      code: pod('hostNetwork: true'),
      errors: [
        {
          messageId: 'taint',
          data: { agent: 'Flannel' },
          line: 13,
          column: 5,
          suggestions: [
            {
              messageId: 'tolerate',
              output: `${pod('hostNetwork: true')}      tolerations:\n        - operator: Exists\n          effect: NoSchedule\n        - operator: Exists\n          effect: NoExecute\n`,
            },
          ],
        },
      ],
    },
    {
      code: pod(`hostNetwork: false\n${all.replace('NoSchedule', 'NoExecute')}`),
      errors: [
        {
          messageId: 'network',
          line: 14,
          column: 20,
          suggestions: [{ output: pod(`hostNetwork: true\n${all.replace('NoSchedule', 'NoExecute')}`) }],
        },
        {
          messageId: 'taint',
          line: 15,
          column: 7,
          endLine: 15,
          endColumn: 18,
          suggestions: [
            {
              output: pod(
                'hostNetwork: false\ntolerations: [{ operator: Exists, effect: NoExecute }, {operator: Exists, effect: NoSchedule}]',
              ),
            },
          ],
        },
      ],
    },
    {
      code: pod(
        'hostNetwork: true\ntolerations: [{ key: node-role.kubernetes.io/control-plane, operator: Exists }]',
        {
          image: 'quay.io/calico/node:v3.32.1',
          path: '/opt/cni/bin',
        },
      ),
      errors: [{ messageId: 'taint', data: { agent: 'Calico' } }],
    },
  ],
})
