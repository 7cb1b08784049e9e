import rule from '../../src/rules/tiny-memory-limit.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withLimit = (limit: string, spec?: string) =>
  daemonSet({ spec, container: `image: agent:1.2.3\nresources:\n  limits:\n    memory: ${limit}` })
const guesses = (limit: string, near: string, bytes: string) => ({
  code: withLimit(limit),
  errors: [
    {
      messageId: 'tiny',
      data: { container: 'agent', limit, bytes },
      suggestions: [{ messageId: 'unit', data: { near }, output: withLimit(near) }],
    },
  ],
})

ruleTester.run('tiny-memory-limit', rule, {
  valid: [
    daemonSet(),
    withLimit('4Mi'),
    withLimit('4194304'),
    withLimit('5M'),
    withLimit('64Mi'),
    withLimit('1e9'),
    // no limit
    withLimit('0'),
    withLimit('${LIMIT}'),
    withLimit('128', 'runtimeClassName: wasm'),
    withLimit('128', 'runtimeClassName: ${CLASS}'),
    daemonSet({ container: 'image: agent:1.2.3\nresources:\n  requests:\n    memory: 128' }),
  ],
  invalid: [
    {
      code: withLimit('128'),
      errors: [
        {
          messageId: 'tiny',
          data: { container: 'agent', limit: '128', bytes: '128 bytes' },
          line: 19,
          column: 23,
          endLine: 19,
          endColumn: 26,
          suggestions: [{ messageId: 'unit', data: { near: '128Mi' }, output: withLimit('128Mi') }],
        },
      ],
    },
    guesses('100m', '100Mi', 'less than one byte'),
    guesses('64k', '64Mi', '64000 bytes'),
    guesses('512Ki', '512Mi', '524288 bytes'),
    { code: withLimit('1'), errors: [{ messageId: 'tiny', suggestions: [] }] },
    { code: withLimit('1Mi'), errors: [{ messageId: 'tiny', suggestions: [] }] },
    { code: withLimit('4193999'), errors: [{ messageId: 'tiny', suggestions: [] }] },
    {
      // no more than the pod as a whole is given
      code: withLimit('128', 'resources:\n  limits:\n    memory: 64Mi'),
      errors: [{ messageId: 'tiny', suggestions: [] }],
    },
    {
      code: daemonSet({
        spec: 'initContainers: [{ name: prepare, image: "busybox:1.36", resources: { limits: { memory: 128 } } }]',
      }),
      errors: [{ messageId: 'tiny', line: 14 }],
    },
  ],
})
