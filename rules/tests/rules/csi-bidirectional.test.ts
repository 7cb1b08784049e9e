import rule from '../../src/rules/csi-bidirectional.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const registrar = 'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.17.0'
const pod = (
  mount: string,
  {
    path = '/var/lib/kubelet/pods',
    spec = '',
    more = '\nsecurityContext: { privileged: true }',
    image = registrar,
  } = {},
) =>
  daemonSet({
    spec: `volumes: [{ name: pods, hostPath: { path: ${path} } }, { name: host, hostPath: { path: / } }]${spec}`,
    container: `image: driver:1.2.3${more}\nvolumeMounts:\n  - { name: pods, mountPath: ${path}${mount} }`,
  }).concat(`        - name: registrar\n          image: ${image}\n`)

ruleTester.run('csi-bidirectional', rule, {
  valid: [
    daemonSet(),
    pod(', mountPropagation: Bidirectional'),
    pod(', mountPropagation: "${PROPAGATION}"'),
    pod(', readOnly: true'),
    // No CSI driver, or not known as one
    pod('', { image: 'agent:1.2.3' }),
    pod('', { image: '${IMAGE}' }),
    pod('', { path: '/var/lib/kubelet/plugins/driver' }),
    // It mounts in another way, or may do so.
    pod('', { spec: '\nhostPID: true' }),
    pod('', { more: '\ncommand: [nsenter, -t, "1", -m, driver]' }),
    pod(' }\n  - { name: host, mountPath: /host'),
    pod('', { spec: '\nnodeSelector: { kubernetes.io/os: windows }' }),
    // The sidecars mount nothing.
    pod('').replace('image: driver:1.2.3', 'image: registry.k8s.io/sig-storage/livenessprobe:v2.19.0'),
    { code: pod(''), role: 'patch' },
  ],
  invalid: [
    {
      code: pod(''),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', path: '/var/lib/kubelet/pods' },
          line: 20,
          column: 23,
          endLine: 20,
          endColumn: 27,
          suggestions: [
            {
              messageId: 'set',
              output: pod(', mountPropagation: Bidirectional').replace('onal }', 'onal }'),
            },
          ],
        },
      ],
    },
    {
      code: pod(', mountPropagation: HostToContainer', { path: '/var/lib/k0s/kubelet', more: '' }),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', path: '/var/lib/k0s/kubelet' },
          line: 19,
          column: 80,
          suggestions: [],
        },
      ],
    },
    {
      code: pod(', mountPropagation: None', { spec: '\nhostPID: false', path: '/var/lib/kubelet' }),
      errors: [{ messageId: 'missing' }],
    },
  ],
})
