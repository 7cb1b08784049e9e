import rule from '../../src/rules/falco-host-proc.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = ({
  mounts = '',
  more = '',
  rights = '{ privileged: true }',
  image = 'falcosecurity/falco:0.44.1',
} = {}) =>
  daemonSet({
    spec: 'volumes: [{ name: node, hostPath: { path: /proc } }, { name: root, hostPath: { path: / } }, { name: none, emptyDir: {} }]',
    container: `image: ${image}\nsecurityContext: ${rights}${more}${mounts && `\nvolumeMounts: [${mounts}]`}`,
  })
const env = (value: string) => `\nenv: [{ name: HOST_ROOT, value: "${value}" }]`

ruleTester.run('falco-host-proc', rule, {
  valid: [
    daemonSet(),
    pod({ mounts: '{ name: node, mountPath: /host/proc }' }),
    pod({ mounts: '{ name: root, mountPath: /host, readOnly: true }' }),
    pod({ mounts: '{ name: node, mountPath: /node/proc }', more: env('/node') }),
    pod({ more: env('/') }),
    pod({ more: env('') }),
    pod({ more: env('${ROOT}') }),
    pod({ more: '\nenvFrom: [{ configMapRef: { name: falco } }]' }),
    pod({ mounts: '{ name: "${NAME}", mountPath: /host/proc }' }),
    pod({ rights: '{}' }),
    pod({ rights: '{ capabilities: { drop: [ALL] } }' }),
    pod({ image: 'agent:1.2.3' }),
    { code: pod(), role: 'patch' },
  ],
  invalid: [
    {
      code: pod(),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', place: '/host/proc' },
          line: 16,
          column: 17,
          endLine: 16,
          endColumn: 22,
          suggestions: [
            {
              messageId: 'mount',
              data: { place: '/host/proc' },
              output: pod({
                more: '\nvolumeMounts:\n  - name: proc\n    mountPath: /host/proc\n    readOnly: true',
              }).replace(
                'emptyDir: {} }]',
                'emptyDir: {} }, {name: proc, hostPath: {path: /proc, type: Directory}}]',
              ),
            },
          ],
        },
      ],
    },
    {
      code: pod({
        rights: '{ capabilities: { add: [BPF, PERFMON] } }',
        mounts: '{ name: node, mountPath: /proc }',
      }),
      errors: [{ messageId: 'missing', line: 19, column: 11 }],
    },
    {
      code: pod({ more: env('/node'), mounts: '{ name: none, mountPath: /node/proc }' }),
      errors: [{ messageId: 'missing', data: { container: 'agent', place: '/node/proc' }, suggestions: [] }],
    },
  ],
})
