import { defineRule } from '@daemonlint/core/define'
import { fileTypeOf } from '../utils/host-paths.ts'

/** What the kubelet does where the file is absent. */
const effects = {
  Socket: 'so that pods wait where it is absent',
  File: 'so that pods wait where it is absent',
  FileOrCreate: 'so that an empty file is made where it is absent',
}

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a type for a host path that names a file or a socket',
      category: 'storage',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      untyped:
        'Where the node has no `{{path}}` yet, an empty directory is made in its place and stays there. Expected `type: {{type}}`.',
      set: 'Set `type: {{type}}`, {{effect}}',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    return {
      volume(node) {
        const path = node.value.hostPath?.path
        if (typeof path !== 'string' || node.isUnknown('hostPath', 'path')) return
        if (node.value.hostPath?.type !== '' && !node.lacks('hostPath', 'type')) return
        const type = fileTypeOf(path)
        if (!type) return
        context.report({
          node,
          path: ['hostPath', 'path'],
          messageId: 'untyped',
          data: { path, type },
          suggest: [
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
