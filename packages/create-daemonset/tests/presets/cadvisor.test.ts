import type { DaemonSet } from 'kubernetes-types/apps/v1.js'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

function podOf(answers: Record<string, unknown> = {}) {
  const { files } = scaffold({ preset: 'cadvisor', ...answers })
  const objects = files
    .filter(({ path }) => path.endsWith('.yaml'))
    .flatMap(({ contents }) => parseAllDocuments(contents).map((doc) => doc.toJS() as { kind: string }))
  const daemonSet = objects.find(({ kind }) => kind === 'DaemonSet') as unknown as DaemonSet
  return daemonSet.spec!.template.spec!
}

const argsOf = (answers: Record<string, unknown> = {}) => podOf(answers).containers[0]!.args!

describe('cadvisor', () => {
  test("finds containerd's socket below the node's root", () => {
    expect(argsOf()).toContain('--containerd=/rootfs/run/containerd/containerd.sock')
    expect(argsOf({ runtimeSocket: '/run/k3s/containerd/containerd.sock' })).toContain(
      '--containerd=/rootfs/run/k3s/containerd/containerd.sock',
    )
    // Below another root /var/run would lead out of it.
    expect(argsOf({ runtimeSocket: '/var/run/containerd/containerd.sock' })).toContain(
      '--containerd=/rootfs/run/containerd/containerd.sock',
    )
  })

  test('has the folder of CRI-O where it looks for the socket', () => {
    const { containers, volumes } = podOf({ runtime: 'cri-o' })
    expect(volumes).toContainEqual({ name: 'crio', hostPath: { path: '/run/crio', type: 'Directory' } })
    expect(containers[0]!.volumeMounts).toContainEqual({
      name: 'crio',
      mountPath: '/var/run/crio',
      readOnly: true,
    })
    expect(containers[0]!.args!.join(' ')).not.toContain('--containerd')
    expect(() => podOf({ runtime: 'cri-o', runtimeSocket: '/run/other.sock' })).toThrow(/called crio\.sock/)
  })

  test('measures what was asked for, where it has the rights', () => {
    expect(argsOf({ metricKinds: ['cpu', 'tcp'] })).toContain('--enable_metrics=cpu,tcp')
    expect(() => argsOf({ metricKinds: ['perf_event'] })).toThrow(/needs rights/)
    expect(() => argsOf({ metricKinds: ['cpus'] })).toThrow(/'cpus' is nothing that cAdvisor measures/)
    expect(() => argsOf({ metricKinds: [] })).toThrow(/At least one kind/)
  })

  test('makes metrics of no label that was not named', () => {
    expect(argsOf()).toContain('--store_container_labels=false')
    expect(argsOf({ labels: [] }).join(' ')).not.toContain('--whitelisted_container_labels')
  })

  test('is not root, and can write nowhere', () => {
    const { containers } = podOf()
    expect(containers[0]!.securityContext).toMatchObject({ runAsNonRoot: true, runAsGroup: 0 })
    expect(containers[0]!.volumeMounts!.every(({ readOnly }) => readOnly)).toBe(true)
  })
})
