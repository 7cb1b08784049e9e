import rule from '../../src/rules/csi-registration.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const registrar = 'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.17.0'
const told = '--kubelet-registration-path=/var/lib/kubelet/plugins/nfs/csi.sock'
const pod = ({
  args = ['--csi-address=/csi/csi.sock', told],
  registry = '/var/lib/kubelet/plugins_registry',
  place = '/registration',
  more = '',
  spec = '',
} = {}) =>
  daemonSet({
    spec: `volumes:
  - { name: socket, hostPath: { path: /var/lib/kubelet/plugins/nfs } }
  - { name: registry, hostPath: { path: "${registry}" } }${spec}`,
    container: `image: ${registrar}
args: [${args.map((word) => `"${word}"`).join(', ')}]${more}
volumeMounts: [{ name: socket, mountPath: /csi }, { name: registry, mountPath: ${place} }]`,
  })
const driver = (image = 'registry.k8s.io/sig-storage/nfsplugin:v4.13.4', propagation = 'Bidirectional') =>
  daemonSet({
    spec: 'volumes: [{ name: pods, hostPath: { path: /var/lib/kubelet/pods } }]',
    container: `image: ${image}
securityContext: { privileged: true }
volumeMounts: [{ name: pods, mountPath: /var/lib/kubelet/pods, mountPropagation: ${propagation} }]`,
  })
const beside = (image: string) => `${driver()}        - name: other\n          image: ${image}\n`

ruleTester.run('csi-registration', rule, {
  valid: [
    daemonSet(),
    pod(),
    pod({ registry: '/var/lib/k0s/kubelet/plugins_registry/' }),
    pod({
      place: '/reg',
      args: ['--plugin-registration-path=/reg', '--csi-address=unix:///csi/csi.sock', told],
    }),
    pod({
      args: ['--csi-address=$(ADDRESS)', '--kubelet-registration-path=$(SOCKET)'],
      more: '\nenv: [{ name: ADDRESS, value: /csi/csi.sock }, { name: SOCKET, value: /var/lib/kubelet/plugins/nfs/csi.sock }]',
    }),
    // Not known
    pod({ registry: '${REGISTRY}' }),
    pod({ args: ['--csi-address=/csi/csi.sock', '--kubelet-registration-path=${SOCKET}'] }),
    pod({ args: ['--csi-address=/csi/csi.sock', '--kubelet-registration-path=$(SOCKET)'] }),
    pod({ args: ['${ARGS}'], place: '/other' }),
    pod({ args: ['--csi-address=${ADDRESS}', told] }),
    pod({ args: ['--plugin-registration-path=${PLACE}'], place: '/other' }),
    // The socket is where nothing of the node is mounted.
    pod({ args: ['--csi-address=/run/other.sock', told] }),
    pod({ spec: '\nnodeSelector: { kubernetes.io/os: windows }', place: '/other' }),
    { code: pod({ place: '/other' }), role: 'patch' },
    beside('${IMAGE}'),
    driver('driver:1.2.3'),
    driver(undefined, 'HostToContainer'),
  ],
  invalid: [
    {
      code: pod({ place: '/other' }),
      errors: [
        {
          messageId: 'folder',
          data: { container: 'agent', place: '/registration' },
          line: 21,
          column: 11,
          endLine: 21,
          endColumn: 23,
        },
      ],
    },
    {
      code: pod({ registry: '/var/lib/kubelet/plugins' }),
      errors: [{ messageId: 'folder', data: { container: 'agent', place: '/registration' } }],
    },
    {
      code: pod({ args: ['--csi-address=/csi/csi.sock', told, '--plugin-registration-path=/reg'] }),
      errors: [{ messageId: 'folder', data: { container: 'agent', place: '/reg' }, line: 20 }],
    },
    {
      code: pod({ args: ['--csi-address=/csi/csi.sock', told.replace('nfs', 'smb')] }),
      errors: [
        {
          messageId: 'socket',
          data: {
            told: '/var/lib/kubelet/plugins/smb/csi.sock',
            actual: '/var/lib/kubelet/plugins/nfs/csi.sock',
          },
          line: 20,
          column: 49,
          endLine: 20,
          endColumn: 116,
        },
      ],
    },
    {
      code: pod().replace('hostPath: { path: /var/lib/kubelet/plugins/nfs }', 'emptyDir: {}'),
      errors: [
        {
          messageId: 'inside',
          data: { volume: 'socket' },
          line: 20,
          column: 49,
          endLine: 20,
          endColumn: 116,
        },
      ],
    },
    {
      // The path in the container
      code: pod({ args: ['--csi-address', '/csi/csi.sock', '--kubelet-registration-path', '/csi/csi.sock'] }),
      errors: [{ messageId: 'socket' }],
    },
    {
      code: driver(),
      errors: [
        {
          messageId: 'registrar',
          data: { container: 'agent' },
          line: 17,
          column: 18,
          endLine: 17,
          endColumn: 63,
        },
      ],
    },
    ...[registrar, '${REGISTRY}/csi-node-driver-registrar:v2'].map((image) => ({
      code: beside(image),
      errors: [{ messageId: 'folder' as const, data: { container: 'other', place: '/registration' } }],
    })),
    { code: beside('agent:1.2.3'), errors: [{ messageId: 'registrar' }] },
  ],
})
