import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

const disks = {
  driverName: 'disks.csi.example.com',
  image: 'registry.example.com/disks-csi:1.2.3',
  volumes: 'block',
}

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
function objects(answers: Record<string, unknown> = {}): any[] {
  const { files } = scaffold({ preset: 'csi-node', ...answers })
  return parseAllDocuments(files[0]!.contents).map((doc) => doc.toJS())
}

function podOf(answers: Record<string, unknown> = {}) {
  return objects(answers).find(({ kind }) => kind === 'DaemonSet').spec.template.spec
}

// biome-ignore lint/suspicious/noExplicitAny: a pod
function hostPathOf(pod: any, name: string): string {
  return pod.volumes.find((volume: { name: string }) => volume.name === name).hostPath.path
}

describe('csi-node', () => {
  test.each([
    ['/var/lib/kubelet', 'nfs.csi.k8s.io'],
    ['/var/lib/k0s/kubelet', 'smb.csi.k8s.io'],
  ])('registers the socket where it is on the node: %s, %s', (kubeletDir, driverName) => {
    const pod = podOf({ kubeletDir, driverName })
    const [driver, registrar, probe] = pod.containers
    expect(hostPathOf(pod, 'socket')).toBe(`${kubeletDir}/plugins/${driverName}`)
    expect(hostPathOf(pod, 'registration')).toBe(`${kubeletDir}/plugins_registry`)
    expect(registrar.args).toContain(
      `--kubelet-registration-path=${kubeletDir}/plugins/${driverName}/csi.sock`,
    )
    for (const { volumeMounts } of [driver, registrar, probe])
      expect(volumeMounts).toContainEqual({ name: 'socket', mountPath: '/csi' })
  })

  test('mounts so that the node sees it, at the path of the node', () => {
    const mounts = podOf({ kubeletDir: '/var/lib/k0s/kubelet' }).containers[0].volumeMounts
    expect(mounts).toContainEqual({
      name: 'pods',
      mountPath: '/var/lib/k0s/kubelet/pods',
      mountPropagation: 'Bidirectional',
    })
    expect(podOf(disks).containers[0].volumeMounts).toContainEqual({
      name: 'kubelet',
      mountPath: '/var/lib/kubelet',
      mountPropagation: 'Bidirectional',
    })
  })

  test('only the driver is privileged', () => {
    const [driver, ...sidecars] = podOf().containers
    expect(driver.securityContext.privileged).toBe(true)
    for (const { securityContext } of sidecars) {
      expect(securityContext.privileged).toBeUndefined()
      expect(securityContext.capabilities).toEqual({ drop: ['ALL'] })
      // Else they could not use the socket of the privileged driver on nodes with SELinux.
      expect(securityContext.seLinuxOptions).toEqual({ type: 'spc_t' })
    }
  })

  test("listens on the node's loopback alone in the node's network", () => {
    const { hostNetwork, containers } = podOf({ healthPort: 30001 })
    expect(hostNetwork).toBe(true)
    const [driver, registrar, probe] = containers
    expect(probe.args).toContain('--http-endpoint=127.0.0.1:30001')
    expect(driver.livenessProbe.httpGet).toEqual({ path: '/healthz', port: 30001, host: '127.0.0.1' })
    expect(registrar.args).toContain('--http-endpoint=127.0.0.1:30002')
    expect(registrar.livenessProbe.httpGet.port).toBe(30002)
    expect(JSON.stringify(containers)).not.toContain('containerPort')
  })

  test('has named ports in the network of its pod', () => {
    const { hostNetwork, containers } = podOf({ hostNetwork: false })
    expect(hostNetwork).toBeUndefined()
    expect(containers[0].ports).toEqual([{ name: 'healthz', containerPort: 9808 }])
    expect(containers[0].livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'healthz' })
  })

  test('asks for its node only to read where that is', () => {
    expect(podOf().automountServiceAccountToken).toBe(false)
    const role = objects({ ...disks, topology: true }).find(({ kind }) => kind === 'ClusterRole')
    expect(role.rules).toEqual([{ apiGroups: [''], resources: ['nodes'], verbs: ['get'] }])
  })

  test('writes the CSIDriver as answered', () => {
    const driverOf = (answers: Record<string, unknown>) =>
      objects(answers).find(({ kind }) => kind === 'CSIDriver')
    expect(driverOf({}).spec).toMatchObject({ attachRequired: false, fsGroupPolicy: 'File' })
    expect(driverOf(disks)).toMatchObject({
      metadata: { name: 'disks.csi.example.com' },
      spec: { attachRequired: true, fsGroupPolicy: 'ReadWriteOnceWithFSType' },
    })
    expect(driverOf({ csiDriver: false })).toBeUndefined()
  })

  test('takes all images from a mirror', () => {
    for (const { image } of podOf({ registry: 'mirror.example.com/k8s' }).containers)
      expect(image).toMatch(/^mirror\.example\.com\/k8s\/sig-storage\//)
  })

  test.each([
    [{ volumes: 'block' }, /has no block devices/],
    [{ driverArgs: ['--v=2'] }, /tell the driver its socket/],
    [{ driverName: 'Not A Name' }, /'Not A Name' is no name/],
    [{ kubeletDir: '/var/lib/kubelet/' }, /ends with a slash/],
  ])('refuses %o', (answers, message) => {
    expect(() => objects(answers)).toThrow(message)
  })
})
