import rule from '../../src/rules/rwo-claim.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const claim = (modes: string, name = 'data', more = '') =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: ${name}\nspec:\n  accessModes: ${modes}\n${more}  resources: { requests: { storage: 1Gi } }\n`
const agent = (source = 'persistentVolumeClaim: { claimName: data }', spec = '') =>
  daemonSet({
    spec: `${spec}volumes:\n  - name: data\n    ${source}`,
    container: 'image: agent:1\nvolumeMounts: [{ name: data, mountPath: /data }]',
  })
const both = (modes: string, name?: string, more?: string) => `${claim(modes, name, more)}---\n${agent()}`
const ephemeral = (modes: string) =>
  `${claim(modes)}---\n${agent(`ephemeral:\n      volumeClaimTemplate:\n        spec:\n          accessModes:\n            - ReadWriteOnce\n          resources:\n            requests:\n              storage: 1Gi`)}`

ruleTester.run('rwo-claim', rule, {
  valid: [
    daemonSet(),
    agent(),
    agent('emptyDir: {}'),
    both('[ReadWriteMany]'),
    both('[ReadOnlyMany]'),
    both('[ReadWriteOnce, ReadWriteMany]'),
    both('["${MODE}"]'),
    both('${MODES}'),
    both('[]'),
    // refused
    both('[ReadWriteOnce, ReadWriteOncePod]'),
    both('[ReadWriteOnce]', 'other'),
    both('[ReadWriteOnce]', '${NAME}'),
    `${claim('[ReadWriteOnce]')}---\n${agent('persistentVolumeClaim: { claimName: "${CLAIM}" }')}`,
    `${claim('[ReadWriteOnce]')}---\n${agent(undefined, 'nodeSelector: { kubernetes.io/hostname: one }\n')}`,
    `${claim('[ReadWriteOnce]')}---\n${agent(undefined, 'nodeName: one\n')}`,
    `${claim('[ReadWriteOnce]')}---\n${agent(undefined, 'nodeSelector: ${NODES}\n')}`,
    both('[ReadWriteOnce]').replace('name: data\nspec', 'name: data\n  namespace: other\nspec'),
    // Which of the two it is nobody can tell.
    `${both('[ReadWriteOnce]')}---\n${claim('[ReadWriteMany]')}`,
    { code: both('[ReadWriteMany]'), options: [{ unknownClaims: true }] },
    { code: both('[ReadWriteMany]', '${NAME}'), options: [{ unknownClaims: true }] },
  ],
  invalid: [
    {
      code: both('[ReadWriteOnce]'),
      errors: [
        {
          messageId: 'node',
          data: { claim: 'data', place: 'line 1' },
          line: 24,
          column: 47,
          endLine: 24,
          endColumn: 51,
          suggestions: [{ messageId: 'ephemeral', output: ephemeral('[ReadWriteOnce]') }],
        },
      ],
    },
    {
      code: both('[ReadWriteOncePod]', 'data', '  volumeName: disk\n'),
      errors: [{ messageId: 'pod', data: { claim: 'data', place: 'line 1' }, suggestions: [] }],
    },
    {
      code: agent(),
      files: { '/manifests/claim.yaml': claim('[ReadWriteOnce]') },
      errors: [{ messageId: 'node', data: { claim: 'data', place: 'claim.yaml' } }],
    },
    {
      code: agent(),
      options: [{ unknownClaims: true }],
      errors: [{ messageId: 'unknown', data: { claim: 'data' }, line: 16, column: 47, suggestions: [] }],
    },
  ],
})
