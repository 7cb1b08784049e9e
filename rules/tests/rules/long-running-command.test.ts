import rule from '../../src/rules/long-running-command.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = (more: string, image = 'busybox:1.37') =>
  daemonSet({ container: `image: ${image}${more && `\n${more}`}` })
const script = (text: string) => pod(`command: [sh, -c, "${text}"]`)

ruleTester.run('long-running-command', rule, {
  valid: [
    daemonSet(),
    // An image may run what it likes.
    ...['nginx:1.29', 'registry.example.com/debian:12', 'team/alpine:3', 'calico/node:v3', '${IMAGE}'].map(
      (image) => pod('', image),
    ),
    pod('args: [echo, hello]', 'agent:1.2.3'),
    // It waits for input.
    pod('stdin: true\ntty: true'),
    pod('tty: ${TTY}'),
    pod('command: [sleep, infinity]'),
    pod('command: [env, agent]'),
    pod('command: [/agent]'),
    pod('command: ["${COMMAND}"]'),
    pod('command: ${COMMAND}'),
    pod('command: [echo, "${TEXT}"]'),
    pod('command: [sh]'),
    pod('command: [sh, /scripts/run.sh]'),
    pod('command: [sh, -c, echo, hello]'),
    pod('command: [sh, /run.sh, -c, date]'),
    pod('command: [bash, -lc, "exec agent"]'),
    pod('command: [busybox, sh, -c, "sleep infinity"]'),
    pod('command: [busybox]'),
    pod('args: [echo, hello]', '${REGISTRY}/library/busybox'),
    pod('', '${REGISTRY}/library/busybox'),
    script('true; until false; do echo hello; done'),
    script('if true; then while true; do true; done; fi'),
    script('sleep infinity'),
    script('echo hello; sleep infinity'),
    script('while true; do echo hello; done'),
    script('echo hello && exec agent'),
    script('echo hello | agent'),
    script('agent & echo hello'),
    script('$AGENT'),
    script('echo $(agent)'),
    script(''),
    daemonSet({ spec: 'initContainers: [{ name: setup, image: "busybox:1.37", command: [echo, hello] }]' }),
    { code: pod(''), role: 'patch' },
  ],
  invalid: [
    {
      code: pod(''),
      errors: [
        {
          messageId: 'shell',
          data: { container: 'agent', image: 'busybox' },
          line: 16,
          column: 18,
          endLine: 16,
          endColumn: 30,
        },
      ],
    },
    ...[
      'debian',
      'docker.io/library/ubuntu:24.04',
      'docker.io/alpine:3',
      'public.ecr.aws/docker/library/bash:5',
    ].map((image) => ({ code: pod('', image), errors: [{ messageId: 'shell' as const }] })),
    { code: pod('tty: false'), errors: [{ messageId: 'shell' }] },
    {
      code: pod('command: [echo]\nargs: [hello]', 'agent:1.2.3'),
      errors: [
        {
          messageId: 'ends',
          data: { container: 'agent', command: 'echo hello' },
          line: 17,
          column: 11,
          endLine: 17,
          endColumn: 18,
        },
      ],
    },
    {
      code: pod('args: [/bin/date]'),
      errors: [{ messageId: 'ends', data: { container: 'agent', command: '/bin/date' }, line: 17 }],
    },
    {
      code: pod('command: [kube-bench, run, --targets, node]', 'docker.io/aquasec/kube-bench:v0.15.6'),
      errors: [{ messageId: 'ends' }],
    },
    // Whatever the image is
    {
      code: pod('command: [echo, hello]', '"${IMAGE}"'),
      errors: [{ messageId: 'ends', data: { container: 'agent', command: 'echo hello' } }],
    },
    {
      code: pod('command: [bash, -lc, "echo while true"]'),
      errors: [
        {
          messageId: 'ends',
          data: { container: 'agent', command: 'echo while true' },
          line: 17,
          column: 11,
          endLine: 17,
          endColumn: 18,
        },
      ],
    },
    {
      code: pod('command: [bash, -o, pipefail, -ce]\nargs: ["exec cp /agent \'/host agent\'"]'),
      errors: [{ messageId: 'ends', data: { container: 'agent', command: 'cp /agent /host agent' } }],
    },
    {
      code: pod('command: [/bin/busybox, sh, -c, "if true; then sudo date; fi"]'),
      errors: [{ messageId: 'ends', data: { container: 'agent', command: 'true; date' } }],
    },
    {
      code: pod('command:\n  - sh\n  - -c\n  - |\n    cp /agent \\\n      /host # while\n'),
      errors: [{ messageId: 'ends', data: { container: 'agent', command: 'cp /agent /host' } }],
    },
    {
      code: script('set -e; mkdir -p /host/agent && cp /agent $TARGET'),
      errors: [
        {
          messageId: 'ends',
          data: { container: 'agent', command: 'set -e; mkdir -p /host/agent; cp /agent $TARGET' },
        },
      ],
    },
    {
      code: pod('command: [/bin/bash, -ec]\nargs:\n  - |\n    # Make the folder\n    mkdir -p /host/agent\n'),
      errors: [{ messageId: 'ends', data: { container: 'agent', command: 'mkdir -p /host/agent' } }],
    },
  ],
})
