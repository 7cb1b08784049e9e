import type { DaemonSet } from 'kubernetes-types/apps/v1.js'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

interface Some {
  kind: string
  [field: string]: unknown
}

function objectsOf(answers: Record<string, unknown> = {}): Some[] {
  const { files } = scaffold({ preset: 'node-exporter', ...answers })
  return files
    .filter(({ path }) => /\.yaml$/.test(path))
    .flatMap(({ contents }) => parseAllDocuments(contents).map((doc) => doc.toJS() as Some))
}

function podOf(answers: Record<string, unknown> = {}) {
  const daemonSet = objectsOf(answers).find(({ kind }) => kind === 'DaemonSet') as unknown as DaemonSet
  return daemonSet.spec!.template.spec!
}

function argsOf(answers: Record<string, unknown> = {}) {
  return podOf(answers).containers[0]!.args!
}

describe('node-exporter', () => {
  test("mounts the node's root where --path.rootfs says, with what is mounted later", () => {
    const { volumeMounts } = podOf().containers[0]!
    const root = volumeMounts!.find(({ name }) => name === 'root')!
    expect(argsOf()).toContain(`--path.rootfs=${root.mountPath}`)
    expect(root).toMatchObject({ readOnly: true, mountPropagation: 'HostToContainer' })
    expect(podOf()).toMatchObject({ hostNetwork: true, hostPID: true, automountServiceAccountToken: false })
  })

  test("listens on the node's own address, or on all", () => {
    expect(argsOf()).toContain('--web.listen-address=[$(HOST_IP)]:9100')
    expect(podOf().containers[0]!.env!.map(({ name }) => name)).toContain('HOST_IP')
    expect(argsOf({ listen: 'all' }).join(' ')).not.toContain('--web.listen-address')
    expect(podOf({ listen: 'all' }).containers[0]!.env!.map(({ name }) => name)).not.toContain('HOST_IP')
  })

  test('leaves out the file systems and interfaces of pods, and no others', () => {
    const patternOf = (flag: string) =>
      new RegExp(
        argsOf()
          .find((arg) => arg.startsWith(`--${flag}=`))!
          .slice(flag.length + 3),
      )
    const mounts = patternOf('collector.filesystem.mount-points-exclude')
    const skipped = [
      '/proc',
      '/dev/shm',
      '/run/user/1000',
      '/var/lib/kubelet/pods/0/volumes/kubernetes.io~csi/a/mount',
      '/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/a/shm',
    ]
    expect(skipped.filter((path) => !mounts.test(path))).toEqual([])
    const kept = ['/', '/boot/efi', '/run', '/var', '/var/lib/kubelet', '/var/lib/docker', '/data/dev']
    expect(kept.filter((path) => mounts.test(path))).toEqual([])
    const devices = patternOf('collector.netdev.device-exclude')
    const ofPods = ['veth1a2b3c4d', 'cali0123456789a', 'lxc1a2b3c4d5e6f', 'eni0123456789a', 'azv1234567890a']
    expect(ofPods.filter((name) => !devices.test(name))).toEqual([])
    const ofNodes = ['eth0', 'ens5', 'eno1', 'bond0', 'cni0', 'flannel.1', 'cilium_host', 'lo', 'wg0']
    expect(ofNodes.filter((name) => devices.test(name))).toEqual([])
  })

  test('stands behind kube-rbac-proxy on the loopback address', () => {
    const answers = { rbacProxy: true, monitor: 'service-monitor' }
    const { containers, automountServiceAccountToken } = podOf(answers)
    expect(automountServiceAccountToken).toBe(true)
    expect(containers[0]!.args).toContain('--web.listen-address=127.0.0.1:9101')
    expect(containers[0]!.livenessProbe!.httpGet).toMatchObject({ host: '127.0.0.1', port: 9101 })
    expect(containers[1]!.args).toEqual([
      '--secure-listen-address=[$(HOST_IP)]:9100',
      '--upstream=http://127.0.0.1:9101/',
      '--allow-paths=/metrics',
    ])
    const objects = objectsOf(answers)
    expect(objects.find(({ kind }) => kind === 'ClusterRoleBinding')).toMatchObject({
      roleRef: { kind: 'ClusterRole', name: 'system:auth-delegator' },
    })
    expect(objects.find(({ kind }) => kind === 'ServiceMonitor')).toMatchObject({
      spec: {
        endpoints: [
          { scheme: 'https', bearerTokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token' },
        ],
      },
    })
    expect(podOf({ rbacProxy: true, registry: 'mirror.example.com' }).containers[1]!.image).toMatch(
      /^mirror\.example\.com\//,
    )
    expect(() => podOf({ rbacProxy: true, monitor: 'pod-monitor' })).toThrow(
      /PodMonitor cannot send the token/,
    )
  })

  test('turns collectors on and off, of those that there are', () => {
    const args = argsOf({ collectors: ['processes'], withoutCollectors: ['nfs'] })
    expect(args).toContain('--collector.processes')
    expect(args).toContain('--no-collector.nfs')
    expect(() => argsOf({ collectors: ['proceses'] })).toThrow(/There is no collector 'proceses'/)
    expect(() => argsOf({ collectors: ['cpu'] })).toThrow(/on by default/)
    expect(() => argsOf({ collectors: ['systemd'] })).toThrow(/needs the node's D-Bus/)
    expect(() => argsOf({ withoutCollectors: ['wifi'] })).toThrow(/off by default/)
  })

  test('serves files of a folder that it cannot write to', () => {
    const folder = '/var/lib/metrics'
    const pod = podOf({ textfileDir: folder })
    expect(pod.volumes).toContainEqual({
      name: 'textfile',
      hostPath: { path: folder, type: 'DirectoryOrCreate' },
    })
    expect(pod.containers[0]!.volumeMounts).toContainEqual({
      name: 'textfile',
      mountPath: '/textfile',
      readOnly: true,
    })
    expect(() => podOf({ textfileDir: 'metrics' })).toThrow(/no absolute path/)
    expect(() => podOf({ textfileDir: folder, withoutCollectors: ['textfile'] })).toThrow(
      /needs the collector textfile/,
    )
  })
})
