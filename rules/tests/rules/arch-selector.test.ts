import rule from '../../src/rules/arch-selector.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const of = (image: string, spec?: string) =>
  daemonSet({ container: `image: ${image}`, ...(spec && { spec }) })
const terms = (...expressions: string[]) =>
  `affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
${expressions.map((one) => `        - matchExpressions: [{ ${one} }]`).join('\n')}`
const arch = (...values: string[]) => `key: kubernetes.io/arch, operator: In, values: [${values.join(', ')}]`
const open = (image: string, name: string) => ({
  code: of(image),
  errors: [{ messageId: 'open', data: { container: 'agent', arch: name } }],
})

ruleTester.run('arch-selector', rule, {
  valid: [
    daemonSet(),
    of('example.com/agent:1.2-amd64', 'nodeSelector: { kubernetes.io/arch: amd64 }'),
    of('example.com/agent:1.2-amd64', 'nodeSelector: { beta.kubernetes.io/arch: amd64 }'),
    of('example.com/agent:1.2-amd64', terms(arch('amd64'))),
    // A pool of nodes has one architecture.
    of('example.com/agent:1.2-arm64', 'nodeSelector: { example.com/pool: small }'),
    of('example.com/agent:1.2-arm64', terms('key: kubernetes.io/arch, operator: NotIn, values: [amd64]')),
    of(
      'example.com/agent:1.2-arm64',
      `nodeSelector: { example.com/pool: small }\n${terms(arch('amd64', 'arm64'))}`,
    ),
    of(
      'example.com/agent:1.2-arm64',
      'nodeSelector: { node-role.kubernetes.io/worker: "", example.com/pool: small }',
    ),
    of('example.com/agent:1.2-windows-1809-amd64', 'nodeSelector: { kubernetes.io/os: windows }'),
    of('example.com/agent:1.2-amd64', 'nodeName: a'),
    of('example.com/agent:1.2-amd64', 'nodeSelector: ${SELECTOR}'),
    // Names that only look so.
    ...[
      'agent:amd64-1.2',
      'agent-amd64-tools:1',
      'charm:1',
      'agent-arm:1',
      'agent:1.386',
      'a/b/amd64x:1',
    ].map((image) => of(image)),
    of('arm64v8/busybox/x:1'),
    of('agent-${ARCH}:1'),
    of('agent:${TAG}-amd64'),
    { code: of('agent:1.2-amd64'), role: 'patch' },
  ],
  invalid: [
    {
      code: of('example.com/agent:1.2-amd64'),
      errors: [
        {
          messageId: 'open',
          data: { container: 'agent', arch: 'amd64' },
          line: 16,
          column: 18,
          endLine: 16,
          endColumn: 45,
          suggestions: [
            {
              messageId: 'select',
              data: { arch: 'amd64' },
              output: `${of('example.com/agent:1.2-amd64')}      nodeSelector:\n        kubernetes.io/arch: amd64\n`,
            },
          ],
        },
      ],
    },
    {
      code: of('agent_aarch64', 'nodeSelector: { kubernetes.io/os: linux }'),
      errors: [
        {
          messageId: 'open',
          data: { container: 'agent', arch: 'arm64' },
          suggestions: [
            {
              messageId: 'select',
              output: of(
                'agent_aarch64',
                'nodeSelector: { kubernetes.io/os: linux, kubernetes.io/arch: arm64 }',
              ),
            },
          ],
        },
      ],
    },
    {
      // A role says nothing of the architecture.
      code: of('agent:1.2-amd64', 'nodeSelector: { node-role.kubernetes.io/control-plane: "" }'),
      errors: [{ messageId: 'open', data: { container: 'agent', arch: 'amd64' } }],
    },
    {
      code: of('agent:1.2-amd64', terms('key: node-role.kubernetes.io/master, operator: DoesNotExist')),
      errors: [{ messageId: 'open', data: { container: 'agent', arch: 'amd64' } }],
    },
    open('arm64v8/busybox:1.29.3', 'arm64'),
    open('docker.io/arm32v7/busybox:1', 'arm'),
    open('registry.k8s.io/kube-proxy-s390x:v1.30.0', 's390x'),
    open('agent:amd64', 'amd64'),
    open('agent:v0.12.0-arm', 'arm'),
    open('agent:1.2-x86_64@sha256:0123456789012345678901234567890123456789012345678901234567890123', 'amd64'),
    {
      // One finding, about the first.
      code: daemonSet({ container: 'image: a:1-arm64\n- name: b\n  image: b:1-arm64' }).replace(
        '          - name: b\n            image: b',
        '        - name: b\n          image: b',
      ),
      errors: [{ messageId: 'open' }],
    },
    {
      code: of('agent:1.2-arm64', 'nodeSelector: { kubernetes.io/arch: amd64 }'),
      errors: [
        {
          messageId: 'other',
          data: { container: 'agent', arch: 'arm64', chosen: 'amd64' },
          line: 17,
          column: 18,
          suggestions: [],
        },
      ],
    },
    {
      // A pool of another architecture.
      code: of('agent:1.2-arm64', 'nodeSelector: { kubernetes.io/arch: amd64, example.com/pool: small }'),
      errors: [{ messageId: 'other', data: { container: 'agent', arch: 'arm64', chosen: 'amd64' } }],
    },
    {
      code: of('agent:1.2-arm64', terms(arch('amd64', 'arm64'))),
      errors: [{ messageId: 'other', data: { container: 'agent', arch: 'arm64', chosen: 'amd64, arm64' } }],
    },
    {
      code: of(
        'agent:1.2-arm64',
        terms(arch('arm64'), 'key: kubernetes.io/os, operator: In, values: [linux]'),
      ),
      errors: [{ messageId: 'open' }],
    },
  ],
})
