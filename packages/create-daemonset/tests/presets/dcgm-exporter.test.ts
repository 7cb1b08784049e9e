import type { DaemonSet } from 'kubernetes-types/apps/v1.js'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

interface Some {
  kind: string
  [field: string]: unknown
}

function objectsOf(answers: Record<string, unknown> = {}): Some[] {
  const { files } = scaffold({ preset: 'dcgm-exporter', ...answers })
  return files
    .filter(({ path }) => path.endsWith('.yaml'))
    .flatMap(({ contents }) => parseAllDocuments(contents).map((doc) => doc.toJS() as Some))
}

function podOf(answers: Record<string, unknown> = {}) {
  const daemonSet = objectsOf(answers).find(({ kind }) => kind === 'DaemonSet') as unknown as DaemonSet
  return daemonSet.spec!.template.spec!
}

function countersOf(answers: Record<string, unknown> = {}): string[][] {
  const { data } = objectsOf(answers).find(({ kind }) => kind === 'ConfigMap') as unknown as {
    data: Record<string, string>
  }
  return data['counters.csv']!.split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(', '))
}

describe('dcgm-exporter', () => {
  test('goes to nodes with GPUs, and asks for none', () => {
    const pod = podOf()
    expect(pod.nodeSelector).toMatchObject({ 'nvidia.com/gpu.present': 'true' })
    expect(pod.tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }])
    expect(JSON.stringify(pod.containers[0]!.resources)).not.toContain('nvidia.com')
    expect(pod.runtimeClassName).toBeUndefined()
    expect(podOf({ runtimeClass: 'nvidia' }).runtimeClassName).toBe('nvidia')
  })

  test('writes counters as the exporter reads them: three columns, each field once', () => {
    const counters = countersOf({ profiling: true, ecc: true })
    for (const [field, kind, help, ...more] of counters) {
      expect(field).toMatch(/^DCGM_FI_[A-Z0-9_]+$/)
      expect(['gauge', 'counter', 'label']).toContain(kind)
      expect(help).not.toContain(',')
      expect(more).toEqual([])
    }
    expect(new Set(counters.map(([field]) => field)).size).toBe(counters.length)
  })

  test('has SYS_ADMIN for profiling only', () => {
    expect(podOf().containers[0]!.securityContext!.capabilities).toEqual({ drop: ['ALL'] })
    expect(JSON.stringify(countersOf())).not.toContain('DCGM_FI_PROF')
    expect(podOf({ profiling: true }).containers[0]!.securityContext!.capabilities).toEqual({
      drop: ['ALL'],
      add: ['SYS_ADMIN'],
    })
    expect(JSON.stringify(countersOf({ profiling: true }))).toContain('DCGM_FI_PROF')
    expect(JSON.stringify(countersOf({ ecc: false }))).not.toContain('ECC')
  })

  test('reads pods for their labels only', () => {
    expect(podOf().automountServiceAccountToken).toBe(false)
    expect(objectsOf().some(({ kind }) => kind === 'ClusterRole')).toBe(false)
    expect(podOf({ podLabels: true }).containers[0]!.args).toContain('--kubernetes-enable-pod-labels=true')
    expect(objectsOf({ podLabels: true }).find(({ kind }) => kind === 'ClusterRole')).toMatchObject({
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] }],
    })
  })

  test("finds the kubelet's socket, wherever its folder is, at the one place that it looks at", () => {
    const pod = podOf({ kubeletDir: '/var/lib/k0s/kubelet' })
    const { hostPath } = pod.volumes!.find(({ name }) => name === 'pod-resources')!
    expect(hostPath!.path).toBe('/var/lib/k0s/kubelet/pod-resources')
    expect(pod.containers[0]!.volumeMounts).toContainEqual({
      name: 'pod-resources',
      mountPath: '/var/lib/kubelet/pod-resources',
      readOnly: true,
    })
  })

  test('takes its interval in milliseconds', () => {
    expect(podOf({ interval: 10 }).containers[0]!.args).toContain('--collect-interval=10000')
  })
})
