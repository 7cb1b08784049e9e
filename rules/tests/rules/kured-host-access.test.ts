import rule from '../../src/rules/kured-host-access.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = ({
  spec = 'hostPID: true',
  more = '\nsecurityContext:\n  privileged: true',
  image = 'ghcr.io/kubereboot/kured:1.23.0',
} = {}) => daemonSet({ spec, container: `image: ${image}${more}` })
const signal =
  '\nargs: [--reboot-method=signal]\nsecurityContext: { capabilities: { drop: [ALL], add: [KILL] } }'

ruleTester.run('kured-host-access', rule, {
  valid: [
    daemonSet(),
    pod(),
    pod({ more: signal }),
    pod({ more: '\nargs: [--reboot-method=signal]' }),
    pod({ more: '\nargs: ["--reboot-method=${METHOD}"]' }),
    pod({ more: '\nargs: ["${ARGS}"]' }),
    pod({ more: '\nsecurityContext: { privileged: "${PRIVILEGED}" }' }),
    pod({ more: '\nsecurityContext: { capabilities: { add: [SYS_ADMIN, SYS_PTRACE] } }' }),
    pod({ spec: 'hostPID: ${PID}' }),
    pod({ spec: '', image: 'agent:1.2.3' }),
    { code: pod({ spec: '', more: '' }), role: 'patch' },
  ],
  invalid: [
    {
      code: pod({ spec: '' }),
      errors: [
        {
          messageId: 'processes',
          data: { container: 'agent' },
          line: 13,
          column: 5,
          suggestions: [{ messageId: 'join', output: `${pod({ spec: '' })}      hostPID: true\n` }],
        },
      ],
    },
    {
      code: pod({ spec: 'hostPID: false\nshareProcessNamespace: true', more: signal }),
      errors: [{ messageId: 'processes', line: 14, column: 16, endLine: 14, endColumn: 21, suggestions: [] }],
    },
    {
      code: pod({ more: '' }),
      errors: [
        {
          messageId: 'privileged',
          data: { container: 'agent' },
          line: 16,
          column: 17,
          suggestions: [{ messageId: 'allow', output: pod() }],
        },
      ],
    },
    {
      code: pod({
        more: '\nargs: [--reboot-method=command]\nsecurityContext: { privileged: false, allowPrivilegeEscalation: false }',
      }),
      errors: [{ messageId: 'privileged', line: 19, column: 42, suggestions: [] }],
    },
  ],
})
