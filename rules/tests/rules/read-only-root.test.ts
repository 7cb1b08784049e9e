import rule from '../../src/rules/read-only-root.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const container = (context: string) => daemonSet({ container: `image: agent:1\nsecurityContext: ${context}` })
const readOnly = 'image: agent:1\nsecurityContext:\n  readOnlyRootFilesystem: true'

ruleTester.run('read-only-root', rule, {
  valid: [
    container('{ readOnlyRootFilesystem: true }'),
    container('{ readOnlyRootFilesystem: "${READ_ONLY}" }'),
    container('"${CONTEXT}"'),
    daemonSet({ container: 'image: cilium/cilium:v1\nsecurityContext: { privileged: true }' }),
    container('{ privileged: "${PRIVILEGED}", readOnlyRootFilesystem: false }'),
    // It is gone before the others start.
    daemonSet({ spec: 'initContainers: [{ name: setup, image: "s:1" }]', container: readOnly }),
    daemonSet({ spec: 'os: { name: windows }' }),
    { code: daemonSet(), role: 'patch' },
  ],
  invalid: [
    {
      code: daemonSet({ container: 'image: example.com/pause/agent:1' }),
      errors: [{ messageId: 'writable' }],
    },
    {
      code: daemonSet({ container: 'securityContext: { readOnlyRootFilesystem: false }' }),
      role: 'patch',
      errors: [{ messageId: 'writable' }],
    },
    {
      code: daemonSet({ container: 'image: agent:1' }),
      errors: [
        {
          messageId: 'writable',
          data: { container: 'agent' },
          line: 15,
          column: 17,
          suggestions: [{ messageId: 'readOnly', output: daemonSet({ container: readOnly }) }],
        },
      ],
    },
    {
      code: container('{ readOnlyRootFilesystem: false }'),
      errors: [
        {
          messageId: 'writable',
          line: 17,
          column: 54,
          endLine: 17,
          endColumn: 59,
          suggestions: [{ messageId: 'readOnly', output: container('{ readOnlyRootFilesystem: true }') }],
        },
      ],
    },
    {
      code: daemonSet({
        spec: 'initContainers: [{ name: proxy, image: "p:1", restartPolicy: Always }]',
        container: readOnly,
      }),
      errors: [{ messageId: 'writable', data: { container: 'proxy' }, line: 14 }],
    },
    // Another rule speaks instead.
    { code: container('{ privileged: true }'), errors: [{ messageId: 'writable' }] },
    {
      code: container('{ readOnlyRootFilesystem: false }'),
      role: 'patch',
      errors: [{ messageId: 'writable' }],
    },
  ],
})
