import rule from '../../src/rules/prestop-keeps-cni.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const volumes = (path: string) => `volumes:\n  - name: cni\n    hostPath:\n      path: ${path}`
const mounted = (container: string, path = '/etc/cni/net.d', at = '/host-cni') =>
  daemonSet({
    spec: volumes(path),
    container: `image: agent:1.2.3\nvolumeMounts:\n  - name: cni\n    mountPath: ${at}\n${container}`,
  })
const exec = (command: string) => `lifecycle:\n  preStop:\n    exec:\n      command: ${command}`
const script = (text: string) => daemonSet({ container: `image: agent:1.2.3\ncommand: [sh, -c, ${text}]` })
const removes = (messageId: string, path: string) => ({ messageId, data: { container: 'agent', path } })

ruleTester.run('prestop-keeps-cni', rule, {
  valid: [
    daemonSet(),
    mounted(exec('[rm, -f, /csi/csi.sock]')),
    mounted(exec('[rm, -f, /host-cni/old.conf]'), '/var/lib/agent'),
    mounted(exec('[cp, /host-cni/a, /host-cni/b]')),
    mounted(exec('[/cni-uninstall.sh]')),
    mounted(exec('[rm, -f, "/host-cni/${CONF}"]')),
    // what is removed at the start makes room for what follows
    script('"rm -f /etc/cni/net.d/old.conf; exec agent"'),
    script('"trap \'kill $child\' TERM; rm -f /etc/cni/net.d/old.conf; agent"'),
    // only when the agent is taken out
    ...[
      'if [ -f /run/agent/uninstall ]; then rm -f /etc/cni/net.d/a.conf; fi',
      '[ -f /run/agent/uninstall ] && rm -f /etc/cni/net.d/a.conf',
      '[ -f /run/agent/uninstall ] || exit 0; rm -f /etc/cni/net.d/a.conf',
      'case $STEP in uninstall) rm -f /etc/cni/net.d/a.conf;; esac',
    ].flatMap((text) => [
      mounted(exec(`[sh, -c, "${text}"]`)),
      script(`"end() { ${text}; }; trap end TERM; agent"`),
    ]),
    daemonSet({
      spec: 'initContainers:\n  - name: install\n    image: cni:1\n    command: [rm, -f, /host/etc/cni/net.d/old.conf]',
    }),
  ],
  invalid: [
    {
      code: mounted(exec('[/bin/rm, -f, /host-cni/05-agent.conf]')),
      errors: [
        {
          ...removes('preStop', '/host-cni/05-agent.conf'),
          line: 27,
          column: 40,
          endLine: 27,
          endColumn: 63,
          suggestions: [{ messageId: 'remove', output: mounted('').replace(/\n\n$/, '\n') }],
        },
      ],
    },
    {
      code: mounted(exec('["sh", "-c", "stop; rm -rf /host-cni/*"]')),
      errors: [{ ...removes('preStop', '/host-cni/*'), line: 27, column: 39 }],
    },
    {
      code: daemonSet({ container: `image: agent:1.2.3\n${exec('[unlink, /host/opt/cni/bin/agent]')}` }),
      errors: [removes('preStop', '/host/opt/cni/bin/agent')],
    },
    {
      code: daemonSet({ container: `image: agent:1.2.3\n${exec('[rm, /etc/cni/net.d/a.conf]')}` }),
      role: 'patch',
      errors: [{ messageId: 'preStop', suggestions: [] }],
    },
    {
      code: script('"trap \'rm -f /etc/cni/net.d/a.conf; exit\' TERM EXIT; agent"'),
      errors: [
        { ...removes('trap', '/etc/cni/net.d/a.conf'), line: 17, column: 29, endLine: 17, endColumn: 88 },
      ],
    },
    {
      code: daemonSet({
        container:
          'image: agent:1.2.3\nargs:\n  - |\n    cleanup() {\n      rm -f /etc/cni/net.d/a.conf\n    }\n    trap cleanup EXIT\n    agent',
      }),
      errors: [{ ...removes('trap', '/etc/cni/net.d/a.conf'), line: 18, column: 15 }],
    },
    // That the file is there is no condition, and what came to its end is none either.
    ...[
      'if [ -f /etc/cni/net.d/a.conf ]; then rm -f /etc/cni/net.d/a.conf; fi',
      'stop || true; rm -f /etc/cni/net.d/a.conf || true',
      'if [ -f /run/agent/busy ]; then sleep 1; fi; rm -f /etc/cni/net.d/a.conf',
    ].map((text) => ({
      code: mounted(exec(`[sh, -c, "${text}"]`)),
      errors: [
        {
          ...removes('preStop', '/etc/cni/net.d/a.conf'),
          line: 27,
          column: 35,
          endLine: 27,
          endColumn: 37 + text.length,
        },
      ],
    })),
  ],
})
