import { expect, it } from 'vitest'
import {
  fileTypeOf,
  isFile,
  isOnEveryNode,
  isWithin,
  normaliseHostPath,
  runtimeSocketOf,
} from '../../src/utils/host-paths.ts'

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
  ['/var/run/agent/agent.pid', 'FileOrCreate'],
  ['/var/log/agent.log', 'FileOrCreate'],
  ['/etc/localtime', 'FileOrCreate'],
  ['/etc/machine-id', 'File'],
  // Every node has these.
  ['/etc/os-release', undefined],
  ['/etc/hosts', undefined],
  ['/etc/resolv.conf', undefined],
  // Some nodes have none of these.
  ['/etc/lsb-release', undefined],
  ['/etc/redhat-release', undefined],
  ['/etc/system-release', undefined],
  ['/etc/hostname', undefined],
  ['/etc/passwd', undefined],
  ['/etc/ssl/certs/ca-certificates.crt', undefined],
  ['/etc/kubernetes/admin.conf', undefined],
  ['/var/log/auth.log', undefined],
  ['/var/log/audit/audit.log', undefined],
  ['/etc/cni/net.d', undefined],
  ['/var/lib/agent-1.2', undefined],
  ['/dev/kmsg', undefined],
  ['/proc/config.conf', undefined],
])('%s needs %s', (path, expected) => {
  expect(fileTypeOf(path)).toBe(expected)
})

it.each([
  ['/etc/hosts', true],
  ['/run/agent.sock', true],
  ['/etc', false],
])('%s is a file: %s', (path, expected) => {
  expect(isFile(path)).toBe(expected)
})

it.each([
  ['/run', true],
  ['/var/log/', true],
  ['/var/lock', true],
  ['/var/log/agent', false],
])('%s is a folder of every node: %s', (path, expected) => {
  expect(isOnEveryNode(path)).toBe(expected)
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
