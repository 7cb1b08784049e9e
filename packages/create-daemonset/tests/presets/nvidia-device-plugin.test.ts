import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
function objects(answers: Record<string, unknown> = {}): any[] {
  const { files } = scaffold({ preset: 'nvidia-device-plugin', ...answers })
  return parseAllDocuments(files[0]!.contents).map((doc) => doc.toJS())
}

function podOf(answers: Record<string, unknown> = {}) {
  return objects(answers).find(({ kind }) => kind === 'DaemonSet').spec.template.spec
}

describe('nvidia-device-plugin', () => {
  test('runs on nodes with GPUs, whatever they are kept free for, and asks the API server for nothing', () => {
    const { nodeSelector, tolerations, automountServiceAccountToken } = podOf()
    expect(nodeSelector['nvidia.com/gpu.present']).toBe('true')
    expect(tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }])
    expect(automountServiceAccountToken).toBe(false)
  })

  test("finds the kubelet's socket where every kubelet has it", () => {
    const { containers, volumes } = podOf()
    expect(volumes[0].hostPath.path).toBe('/var/lib/kubelet/device-plugins')
    expect(containers[0].volumeMounts[0].mountPath).toBe('/var/lib/kubelet/device-plugins')
  })

  test('needs no type of SELinux where it is privileged', () => {
    expect(podOf({ selinux: true }).securityContext.seLinuxOptions).toEqual({ type: 'spc_t' })
    expect(() => podOf({ selinux: true, staticCpuManager: true })).toThrow(/--selinux has no effect here/)
  })

  test('has a configuration only where GPUs are shared', () => {
    expect(objects().some(({ kind }) => kind === 'ConfigMap')).toBe(false)
    const all = objects({ timeSlices: 4 })
    const config = parse(all.find(({ kind }) => kind === 'ConfigMap').data['config.yaml'])
    expect(config).toEqual({
      version: 'v1',
      sharing: {
        timeSlicing: {
          failRequestsGreaterThanOne: true,
          resources: [{ name: 'nvidia.com/gpu', replicas: 4 }],
        },
      },
    })
    const { env } = podOf({ timeSlices: 4 }).containers[0]
    expect(env).toContainEqual({ name: 'CONFIG_FILE', value: '/config/config.yaml' })
  })

  test('sees partitions only with SYS_ADMIN', () => {
    expect(podOf().containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'] })
    const { securityContext, env } = podOf({ migStrategy: 'mixed' }).containers[0]
    expect(securityContext.capabilities.add).toEqual(['SYS_ADMIN'])
    expect(env).toContainEqual({ name: 'NVIDIA_MIG_MONITOR_DEVICES', value: 'all' })
  })

  test('is privileged with the static CPU manager alone', () => {
    expect(podOf().containers[0].securityContext.privileged).toBeUndefined()
    expect(podOf({ staticCpuManager: true }).containers[0].securityContext.privileged).toBe(true)
  })

  test('uses the RuntimeClass that was answered', () => {
    expect(podOf().runtimeClassName).toBeUndefined()
    expect(podOf({ runtimeClass: 'nvidia' }).runtimeClassName).toBe('nvidia')
  })

  test('counts as well on a node without a GPU where it may wait there', () => {
    const commandOf = (answers = {}) => podOf(answers).containers[0].readinessProbe.exec.command[2]
    expect(commandOf()).not.toContain('/dev/nvidiactl')
    expect(commandOf({ failOnInitError: false })).toContain('test ! -e /dev/nvidiactl ||')
  })

  test('shares no partitions by their profile', () => {
    expect(() => objects({ migStrategy: 'mixed', timeSlices: 2 })).toThrow(/by its own name/)
  })
})
