import rule from '../../src/rules/exec-in-script.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const command = (list: string) => daemonSet({ container: `image: agent:1.2.3\ncommand: ${list}` })
const script = (text: string) => command(`[sh, -c, "${text}"]`)
const missing = { messageId: 'missing', data: { container: 'agent', program: 'agent' } }

ruleTester.run('exec-in-script', rule, {
  valid: [
    daemonSet(),
    script('prepare && exec agent'),
    // what a shell does with a single command differs
    script('agent --flag'),
    command('[bash, -c, "prepare; agent"]'),
    command('[agent, --flag]'),
    script('prepare; sleep infinity'),
    script('trap stop TERM; agent'),
    script('prepare; tini -- agent'),
    script('prepare; agent & wait'),
    script('if ready; then agent; fi'),
    script('prepare; agent | log'),
    script('prepare; agent;'),
    script('prepare; LEVEL=1 agent'),
    script("prepare; agent 'a; b'"),
    command('["${SHELL}", -c, "prepare; agent"]'),
    command('[sh, -c, "prepare; agent ${ARGS}"]'),
    // it is to end
    daemonSet({
      spec: 'initContainers:\n  - name: init\n    image: init:1\n    command: [sh, -c, "prepare; agent"]',
    }),
  ],
  invalid: [
    {
      code: script('prepare && /usr/bin/agent --flag'),
      errors: [
        {
          ...missing,
          line: 17,
          column: 29,
          endLine: 17,
          endColumn: 63,
          suggestions: [{ messageId: 'exec', output: script('prepare && exec /usr/bin/agent --flag') }],
        },
      ],
    },
    {
      code: daemonSet({
        container: 'image: agent:1.2.3\ncommand: [/bin/sh, -ec]\nargs:\n  - prepare 2>&1; agent',
      }),
      errors: [
        {
          ...missing,
          line: 19,
          column: 15,
          suggestions: [
            {
              messageId: 'exec',
              output: daemonSet({
                container: 'image: agent:1.2.3\ncommand: [/bin/sh, -ec]\nargs:\n  - prepare 2>&1; exec agent',
              }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({
        container: 'image: agent:1.2.3\ncommand:\n  - sh\n  - -c\n  - |\n    cd /agent\n    agent --flag',
      }),
      errors: [{ ...missing, line: 20, column: 15, suggestions: [] }],
    },
    { code: command('[busybox, sh, -c, "prepare; agent"]'), errors: [missing] },
  ],
})
