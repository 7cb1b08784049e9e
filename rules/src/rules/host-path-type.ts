import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import {
  fileTypeOf,
  folderOf,
  isOnEveryNode,
  isWithin,
  normaliseHostPath,
  runtimeSocketOf,
} from '../utils/host-paths.ts'
import { volumesOf } from '../utils/mounts.ts'
import { once } from '../utils/once.ts'

/** What the kubelet does where the file is absent. */
const effects = {
  Socket: 'so that pods wait until it is there',
  File: 'so that pods wait until it is there',
  FileOrCreate: 'so that an empty file is made where it is absent',
}

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a type for a host path that names a file or a socket',
      category: 'storage',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      created:
        'Where the node has no `{{path}}` yet, an empty directory is made in its place and stays there. Expected `type: FileOrCreate`.',
      folder:
        'Where the node has no `{{path}}` yet, an empty directory is made in its place and stays there. Expected a mount of `{{folder}}` with `type: DirectoryOrCreate`: `FileOrCreate` would fail where that is absent.',
      socket:
        'Where the node has no `{{path}}` yet, an empty directory is made in its place, and no program can make its socket there any more. Expected `type: Socket`.',
      machineId:
        'Where the node has no `{{path}}` (Alpine, k3d), an empty directory is made in its place and stays there. Expected `type: File`; if some of the nodes have none, mount `/etc` read-only instead.',
      set: 'Set `type: {{type}}`, {{effect}}',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /hostPath/ },
  },
  create(context) {
    const messageIds = { Socket: 'socket', File: 'machineId', FileOrCreate: 'created' } as const

    return {
      volume(node) {
        const path = node.value.hostPath?.path
        if (typeof path !== 'string') return
        if (node.value.hostPath?.type !== '' && !node.lacks('hostPath', 'type')) return
        const type = fileTypeOf(path)
        const [template] = node.manifest.children
        if (!type || !template) return
        // A node runs one runtime: of several sockets most are absent, and with a type the pod would run nowhere.
        if (type === 'Socket' && runtimeSocketOf(path) && mayHaveAlternatives(template, path)) return
        const needsFolder = type === 'FileOrCreate' && !hasFolder(template, folderOf(path))
        context.report({
          node,
          path: ['hostPath', 'path'],
          messageId: needsFolder ? 'folder' : messageIds[type],
          data: { path, folder: folderOf(path) },
          suggest: needsFolder
            ? []
            : [
                {
                  messageId: 'set',
                  data: { type, effect: effects[type] },
                  fix: (fixer) => fixer.set(['hostPath', 'type'], type),
                },
              ],
        })
      },
    }
  },
})

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
function mayHaveAlternatives(template: PodTemplate, path: string): boolean {
  const own = normaliseHostPath(path)
  return runtimeSockets(template)?.some((other) => !isWithin(own, other)) ?? true
}

/** True when a folder is there before the file in it is made: on every node, or by another volume. */
const hasFolder = (template: PodTemplate, folder: string): boolean =>
  isOnEveryNode(folder) || madeFolders(template).has(folder)
