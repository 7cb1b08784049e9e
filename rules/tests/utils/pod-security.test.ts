import { parse } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import { type Level, violationsOf } from '../../src/utils/pod-security/index.ts'
import { daemonSet } from '../manifests.ts'

/** What a level forbids, as `control field`. */
function find(text: string, level: Level, minor?: number, role?: 'patch'): string[] {
  const [manifest] = parse(text, role && { context: { role } }).children
  return violationsOf(manifest!.children[0]!, level, minor).map(
    ({ control, node, path }) => `${control} ${node.field(...path).replace('spec.template.', '')}`,
  )
}

const pod = (spec: string) => daemonSet({ spec })
const container = (more: string) => daemonSet({ container: `image: a:1\n${more}` })
const context = (fields: string) => container(`securityContext: ${fields}`)
const first = 'spec.containers[0]'

/** All that `restricted` asks for. */
const restricted = {
  spec: 'securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }',
  container:
    'image: a:1\nsecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }',
}

describe('baseline', () => {
  it.each([
    [
      pod('hostNetwork: true\nsecurityContext: { windowsOptions: { hostProcess: true } }'),
      ['hostProcess spec.securityContext.windowsOptions.hostProcess', 'hostNamespaces spec.hostNetwork'],
    ],
    [pod('hostPID: true\nhostIPC: true'), ['hostNamespaces spec.hostPID', 'hostNamespaces spec.hostIPC']],
    [context('{ privileged: true }'), [`privileged ${first}.securityContext.privileged`]],
    [
      context('{ capabilities: { add: [KILL, NET_RAW] } }'),
      [`capabilities ${first}.securityContext.capabilities.add[1]`],
    ],
    [
      pod('volumes: [{ name: a, hostPath: { path: /a } }]'),
      ['hostPathVolumes spec.volumes[0].hostPath.path'],
    ],
    [
      container('ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }]'),
      [`hostPorts ${first}.ports[1].hostPort`],
    ],
    [
      container('livenessProbe: { tcpSocket: { host: a, port: 80 } }'),
      [`probeHosts ${first}.livenessProbe.tcpSocket.host`],
    ],
    [
      container('lifecycle: { preStop: { httpGet: { host: a, port: 80 } } }'),
      [`probeHosts ${first}.lifecycle.preStop.httpGet.host`],
    ],
    [
      context('{ appArmorProfile: { type: Unconfined } }'),
      [`appArmor ${first}.securityContext.appArmorProfile.type`],
    ],
    [
      daemonSet({
        template: 'annotations: { container.apparmor.security.beta.kubernetes.io/agent: unconfined }',
      }),
      ['appArmor metadata.annotations[container.apparmor.security.beta.kubernetes.io/agent]'],
    ],
    [
      pod('securityContext: { seLinuxOptions: { type: spc_t, user: u } }'),
      [
        'seLinux spec.securityContext.seLinuxOptions.type',
        'seLinux spec.securityContext.seLinuxOptions.user',
      ],
    ],
    [context('{ procMount: Unmasked }'), [`procMount ${first}.securityContext.procMount`]],
    [
      context('{ seccompProfile: { type: Unconfined } }'),
      [`seccomp ${first}.securityContext.seccompProfile.type`],
    ],
    [
      pod('securityContext: { sysctls: [{ name: kernel.msgmax, value: "1" }] }'),
      ['sysctls spec.securityContext.sysctls[0].name'],
    ],
  ])('forbids %#', (text, expected) => {
    expect(find(text, 'baseline')).toEqual(expected)
    expect(find(text, 'restricted')).toEqual(expect.arrayContaining(expected))
  })

  it('asks for nothing', () => {
    expect(find(daemonSet(), 'baseline')).toEqual([])
  })
})

describe('restricted', () => {
  it('asks for what a pod lacks', () => {
    expect(find(daemonSet(), 'restricted')).toEqual([
      `capabilities ${first}.securityContext.capabilities.drop`,
      `seccomp ${first}.securityContext.seccompProfile`,
      `privilegeEscalation ${first}.securityContext.allowPrivilegeEscalation`,
      `runAsNonRoot ${first}.securityContext.runAsNonRoot`,
    ])
    expect(find(daemonSet(restricted), 'restricted')).toEqual([])
  })

  it.each([
    [
      context('{ capabilities: { add: [KILL] } }'),
      `capabilities ${first}.securityContext.capabilities.add[0]`,
    ],
    [pod('volumes: [{ name: a, nfs: { server: a, path: /a } }]'), 'volumeTypes spec.volumes[0].nfs'],
    [
      context('{ allowPrivilegeEscalation: true }'),
      `privilegeEscalation ${first}.securityContext.allowPrivilegeEscalation`,
    ],
    [pod('securityContext: { runAsNonRoot: false }'), 'runAsNonRoot spec.securityContext.runAsNonRoot'],
    [context('{ runAsUser: 0 }'), `runAsUser ${first}.securityContext.runAsUser`],
  ])('forbids %#', (text, expected) => {
    expect(find(text, 'restricted')).toContain(expected)
    expect(find(text, 'baseline')).toEqual([])
  })

  it('leaves Windows alone since 1.25, and pods with users of their own since 1.35', () => {
    const windows = pod('os: { name: windows }')
    expect(find(windows, 'restricted')).toEqual([`runAsNonRoot ${first}.securityContext.runAsNonRoot`])
    expect(find(windows, 'restricted', 24)).toHaveLength(4)
    const own = daemonSet({
      ...restricted,
      spec: 'hostUsers: false\nsecurityContext: { runAsUser: 0, seccompProfile: { type: RuntimeDefault } }',
    })
    expect(find(own, 'restricted')).toEqual([])
    expect(find(own, 'restricted', 34)).toHaveLength(2)
  })

  it('forbids to unmask /proc to pods with users of their own as well', () => {
    const text = daemonSet({
      spec: 'hostUsers: false',
      container: 'image: a:1\nsecurityContext: { procMount: Unmasked }',
    })
    const expected = `procMount ${first}.securityContext.procMount`
    expect(find(text, 'baseline')).toEqual([])
    expect(find(text, 'baseline', 34)).toEqual([expected])
    expect(find(text, 'restricted')).toContain(expected)
  })
})

it('knows what each version allows', () => {
  const sysctl = pod('securityContext: { sysctls: [{ name: net.ipv4.tcp_rmem, value: "1" }] }')
  expect([31, 32].map((minor) => find(sysctl, 'baseline', minor).length)).toEqual([1, 0])
  const type = pod('securityContext: { seLinuxOptions: { type: container_engine_t } }')
  expect([30, 31].map((minor) => find(type, 'baseline', minor).length)).toEqual([1, 0])
  const host = container('livenessProbe: { httpGet: { host: a, port: 80 } }')
  expect([33, 34].map((minor) => find(host, 'baseline', minor).length)).toEqual([0, 1])
})

it.each([
  pod('hostPID: ${HOST_PID}'),
  pod('securityContext: "${CONTEXT}"'),
  context('"${CONTEXT}"'),
  context('{ capabilities: { add: ["${CAPABILITY}"] } }'),
  context('{ procMount: "${PROC_MOUNT}" }'),
  pod('volumes: [{ name: a, hostPath: { path: "${FOLDER}" } }]'),
])('says nothing of what is a placeholder: %#', (text) => {
  expect(find(text, 'baseline')).toEqual([])
})

it('says nothing of what a placeholder may excuse, nor of what a patch leaves out', () => {
  const os = daemonSet({ ...restricted, spec: 'os: { name: "${OS}" }' })
  expect(find(os, 'restricted')).toEqual([`runAsNonRoot ${first}.securityContext.runAsNonRoot`])
  const users = daemonSet({
    ...restricted,
    spec: `hostUsers: \${HOST_USERS}\nsecurityContext: { runAsUser: 0 }`,
  })
  expect(find(users, 'restricted')).toEqual([`seccomp ${first}.securityContext.seccompProfile`])
  const drop = daemonSet({
    ...restricted,
    container:
      'image: a:1\nsecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["${DROP}"] } }',
  })
  expect(find(drop, 'restricted')).toEqual([])
  expect(find(daemonSet(), 'restricted', undefined, 'patch')).toEqual([])
  expect(find(pod('hostPID: true'), 'restricted', undefined, 'patch')).toEqual([
    'hostNamespaces spec.hostPID',
  ])
})
