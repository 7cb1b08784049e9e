import type { PodSpec } from 'kubernetes-types/core/v1.js'
import { describe, expect, it } from 'vitest'
import { unprivileged } from '../src/index.ts'
import { podSecurityLevel } from '../src/pod-security.ts'

const container = { name: 'a', image: 'a:1', securityContext: unprivileged(65532) }
const pod: PodSpec = {
  containers: [container],
  securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
}
const withContext = (context: object): PodSpec => ({
  ...pod,
  containers: [{ ...container, securityContext: { ...container.securityContext, ...context } }],
})

describe('podSecurityLevel', () => {
  const cases: [string, PodSpec, string][] = [
    ['what has no rights', pod, 'restricted'],
    [
      'NET_BIND_SERVICE',
      withContext({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }),
      'restricted',
    ],
    [
      'safe sysctls',
      {
        ...pod,
        securityContext: {
          ...pod.securityContext,
          sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
        },
      },
      'restricted',
    ],
    ['root', withContext({ runAsNonRoot: false, runAsUser: 0 }), 'baseline'],
    [
      'a capability of the runtime',
      withContext({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
      'baseline',
    ],
    ['no seccomp profile', { ...pod, securityContext: {} }, 'baseline'],
    [
      'a volume of the network',
      { ...pod, volumes: [{ name: 'v', nfs: { server: 'a', path: '/' } }] },
      'baseline',
    ],
    ['a path of the node', { ...pod, volumes: [{ name: 'v', hostPath: { path: '/' } }] }, 'privileged'],
    ['the network of the node', { ...pod, hostNetwork: true }, 'privileged'],
    [
      'a port of the node',
      { ...pod, containers: [{ ...container, ports: [{ containerPort: 1, hostPort: 1 }] }] },
      'privileged',
    ],
    ['all rights', withContext({ privileged: true }), 'privileged'],
    [
      'a capability beyond the usual ones',
      withContext({ capabilities: { add: ['SYS_ADMIN'] } }),
      'privileged',
    ],
    ['an SELinux type of the system', withContext({ seLinuxOptions: { type: 'spc_t' } }), 'privileged'],
    [
      'no seccomp for the whole pod',
      { ...pod, securityContext: { seccompProfile: { type: 'Unconfined' } } },
      'privileged',
    ],
    ['no AppArmor', withContext({ appArmorProfile: { type: 'Unconfined' } }), 'privileged'],
    ['an unmasked /proc', withContext({ procMount: 'Unmasked' }), 'privileged'],
    ['a HostProcess', withContext({ windowsOptions: { hostProcess: true } }), 'privileged'],
    [
      'sysctls of the node',
      {
        ...pod,
        securityContext: { ...pod.securityContext, sysctls: [{ name: 'kernel.msgmax', value: '1' }] },
      },
      'privileged',
    ],
    [
      'a probe of another host',
      { ...pod, containers: [{ ...container, livenessProbe: { httpGet: { host: '127.0.0.1', port: 1 } } }] },
      'privileged',
    ],
  ]
  it.each(cases)('knows %s', (_, spec, level) => {
    expect(podSecurityLevel(spec)).toBe(level)
  })
})
