import rule from '../../src/rules/contradictory-selector.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const affinity = (...terms: string[]) =>
  `affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
${terms.map((term) => `        - ${term}`).join('\n')}`
const matching = (...expressions: string[]) =>
  `matchExpressions: [${expressions.map((one) => `{ ${one} }`).join(', ')}]`
const terms = (...all: string[][]) => affinity(...all.map((one) => matching(...one)))
const pool = (operator: string, ...values: string[]) =>
  `key: pool, operator: ${operator}${values.length > 0 ? `, values: [${values.join(', ')}]` : ''}`
const selector = (labels: string) => `nodeSelector: { ${labels} }`
const conflict = (...all: string[][]) => ({
  code: daemonSet({ spec: terms(...all) }),
  errors: all.map(() => ({ messageId: 'conflict' })),
})

ruleTester.run('contradictory-selector', rule, {
  valid: [
    daemonSet(),
    daemonSet({ spec: selector('kubernetes.io/os: linux, pool: a') }),
    daemonSet({ spec: `${selector('pool: a')}\n${terms([pool('In', 'a', 'b')])}` }),
    // One term is enough.
    daemonSet({ spec: `${selector('pool: a')}\n${terms([pool('In', 'b')], [pool('In', 'a')])}` }),
    daemonSet({ spec: affinity('{}', matching(pool('Exists'))) }),
    ...[
      [pool('In', 'a', 'b'), pool('NotIn', 'a')],
      [pool('NotIn', 'a'), pool('DoesNotExist')],
      [pool('Exists'), pool('NotIn', 'a')],
      [pool('Gt', '"1"'), pool('Lt', '"3"')],
      [pool('In', '"1"', '"2"'), pool('Gt', '"1"')],
      [pool('Exists'), pool('Gt', '"1"')],
    ].map((term) => daemonSet({ spec: terms(term) })),
    daemonSet({ spec: selector('kubernetes.io/os: windows, node.kubernetes.io/windows-build: 10.0.17763') }),
    daemonSet({
      spec: `${selector('kubernetes.io/os: linux')}\n${terms(['key: node.kubernetes.io/windows-build, operator: DoesNotExist'])}`,
    }),
    // Values that nobody writes wrongly, and labels of one's own.
    daemonSet({ spec: selector('kubernetes.io/arch: loong64, example.com/arch: x86_64') }),
    daemonSet({ spec: terms(['key: kubernetes.io/arch, operator: In, values: [x86_64, amd64]']) }),
    daemonSet({ spec: terms(['key: kubernetes.io/arch, operator: NotIn, values: [x86_64]']) }),
    daemonSet({ spec: `${selector('pool: "${POOL}"')}\n${terms([pool('In', 'b')])}` }),
    daemonSet({ spec: `os: { name: linux }\n${selector('kubernetes.io/os: linux')}` }),
    daemonSet({ spec: 'os: { name: windows }' }),
    daemonSet({ spec: `nodeName: a\n${selector('kubernetes.io/os: Linux')}` }),
    { code: daemonSet({ spec: selector('kubernetes.io/os: Linux') }), role: 'patch' },
  ],
  invalid: [
    {
      code: daemonSet({ spec: `${selector('pool: a')}\n${terms([pool('In', 'b', 'c')])}` }),
      errors: [
        {
          messageId: 'conflict',
          data: { first: '`pool: a`', second: '`pool In [b, c]`' },
          line: 19,
          column: 43,
          endLine: 19,
          endColumn: 47,
        },
      ],
    },
    {
      code: daemonSet({ spec: selector('kubernetes.io/os: linux, beta.kubernetes.io/os: windows') }),
      errors: [
        {
          messageId: 'conflict',
          data: { first: '`kubernetes.io/os: linux`', second: '`beta.kubernetes.io/os: windows`' },
          line: 14,
          column: 71,
        },
      ],
    },
    {
      code: daemonSet({
        spec: selector('node.kubernetes.io/windows-build: 10.0.17763, kubernetes.io/os: linux'),
      }),
      errors: [
        {
          messageId: 'conflict',
          data: {
            first: '`kubernetes.io/os: linux`',
            second: '`node.kubernetes.io/windows-build: 10.0.17763`',
          },
        },
      ],
    },
    {
      // The kubelet refuses every pod.
      code: daemonSet({ spec: `os: { name: windows }\n${selector('kubernetes.io/os: linux')}` }),
      errors: [
        {
          messageId: 'conflict',
          data: { first: '`spec.os.name: windows`', second: '`kubernetes.io/os: linux`' },
          line: 15,
          column: 41,
        },
      ],
    },
    conflict([pool('In', 'a'), pool('In', 'b')]),
    conflict([pool('NotIn', 'a', 'b'), pool('In', 'a')]),
    conflict([pool('Exists'), pool('DoesNotExist')]),
    conflict([pool('DoesNotExist'), pool('In', 'a')]),
    conflict([pool('DoesNotExist'), pool('Gt', '"1"')]),
    conflict([pool('Gt', '"1"'), pool('Lt', '"2"')]),
    conflict([pool('Lt', '"2"'), pool('Gt', '"5"')]),
    conflict([pool('In', '"1"', 'a'), pool('Gt', '"1"')]),
    conflict([pool('Lt', '"1"'), pool('In', '"1"')]),
    conflict([pool('In', 'a'), pool('In', 'b')], [pool('Exists'), pool('DoesNotExist')]),
    {
      code: daemonSet({
        spec: affinity(
          'matchFields: [{ key: metadata.name, operator: In, values: [a] }, { key: metadata.name, operator: NotIn, values: [a] }]',
        ),
      }),
      errors: [
        {
          messageId: 'conflict',
          data: { first: '`metadata.name In [a]`', second: '`metadata.name NotIn [a]`' },
        },
      ],
    },
    {
      code: daemonSet({ spec: 'nodeSelector:\n  kubernetes.io/os: linux\n  kubernetes.io/arch: x86_64' }),
      errors: [
        {
          messageId: 'spelling',
          data: { key: 'kubernetes.io/arch', value: 'x86_64', right: 'amd64' },
          line: 16,
          column: 29,
          endLine: 16,
          endColumn: 35,
          suggestions: [
            {
              messageId: 'correct',
              data: { right: 'amd64' },
              output: daemonSet({
                spec: 'nodeSelector:\n  kubernetes.io/os: linux\n  kubernetes.io/arch: amd64',
              }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: terms(['key: kubernetes.io/os, operator: In, values: [Linux]']) }),
      errors: [
        {
          messageId: 'spelling',
          data: { key: 'kubernetes.io/os', value: 'Linux', right: 'linux' },
          suggestions: [
            {
              messageId: 'correct',
              output: daemonSet({ spec: terms(['key: kubernetes.io/os, operator: In, values: [linux]']) }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: affinity('{}', 'matchExpressions: []') }),
      errors: [{ messageId: 'empty', line: 17, column: 13, endLine: 17, endColumn: 30 }],
    },
  ],
})
