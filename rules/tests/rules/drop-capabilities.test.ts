import rule from '../../src/rules/drop-capabilities.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const container = (context: string) => daemonSet({ container: `image: agent:1\nsecurityContext: ${context}` })

ruleTester.run('drop-capabilities', rule, {
  valid: [
    container('{ capabilities: { drop: [ALL] } }'),
    container('{ capabilities: { drop: [NET_RAW, ALL], add: [SYS_TIME] } }'),
    container('{ capabilities: { drop: ["${DROPPED}"] } }'),
    container('{ capabilities: { drop: "${DROPPED}" } }'),
    daemonSet({ container: 'image: cilium/cilium:v1\nsecurityContext: { privileged: true }' }),
    container('{ privileged: "${PRIVILEGED}" }'),
    daemonSet({ spec: 'os: { name: windows }' }),
    { code: container('{ runAsUser: 1 }'), role: 'patch' },
  ],
  invalid: [
    {
      code: daemonSet({ container: 'image: agent:1' }),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent' },
          line: 15,
          column: 17,
          suggestions: [
            {
              messageId: 'drop',
              output: daemonSet({
                container: 'image: agent:1\nsecurityContext:\n  capabilities:\n    drop:\n      - ALL',
              }),
            },
          ],
        },
      ],
    },
    {
      code: container('{ capabilities: { drop: [NET_RAW, MKNOD] } }'),
      errors: [
        {
          messageId: 'partial',
          data: { container: 'agent', dropped: '`NET_RAW`, `MKNOD`' },
          line: 17,
          column: 46,
          suggestions: [
            { messageId: 'drop', output: container('{ capabilities: { drop: [NET_RAW, MKNOD, ALL] } }') },
          ],
        },
      ],
    },
    // Where it is privileged for nothing, another rule speaks instead.
    { code: container('{ privileged: true }'), errors: [{ messageId: 'missing' }] },
    { code: container('{ capabilities: { drop: [] } }'), errors: [{ messageId: 'missing' }] },
    { code: container('{ capabilities: { add: [SYS_TIME] } }'), errors: [{ messageId: 'missing' }] },
    // The runtime knows the one word alone.
    { code: container('{ capabilities: { drop: [all] } }'), errors: [{ messageId: 'partial' }] },
  ],
})
