import rule from '../../src/rules/host-leftovers.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const cni = 'volumes:\n  - name: node\n    hostPath:\n      path: /etc/cni/net.d'
const root = 'volumes:\n  - name: node\n    hostPath:\n      path: /'
const agent = (command: string, { spec = root, at = '/host', more = '' } = {}) =>
  daemonSet({
    spec,
    container: `image: agent:1.2.3\ncommand: ${command}\nvolumeMounts:\n  - name: node\n    mountPath: ${at}${more}`,
  })
const install = (command: string) =>
  daemonSet({
    spec: `${cni}\ninitContainers:\n  - name: install\n    image: cni:1\n    command: ${command}\n    volumeMounts:\n      - name: node\n        mountPath: /conf`,
  })
const hook = (command: string) => `\nlifecycle: { preStop: { exec: { command: ${command} } } }`
const unit = '[cp, /agent.service, /host/etc/systemd/system/agent.service]'
const writes = (messageId: string, path: string, container = 'agent') => ({
  messageId,
  data: { container, path },
})

ruleTester.run('host-leftovers', rule, {
  valid: [
    daemonSet(),
    install('[cp, /a.conf, /other/10-agent.conf]'),
    install('[cat, /conf/10-agent.conf]'),
    install('[agent-install]'),
    install('[cp, /a.conf, "/conf/${NAME}"]'),
    { code: install('[cp, /a.conf, /conf/10-agent.conf]'), role: 'patch' },
    agent('[cp, /host/etc/systemd/system/a.service, /tmp/a.service]'),
    agent('[cp, /agent, /host/opt/agent]'),
    agent('[sh, -c, "echo done >/dev/null 2>&1; agent"]'),
    // something cleans up
    agent(unit, { more: hook('[rm, -f, /host/etc/systemd/system/agent.service]') }),
    agent(unit, { more: hook('[/uninstall.sh]') }),
    agent(unit, { more: hook('["${STOP}"]') }),
    agent(`[sh, -c, "trap end TERM; cp /a /host/etc/udev/rules.d/a.rules; agent"]`),
    agent(unit, { more: '\nargs: ["${ARGS}"]' }),
  ],
  invalid: [
    {
      code: install('[cp, -f, /a.conf, /conf/10-agent.conf]'),
      errors: [
        {
          ...writes('network', '/etc/cni/net.d/10-agent.conf', 'install'),
          line: 21,
          column: 38,
          endLine: 21,
          endColumn: 57,
        },
      ],
    },
    { code: agent(unit), errors: [writes('settings', '/etc/systemd/system/agent.service')] },
    {
      code: agent(
        '[sh, -c, "echo a=1 >> /host/etc/sysctl.d/a.conf; tee /host/etc/cron.d/b </b; sleep infinity"]',
      ),
      errors: [
        { ...writes('settings', '/etc/cron.d/b'), line: 21, column: 29 },
        { ...writes('settings', '/etc/sysctl.d/a.conf'), line: 21, column: 29 },
      ],
    },
    {
      code: agent('[sh, -c, "cat a >/host/etc/modprobe.d/a.conf"]'),
      errors: [writes('settings', '/etc/modprobe.d/a.conf')],
    },
  ],
})
