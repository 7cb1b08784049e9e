import type { Fixer } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { effectOfWrongType, hasFolder, mayHaveAlternatives } from '../utils/host-path-types.ts'
import { fileTypeOf, folderOf, runtimeSocketOf } from '../utils/host-paths.ts'

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
      description: 'Require the type of a host path that names a file or a socket',
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
      wrong: '`{{path}}` is no `{{stated}}`: {{effect}}. Expected `type: {{type}}`.',
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
        if (typeof path !== 'string' || node.isUnknown('hostPath', 'path')) return
        const type = fileTypeOf(path)
        const [template] = node.manifest.children
        if (!type || !template) return
        const set = {
          messageId: 'set' as const,
          data: { type, effect: effects[type] },
          fix: (fixer: Fixer) => fixer.set(['hostPath', 'type'], type),
        }
        const stated = node.value.hostPath?.type ?? ''
        const effect = effectOfWrongType(path, stated)
        if (effect) {
          const data = { path, stated, type, effect }
          context.report({ node, path: ['hostPath', 'type'], messageId: 'wrong', data, suggest: [set] })
        }
        if (node.value.hostPath?.type !== '' && !node.lacks('hostPath', 'type')) return
        // A node runs one runtime: of several sockets most are absent, and with a type the pod would run nowhere.
        if (type === 'Socket' && runtimeSocketOf(path) && mayHaveAlternatives(template, path)) return
        const needsFolder = type === 'FileOrCreate' && !hasFolder(template, folderOf(path))
        context.report({
          node,
          path: ['hostPath', 'path'],
          messageId: needsFolder ? 'folder' : messageIds[type],
          data: { path, folder: folderOf(path) },
          suggest: needsFolder ? [] : [set],
        })
      },
    }
  },
})
