import rule from '../../src/rules/privilege-escalation.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const container = (context: string) => daemonSet({ container: `image: agent:1\nsecurityContext: ${context}` })
const cilium = (context: string) =>
  daemonSet({ container: `image: quay.io/cilium/cilium:v1.20.0\nsecurityContext: ${context}` })
const forbidden = 'securityContext:\n  allowPrivilegeEscalation: false'

const intruder = 'a setuid program of its image makes an intruder root in the agent'
const again = 'one that has given up root gets it back by a setuid program of its image'

ruleTester.run('privilege-escalation', rule, {
  valid: [
    container('{ allowPrivilegeEscalation: false }'),
    container('{ allowPrivilegeEscalation: "${ESCALATION}" }'),
    container('${CONTEXT}'),
    // Nothing to gain; the API server refuses to forbid it to some of them.
    cilium('{ privileged: true }'),
    container('{ privileged: "${PRIVILEGED}" }'),
    cilium('{ privileged: true, allowPrivilegeEscalation: true }'),
    cilium('{ capabilities: { add: [SYS_ADMIN] } }'),
    cilium('{ capabilities: { add: [CAP_SYS_ADMIN] } }'),
    cilium('{ capabilities: { add: [ALL] } }'),
    cilium('{ capabilities: { add: ["${CAPABILITY}"] } }'),
    // Windows has no such thing.
    daemonSet({ spec: 'nodeSelector: { kubernetes.io/os: windows }' }),
    daemonSet({ spec: 'os: { name: windows }' }),
    { code: container('{ runAsUser: 1 }'), role: 'patch' },
  ],
  invalid: [
    // Of what is root already
    {
      code: container('{ runAsUser: 0 }'),
      errors: [{ messageId: 'missing', data: { container: 'agent', harm: again } }],
    },
    {
      code: daemonSet({
        spec: 'securityContext: { runAsUser: 0 }',
        container: 'image: agent:1\nsecurityContext: { allowPrivilegeEscalation: true }',
      }),
      errors: [{ messageId: 'allowed', data: { container: 'agent', harm: again } }],
    },
    {
      code: daemonSet({
        spec: 'securityContext: { runAsUser: 0 }',
        container: 'image: agent:1\nsecurityContext: { runAsUser: 1000 }',
      }),
      errors: [{ messageId: 'missing', data: { container: 'agent', harm: intruder } }],
    },
    {
      code: daemonSet({ container: 'image: agent:1' }),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', harm: intruder },
          line: 15,
          column: 17,
          suggestions: [
            { messageId: 'forbid', output: daemonSet({ container: `image: agent:1\n${forbidden}` }) },
          ],
        },
      ],
    },
    {
      code: container('{ allowPrivilegeEscalation: true }'),
      errors: [
        {
          messageId: 'allowed',
          data: { container: 'agent', harm: intruder },
          line: 17,
          column: 56,
          endLine: 17,
          endColumn: 60,
          suggestions: [{ messageId: 'forbid', output: container('{ allowPrivilegeEscalation: false }') }],
        },
      ],
    },
    {
      code: container('{ allowPrivilegeEscalation: true }'),
      role: 'patch',
      errors: [{ messageId: 'allowed' }],
    },
    { code: container('{ capabilities: { add: [NET_ADMIN] } }'), errors: [{ messageId: 'missing' }] },
    { code: cilium('{ capabilities: { add: [NET_ADMIN] } }'), errors: [{ messageId: 'missing' }] },
    { code: container('{ capabilities: { add: [SYS_ADMIN] } }'), errors: [{ messageId: 'missing' }] },
    // The API server refuses to forbid it to them.
    {
      code: container('{ capabilities: { add: [CAP_SYS_ADMIN] } }'),
      errors: [{ messageId: 'missing', suggestions: [] }],
    },
    {
      code: container('{ privileged: true }'),
      errors: [{ messageId: 'missing', suggestions: [] }],
    },
    {
      code: daemonSet({
        spec: 'initContainers: [{ name: setup, image: "s:1" }]',
        container: `image: agent:1\n${forbidden}`,
      }),
      errors: [{ messageId: 'missing', data: { container: 'setup', harm: intruder }, line: 14 }],
    },
  ],
})
