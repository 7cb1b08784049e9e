import { lint, resolveConfig } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import plugin, { configs } from '../src/index.ts'
import { daemonSet } from './manifests.ts'

/** What the API server takes, and what goes wrong on nodes all the same: with the rule that says so. */
const harmful: Record<string, [rule: string, manifest: string]> = {
  'all pods replaced at once': [
    'max-unavailable-all',
    daemonSet({ daemon: 'updateStrategy:\n  rollingUpdate:\n    maxUnavailable: 100%' }),
  ],
  'no tolerations': ['taint-coverage', daemonSet()],
  'tolerations for everything': [
    'tolerates-everything',
    daemonSet({ spec: 'tolerations:\n  - operator: Exists' }),
  ],
  'a toleration of the taint that is gone': [
    'legacy-master-toleration',
    daemonSet({ spec: 'tolerations:\n  - key: node-role.kubernetes.io/master\n    operator: Exists' }),
  ],
  'a node label that is gone': [
    'deprecated-node-label',
    daemonSet({ spec: 'nodeSelector:\n  beta.kubernetes.io/os: linux' }),
  ],
  'one node by its name': ['node-name', daemonSet({ spec: 'nodeName: node-1' })],
  'anti-affinity to its own pods': [
    'self-anti-affinity',
    daemonSet({
      spec: `affinity:
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - labelSelector: { matchLabels: { app: agent } }
        topologyKey: kubernetes.io/hostname`,
    }),
  ],
  'topology spread': [
    'topology-spread',
    daemonSet({
      spec: `topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: DoNotSchedule
    labelSelector: { matchLabels: { app: agent } }`,
    }),
  ],
  'one claim for all nodes': [
    'rwo-claim',
    `${daemonSet({
      spec: 'volumes:\n  - name: data\n    persistentVolumeClaim: { claimName: data }',
      container: 'image: agent:1.2.3\nvolumeMounts:\n  - { name: data, mountPath: /data }',
    })}---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`,
  ],
  'volumes that nothing mounts': [
    'unused-volume',
    daemonSet({ spec: 'volumes:\n  - name: logs\n    hostPath: { path: /var/log }' }),
  ],
  'fractions of a byte': [
    'resource-unit',
    daemonSet({ container: 'image: agent:1.2.3\nresources:\n  requests:\n    memory: 128m' }),
  ],
  'an AppArmor annotation that counts for nothing': [
    'api-server/deprecated-annotation',
    daemonSet({
      template: 'annotations:\n  container.apparmor.security.beta.kubernetes.io/agent: runtime/default',
    }),
  ],
  'a surge over a port of the node': [
    'surge-host-port',
    daemonSet({
      daemon: 'updateStrategy:\n  rollingUpdate:\n    maxSurge: 1\n    maxUnavailable: 0',
      container: 'image: agent:1.2.3\nports:\n  - { containerPort: 80, hostPort: 80 }',
    }),
  ],
}

describe('what is valid and harmful', () => {
  const config = resolveConfig([configs.strict], { builtin: plugin })

  it.each(Object.entries(harmful))('%s', (_, [rule, text]) => {
    const { problems } = lint(text, { config })
    expect(problems.filter(({ rejected }) => rejected)).toEqual([])
    expect(problems.map(({ ruleId }) => ruleId)).toContain(rule)
  })
})
