import { expect, it } from 'vitest'
import { lintWith } from './lint.ts'
import { daemonSet } from './manifests.ts'

/** The rules that speak where all of these are on. */
const speaking = (text: string, ...ids: string[]) =>
  lintWith(text, Object.fromEntries(ids.map((id) => [id, 'warn']))).map(({ ruleId }) => ruleId)

const mounting = (path: string) =>
  daemonSet({
    spec: `volumes: [{ name: host, hostPath: { path: ${path}, type: "" } }]`,
    container: 'image: agent:1\nvolumeMounts: [{ name: host, mountPath: /host }]',
  })

it.each([
  ['etc', 'host-path-sensitive'],
  ['run/containerd/containerd.sock', 'runtime-socket'],
  ['etc/localtime', 'host-path-read-only'],
])('of the path %s, which is none of the node, only that is said', (path, other) => {
  expect(speaking(mounting(`/${path}`), 'relative-host-path', other)).toEqual([other])
  expect(speaking(mounting(path), 'relative-host-path', other)).toEqual(['relative-host-path'])
})

it('of a user that is forbidden nothing else is said', () => {
  const text = (context: string) => daemonSet({ spec: `securityContext: ${context}` })
  const rules = ['root-user-conflict', 'run-as-non-root']
  expect(speaking(text('{ runAsUser: 0 }'), ...rules)).toEqual(['run-as-non-root'])
  expect(speaking(text('{ runAsUser: 0, runAsNonRoot: true }'), ...rules)).toEqual(['root-user-conflict'])
})

it('of a port of the node that is taken nothing else is said', () => {
  const one = daemonSet({ container: 'image: agent:1\nports: [{ containerPort: 80, hostPort: 80 }]' })
  const two = one.replaceAll(/\bagent\b/g, 'other')
  const rules = ['host-port-cross', 'host-port']
  expect(speaking(one, ...rules)).toEqual(['host-port'])
  expect(speaking(`${one}---\n${two}`, ...rules)).toEqual(['host-port', 'host-port-cross'])
})

it('of resources that a quota demands nothing else is said', () => {
  const agent = daemonSet({ metadata: 'namespace: logging' })
  const quota =
    'apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: q, namespace: logging }\nspec: { hard: { limits.memory: 1Gi } }\n'
  const rules = ['quota-requires-resources', 'cpu-memory-requests', 'memory-limit']
  expect(speaking(agent, ...rules)).toEqual(['cpu-memory-requests', 'memory-limit'])
  expect(speaking(`${agent}---\n${quota}`, ...rules)).toEqual(['quota-requires-resources'])
})
