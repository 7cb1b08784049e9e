import rule from '../../src/rules/unsafe-sysctl.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const setting = (...names: string[]) =>
  daemonSet({
    spec: `securityContext:\n  sysctls:\n${names.map((name) => `    - name: ${name}\n      value: "1"`).join('\n')}`,
  })

ruleTester.run('unsafe-sysctl', rule, {
  valid: [
    daemonSet(),
    setting('net.ipv4.ip_unprivileged_port_start', 'kernel.shm_rmid_forced', 'net.ipv4.tcp_wmem'),
    setting('"${SYSCTL}"'),
    { code: setting('net.ipv4.tcp_rmem'), settings: { kubernetesVersion: '1.29-1.32' } },
    { code: setting('net.core.somaxconn'), options: [{ allow: ['net.core.somaxconn'] }] },
    { code: setting('net/core/somaxconn'), options: [{ allow: ['net.core.somaxconn'] }] },
  ],
  invalid: [
    {
      code: setting('net.ipv4.tcp_syncookies', 'net.core.somaxconn', 'kernel.msgmax'),
      errors: [
        {
          messageId: 'unsafe',
          data: { name: 'net.core.somaxconn' },
          line: 18,
          column: 19,
          endLine: 18,
          endColumn: 37,
        },
        { messageId: 'unsafe', data: { name: 'kernel.msgmax' }, line: 20 },
      ],
    },
    { code: setting('net.core.somaxconn'), role: 'patch', errors: [{ messageId: 'unsafe' }] },
    {
      // Safe since 1.32.
      code: setting('net.ipv4.tcp_rmem'),
      settings: { kubernetesVersion: '1.29-1.31' },
      errors: [{ messageId: 'unsafe' }],
    },
    {
      code: setting('kernel.msgmax'),
      options: [{ allow: ['net.core.somaxconn'] }],
      errors: [{ messageId: 'unsafe' }],
    },
  ],
})
