import rule from '../../src/rules/agent-node-name.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const kured = 'ghcr.io/kubereboot/kured:1.23.0'
const flannel = 'ghcr.io/flannel-io/flannel:v0.28.9\nargs: [--ip-masq, --kube-subnet-mgr]'
const detector = 'registry.k8s.io/node-problem-detector/node-problem-detector:v1.36.0'
const pod = (image: string, more = '', spec?: string) =>
  daemonSet({ spec, container: `image: ${image}${more}` })
const env = (...names: string[]) =>
  `\nenv: [${names.map((name) => `{ name: ${name}, valueFrom: { fieldRef: { fieldPath: spec.nodeName } } }`).join(', ')}]`

ruleTester.run('agent-node-name', rule, {
  valid: [
    daemonSet(),
    pod(kured, env('KURED_NODE_ID')),
    pod(kured, '\nargs: [--node-id=a]'),
    pod(flannel, env('NODE_NAME')),
    pod(flannel, env('POD_NAME', 'POD_NAMESPACE')),
    pod('ghcr.io/flannel-io/flannel:v0.28.9', '\nargs: [--ip-masq]'),
    pod('ghcr.io/flannel-io/flannel:v0.28.9', '\nargs: [--kube-subnet-mgr=false]'),
    pod('ghcr.io/flannel-io/flannel:v0.28.9', '\nargs: ["--kube-subnet-mgr=${ON}"]'),
    pod(detector, env('NODE_NAME')),
    pod(detector, '\nargs: [--hostname-override=a]'),
    pod(detector, '', 'hostNetwork: true'),
    pod(detector, '', 'hostNetwork: ${NETWORK}'),
    pod('quay.io/metallb/speaker:v0.15.2', env('METALLB_NODE_NAME')),
    // Not known
    pod(kured, '\nargs: ["${ARGS}"]'),
    pod(kured, '\nenv: ${ENV}'),
    pod(kured, '\nenv: [{ name: "${NAME}", value: a }]'),
    pod(kured, '\nenvFrom: [{ configMapRef: { name: kured } }]'),
    pod(kured, '\ncommand: [sh, -c, "KURED_NODE_ID=a kured"]'),
    pod('${IMAGE}'),
    daemonSet({ spec: `initContainers: [{ name: copy, image: "${kured}" }]` }),
    { code: pod(kured), role: 'patch' },
  ],
  invalid: [
    {
      code: pod(kured),
      errors: [
        {
          messageId: 'stops',
          data: { container: 'agent', agent: 'kured', variable: 'KURED_NODE_ID' },
          line: 15,
          column: 17,
          endLine: 15,
          endColumn: 22,
          suggestions: [
            {
              messageId: 'set',
              data: { variable: 'KURED_NODE_ID' },
              output: pod(
                kured,
                '\nenv:\n  - name: KURED_NODE_ID\n    valueFrom:\n      fieldRef:\n        fieldPath: spec.nodeName',
              ),
            },
          ],
        },
      ],
    },
    {
      code: pod(flannel, env('POD_NAME')),
      errors: [
        {
          messageId: 'stops',
          data: { container: 'agent', agent: 'Flannel', variable: 'NODE_NAME' },
          line: 18,
          column: 11,
          endLine: 18,
          endColumn: 14,
          suggestions: [
            {
              output: pod(flannel, env('POD_NAME', 'NODE_NAME')).replace(
                '{ name: NODE_NAME, valueFrom: { fieldRef: { fieldPath: spec.nodeName } } }',
                '{name: NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}',
              ),
            },
          ],
        },
      ],
    },
    {
      code: pod(detector, '', 'hostNetwork: false'),
      errors: [
        {
          messageId: 'pod',
          data: { container: 'agent', agent: 'Node Problem Detector', variable: 'NODE_NAME' },
          line: 16,
          column: 17,
          endLine: 16,
          endColumn: 22,
        },
      ],
    },
    { code: pod(detector), errors: [{ messageId: 'pod' }] },
    {
      code: pod('quay.io/metallb/speaker:v0.15.2', '\nargs: [--port=7472]'),
      errors: [{ messageId: 'stops' }],
    },
  ],
})
