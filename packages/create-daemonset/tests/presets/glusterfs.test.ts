import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

function specOf(answers: Record<string, unknown> = {}) {
  const { files } = scaffold({ preset: 'glusterfs', acceptArchived: true, ...answers })
  // biome-ignore lint/suspicious/noExplicitAny: objects of any kind
  const all: any[] = parseAllDocuments(files[0]!.contents).map((doc) => doc.toJS())
  return all.find(({ kind }) => kind === 'DaemonSet').spec
}

function podOf(answers?: Record<string, unknown>) {
  return specOf(answers).template.spec
}

function volumesOf(answers?: Record<string, unknown>): string[] {
  return podOf(answers).volumes.map(({ name }: { name: string }) => name)
}

describe('glusterfs', () => {
  test('is archived, and says so', () => {
    expect(() => scaffold({ preset: 'glusterfs' })).toThrow(/archived.*Rook/)
  })

  test('updates a node when its pod is deleted, or one node at a time where that is wanted', () => {
    expect(specOf().updateStrategy).toEqual({ type: 'OnDelete' })
    expect(specOf({ updateType: 'RollingUpdate' }).updateStrategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 1, maxSurge: 0 },
    })
  })

  test('every path of the node has a type', () => {
    for (const { hostPath } of podOf({ block: true, tls: true }).volumes)
      if (hostPath) expect(hostPath.type).toMatch(/^Directory/)
  })

  test('has the paths of what was answered, and no others', () => {
    expect(volumesOf()).toContain('heketi')
    expect(volumesOf()).not.toContain('modules')
    expect(volumesOf({ block: true })).toEqual(expect.arrayContaining(['sys-class', 'sys-module', 'modules']))
    expect(volumesOf({ heketi: false, bricks: '/data/bricks' })).not.toContain('heketi')
  })

  test('sees bricks that the node mounts later', () => {
    const [{ volumeMounts }] = podOf({ bricks: '/data/bricks' }).containers
    expect(volumeMounts).toContainEqual({
      name: 'bricks',
      mountPath: '/data/bricks',
      mountPropagation: 'HostToContainer',
    })
  })

  test.each([
    [{ heketi: false }, /no place for bricks/],
    [{ cgroups: 'v2' }, /does not know cgroups v2/],
    [{ image: 'docker.io/gluster/gluster-centos:latest' }, /must not be used/],
  ])('refuses %o', (answers, message) => {
    expect(() => podOf(answers)).toThrow(message)
  })
})
