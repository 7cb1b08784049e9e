import type { PodTemplate } from '@daemonlint/core'
import { fileTypeOf, isOnEveryNode, isWithin, normaliseHostPath, runtimeSocketOf } from './host-paths.ts'
import { volumesOf } from './mounts.ts'
import { once } from './once.ts'

/** What the kubelet makes where nothing is, by the type. https://kubernetes.io/docs/concepts/storage/volumes/#hostpath */
const made: Readonly<Record<string, string>> = {
  DirectoryOrCreate: 'a directory',
  FileOrCreate: 'an empty file',
}

/** What is surely a file; what else is called like a lock or a log may be a directory. */
const knownFiles: readonly string[] = ['/run/xtables.lock', '/etc/localtime', '/etc/machine-id']

/**
 * What goes wrong with a type that a host path cannot have, since it is a socket or a well-known file.
 * @param stated `hostPath.type`
 * @returns the end of a sentence; undefined for a type that fits, or may
 */
export function effectOfWrongType(path: string, stated: string): string | undefined {
  const type = fileTypeOf(path)
  if (!type || (type !== 'Socket' && !knownFiles.includes(normaliseHostPath(path)))) return undefined
  const isWrong = type === 'Socket' ? /^(File|Directory)/.test(stated) : stated.startsWith('Directory')
  if (!isWrong) return undefined
  const created = made[stated]
  return created
    ? `${created} is made where the node has none yet, and where it has one the pods never start`
    : 'the pods never start on a node that has it'
}

/** The paths of a pod's volumes that are a runtime's sockets; undefined where some are unknown. */
const runtimeSockets = once((template: PodTemplate): readonly string[] | undefined => {
  if (template.isUnknown('spec', 'volumes')) return undefined
  const volumes = volumesOf(template)
  if (volumes.some((volume) => volume.isUnknown('hostPath', 'path'))) return undefined
  const paths = volumes.map(({ value }) => value.hostPath?.path)
  const sockets = paths.filter((path) => typeof path === 'string' && runtimeSocketOf(path) !== undefined)
  return [...new Set(sockets.map((path) => normaliseHostPath(path!)))]
})

/** The folders that volumes of a pod make where they are absent. */
const madeFolders = once(
  (template: PodTemplate): ReadonlySet<string> =>
    new Set(
      volumesOf(template).flatMap(({ value: { hostPath } }) =>
        hostPath?.type === 'DirectoryOrCreate' && typeof hostPath.path === 'string'
          ? [normaliseHostPath(hostPath.path)]
          : [],
      ),
    ),
)

/** True when the pod mounts another runtime's socket, or what may be one. */
export function mayHaveAlternatives(template: PodTemplate, path: string): boolean {
  const own = normaliseHostPath(path)
  return runtimeSockets(template)?.some((other) => !isWithin(own, other)) ?? true
}

/** True when a folder is there before the file in it is made: on every node, or by another volume. */
export const hasFolder = (template: PodTemplate, folder: string): boolean =>
  isOnEveryNode(folder) || madeFolders(template).has(folder)
