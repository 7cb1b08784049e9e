import rule from '../../src/rules/host-port-reserved.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const tolerating = 'tolerations: [{ key: node-role.kubernetes.io/control-plane, operator: Exists }]\n'
const container = (ports: string, image = 'agent:1') => `image: ${image}\nports:\n  - ${ports}`
const onNode = (ports: string, spec = '', image = 'agent:1') =>
  daemonSet({ spec: `${spec}hostNetwork: true`, container: container(ports, image) })
const forwarded = (ports: string, spec?: string) => daemonSet({ spec, container: container(ports) })
const controlPlane = (ports: string, spec = tolerating) => onNode(ports, spec)

ruleTester.run('host-port-reserved', rule, {
  valid: [
    daemonSet(),
    // a port of the pod alone
    daemonSet({ container: container('containerPort: 10250') }),
    daemonSet({ spec: 'hostNetwork: false', container: container('containerPort: 10250') }),
    daemonSet({ spec: 'hostNetwork: ${HOST}', container: container('containerPort: 10250') }),
    onNode('containerPort: 10251'),
    onNode('containerPort: 29999'),
    onNode('containerPort: 32768'),
    onNode('containerPort: ${PORT}'),
    onNode('{ containerPort: 10250, protocol: UDP }'),
    onNode('{ containerPort: 10250, protocol: "${PROTOCOL}" }'),
    onNode('null'),
    forwarded('{ containerPort: 80, hostPort: 10250, hostIP: 127.0.0.1 }'),
    forwarded('{ containerPort: 80, hostPort: 30080, hostIP: 127.0.0.1 }'),
    forwarded('{ containerPort: 80, hostPort: 30080, hostIP: 10.0.0.1 }'),
    forwarded('{ containerPort: 80, hostPort: 30080, hostIP: "${ADDRESS}" }'),
    // kube-proxy, what replaces it, and what cannot be told from it
    onNode('containerPort: 10256', '', 'registry.k8s.io/kube-proxy:v1.36.0'),
    onNode('containerPort: 10256', '', 'quay.io/cilium/cilium:v1.20.0'),
    onNode('containerPort: 10249', '', '${IMAGE}'),
    onNode('containerPort: 10250').replaceAll('name: agent', 'name: virtual-kubelet'),
    onNode('containerPort: 10250').replace('name: agent', 'name: ${NAME}'),
    // not on the control plane, as far as one can tell
    onNode('containerPort: 6443'),
    controlPlane('containerPort: 10259', 'tolerations: [{ key: dedicated, operator: Exists }]\n'),
    controlPlane('containerPort: 10259', 'tolerations: ${TOLERATIONS}\n'),
    controlPlane('containerPort: 10259', 'tolerations: [{ key: "${TAINT}", operator: Exists }]\n'),
    controlPlane(
      'containerPort: 2379',
      `${tolerating}affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: node-role.kubernetes.io/control-plane, operator: DoesNotExist }] }] } } }\n`,
    ),
    { code: controlPlane('containerPort: 10257'), settings: { cluster: { controlPlaneNodes: false } } },
    // their owners
    onNode('containerPort: 2379', tolerating, 'quay.io/coreos/etcd:v3.6.0'),
    onNode('containerPort: 6443', tolerating, 'ghcr.io/kube-vip/kube-vip:v1.0.0'),
    // an ordinary init container is gone before
    daemonSet({
      spec: 'hostNetwork: true\ninitContainers: [{ name: a, image: "a:1", ports: [{ containerPort: 10250 }] }]',
    }),
    {
      code: forwarded('{ containerPort: 80, hostPort: 30080 }'),
      options: [{ nodePortRange: '20000-22767' }],
    },
  ],
  invalid: [
    {
      code: onNode('containerPort: 10250'),
      errors: [
        {
          messageId: 'taken',
          data: { port: 10250, nodes: 'every node', owner: 'the kubelet', container: 'agent' },
          line: 19,
          column: 30,
          endLine: 19,
          endColumn: 35,
        },
      ],
    },
    {
      code: forwarded('{ containerPort: 80, hostPort: 10250 }'),
      errors: [
        {
          messageId: 'diverted',
          data: { port: 10250, nodes: 'every node', owner: 'the kubelet' },
          line: 18,
          column: 46,
          endLine: 18,
          endColumn: 51,
        },
      ],
    },
    {
      code: forwarded('{ containerPort: 80, hostPort: 30000 }'),
      errors: [
        {
          messageId: 'nodePort',
          data: { port: 30000, range: '30000-32767', container: 'agent' },
          line: 18,
          column: 46,
        },
      ],
    },
    {
      code: forwarded('{ containerPort: 80, hostPort: 30080, hostIP: 0.0.0.0 }'),
      errors: [{ messageId: 'nodePort', line: 18, column: 46, endLine: 18, endColumn: 51 }],
    },
    { code: onNode('{ containerPort: 32767, protocol: UDP }'), errors: [{ messageId: 'nodePort' }] },
    {
      code: forwarded('{ containerPort: 80, hostPort: 20000 }'),
      options: [{ nodePortRange: '20000-22767' }],
      errors: [{ messageId: 'nodePort', data: { port: 20000, range: '20000-22767', container: 'agent' } }],
    },
    ...[10248, 10249, 10255, 10256].map((port) => ({
      code: onNode(`containerPort: ${port}`),
      errors: [{ messageId: 'taken' }],
    })),
    ...[6443, 2379, 2380, 10257, 10259].map((port) => ({
      code: controlPlane(`containerPort: ${port}`).replaceAll('name: agent', 'name: dump'),
      errors: [{ messageId: 'taken' }],
    })),
    {
      code: controlPlane('containerPort: 2379', 'tolerations: [{ operator: Exists }]\n'),
      errors: [
        {
          messageId: 'taken',
          data: { port: 2379, nodes: 'control-plane nodes', owner: 'etcd', container: 'agent' },
        },
      ],
    },
    {
      code: onNode('{ containerPort: 10250, hostPort: 10250, hostIP: 0.0.0.0 }'),
      errors: [{ messageId: 'taken' }],
    },
    {
      code: daemonSet({
        spec: 'hostNetwork: true\ninitContainers: [{ name: a, image: "a:1", restartPolicy: Always, ports: [{ containerPort: 10250 }] }]',
      }),
      errors: [
        {
          messageId: 'taken',
          data: { port: 10250, nodes: 'every node', owner: 'the kubelet', container: 'a' },
        },
      ],
    },
  ],
})
