import rule from '../../src/rules/persistent-ready-marker.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const hostPath = 'volumes:\n  - name: state\n    hostPath:\n      path: /var/lib/agent'
const mount = 'volumeMounts:\n  - name: state\n    mountPath: /state'
const marked = (command: string, { spec = hostPath, more = '', mounts = mount } = {}) =>
  daemonSet({
    spec,
    container: `image: agent:1.2.3\n${mounts}\nreadinessProbe:\n  exec:\n    command: ${command}${more}`,
  })
const outlives = (
  file: string,
  host = file.replace('/state', '/var/lib/agent'),
  probe = 'readinessProbe',
) => ({
  messageId: 'outlives',
  data: { probe, container: 'agent', file, hostPath: host },
})

ruleTester.run('persistent-ready-marker', rule, {
  valid: [
    daemonSet(),
    marked('[cat, /state/ready]', { spec: 'volumes:\n  - name: state\n    emptyDir: {}' }),
    marked('[cat, /tmp/ready]'),
    marked('[cat, /stateful/ready]'),
    // no marker
    marked('[cat, /state/config.yaml]'),
    marked('[ls, /state/ready.sock]'),
    marked('[agent, /state/ready]'),
    marked('[test, /state/ready, -nt, /state/started]'),
    marked('[test, -f, state/ready]'),
    // something else is tested as well
    marked('[sh, -c, "test -f /state/ready && agent check"]'),
    // somebody else's
    marked('[cat, /state/ready]', { mounts: `${mount}\n    readOnly: true` }),
    // another volume lies above it
    marked('[cat, /state/run/ready]', {
      spec: `${hostPath}\n  - name: run\n    emptyDir: {}`,
      mounts: `${mount}\n  - name: run\n    mountPath: /state/run`,
    }),
    // removed
    marked('[cat, /state/ready]', { more: '\ncommand: [sh, -c, "rm -f /state/ready; exec agent"]' }),
    marked('[cat, /state/ready]', {
      more: '\nlifecycle: { preStop: { exec: { command: [unlink, /state/ready] } } }',
    }),
    marked('[cat, /state/ready]', { more: '\nargs: ["${ARGS}"]' }),
    marked('[cat, /state/ready]', { more: '\nlifecycle: ${LIFECYCLE}' }),
    marked('[cat, "/state/${NAME}-ready"]'),
    { code: marked('[cat, /state/ready]'), role: 'patch' },
    // does nothing but wait for it again
    daemonSet({
      spec: hostPath,
      container: `image: agent:1.2.3\n${mount}\nlivenessProbe: { exec: { command: [cat, /state/ready] } }`,
    }),
  ],
  invalid: [
    {
      code: marked('[cat, /state/ready]'),
      errors: [{ ...outlives('/state/ready'), line: 26, column: 30, endLine: 26, endColumn: 42 }],
    },
    {
      code: marked('[test, -f, /state/run/../run/started]'.replace('/../run', '')),
      errors: [outlives('/state/run/started')],
    },
    {
      code: marked('["/bin/sh", "-c", "[ -e /state/init-done ] && ls /state/ready"]'),
      errors: [{ ...outlives('/state/init-done'), line: 26, column: 42 }],
    },
    {
      code: marked('[stat, /state/healthy]').replace('readinessProbe', 'startupProbe'),
      errors: [outlives('/state/healthy', '/var/lib/agent/healthy', 'startupProbe')],
    },
    // a part of the volume
    {
      code: marked('[cat, /state/ready]', { mounts: `${mount}\n    subPath: run` }),
      errors: [outlives('/state/ready', '/var/lib/agent/run/ready')],
    },
  ],
})
