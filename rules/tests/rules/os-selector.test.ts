import rule from '../../src/rules/os-selector.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withAffinity = (...terms: string[]) =>
  daemonSet({
    spec: `affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
${terms.map((term) => `        - matchExpressions: [${term}]`).join('\n')}`,
  })
const linux = '{ key: kubernetes.io/os, operator: In, values: [linux] }'
const arch = '{ key: kubernetes.io/arch, operator: In, values: [amd64] }'

ruleTester.run('os-selector', rule, {
  valid: [
    // The API server refuses a pod without containers.
    daemonSet().replace(/ {4}spec:[\s\S]*/, '    spec: { dnsPolicy: Default }\n'),
    daemonSet().replace(/ {4}spec:[\s\S]*/, '    spec: { containers: [] }\n'),
    daemonSet({ spec: 'nodeSelector:\n  kubernetes.io/os: linux' }),
    daemonSet({ spec: 'nodeSelector: { kubernetes.io/os: windows }' }),
    daemonSet({ spec: 'nodeSelector:\n  kubernetes.io/os: ${OS}' }),
    daemonSet({ spec: 'nodeSelector: ${SELECTOR}' }),
    // Another rule speaks of the old label.
    daemonSet({ spec: 'nodeSelector:\n  beta.kubernetes.io/os: linux' }),
    // A pool of nodes has one operating system.
    daemonSet({ spec: 'nodeSelector:\n  example.com/pool: gpu' }),
    daemonSet({ spec: 'nodeName: node-1' }),
    daemonSet({ spec: 'os:\n  name: ${OS}' }),
    // Somebody has said that there are no others.
    { code: daemonSet(), settings: { cluster: { os: 'linux' } } },
    withAffinity(linux),
    withAffinity(`${linux}, ${arch}`, linux),
  ],
  invalid: [
    {
      code: daemonSet(),
      errors: [
        {
          messageId: 'missing',
          data: { os: 'linux', nodes: 'Linux' },
          line: 13,
          column: 5,
          endLine: 13,
          endColumn: 9,
          suggestions: [
            {
              messageId: 'select',
              data: { os: 'linux' },
              output: `${daemonSet()}      nodeSelector:\n        kubernetes.io/os: linux\n`,
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: 'nodeSelector: {}' }),
      errors: [{ messageId: 'missing', line: 14, column: 7, endLine: 14, endColumn: 19 }],
    },
    {
      code: daemonSet({ spec: 'nodeSelector: { kubernetes.io/arch: arm64 }' }),
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              messageId: 'select',
              output: daemonSet({
                spec: 'nodeSelector: { kubernetes.io/arch: arm64, kubernetes.io/os: linux }',
              }),
            },
          ],
        },
      ],
    },
    {
      // It does not choose nodes.
      code: daemonSet({ spec: 'os:\n  name: windows' }),
      errors: [
        { messageId: 'osField', data: { os: 'windows' }, line: 15, column: 15, endLine: 15, endColumn: 22 },
      ],
    },
    // A node need match one term only.
    { code: withAffinity(linux, arch), errors: [{ messageId: 'missing' }] },
    {
      code: daemonSet({
        spec: `affinity:
  nodeAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 1
        preference:
          matchExpressions: [${linux}]`,
      }),
      errors: [{ messageId: 'missing' }],
    },
  ],
})
