import { expect, it } from 'vitest'
import { fileTypeOf, isWithin, normaliseHostPath, runtimeSocketOf } from '../../src/utils/host-paths.ts'

it.each([
  ['/', '/'],
  ['/var//log/', '/var/log'],
  ['/var/./log', '/var/log'],
  ['/var/run/docker.sock', '/run/docker.sock'],
  ['/var/run', '/run'],
  ['/var/running', '/var/running'],
  ['', '/'],
])('normalises %s to %s', (path, expected) => {
  expect(normaliseHostPath(path)).toBe(expected)
})

it('compares whole parts', () => {
  expect(isWithin('/var/log', '/var/log')).toBe(true)
  expect(isWithin('/var/log/pods', '/var/log')).toBe(true)
  expect(isWithin('/var/logs', '/var/log')).toBe(false)
  expect(isWithin('/var', '/')).toBe(true)
  expect(isWithin('/', '/var')).toBe(false)
})

it.each([
  ['/run/agent.sock', 'Socket'],
  ['/run/systemd/journal/dev.socket', 'Socket'],
  ['/run/xtables.lock', 'FileOrCreate'],
  ['/var/log/agent.log', 'FileOrCreate'],
  ['/etc/os-release', 'File'],
  ['/etc/kubernetes/kubelet.kubeconfig', 'File'],
  ['/etc/cni/net.d', undefined],
  ['/var/lib/agent-1.2', undefined],
  ['/dev/kmsg', undefined],
  ['/proc/config.conf', undefined],
])('%s needs %s', (path, expected) => {
  expect(fileTypeOf(path)).toBe(expected)
})

it.each([
  ['/var/run/docker.sock', 'Docker'],
  ['/run/containerd', 'containerd'],
  ['/run/containerd/containerd.sock', 'containerd'],
  ['/run/containerd/io.containerd.runtime.v2.task', undefined],
  ['/var/run/crio/crio.sock', 'CRI-O'],
  ['/run/podman/podman.sock', 'Podman'],
  ['/host/run/docker.sock', 'Docker'],
  ['/run', undefined],
  ['/run/dockershim', undefined],
])('%s belongs to %s', (path, expected) => {
  expect(runtimeSocketOf(path)).toBe(expected)
})
