import type { Fixer } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'

export default defineRule<'alias' | 'same' | 'ignored' | 'rename' | 'remove'>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require serviceAccountName instead of its deprecated alias serviceAccount',
      category: 'metadata',
      presets: { recommended: 'info', strict: 'warn' },
    },
    messages: {
      alias: '`serviceAccount` is a deprecated alias. Expected `serviceAccountName` instead.',
      same: '`serviceAccount` is a deprecated alias. Expected it removed: `serviceAccountName` names the same account.',
      ignored:
        '`serviceAccount: {{alias}}` is ignored: it is the deprecated name of `serviceAccountName`, which is set to `{{name}}`.',
      rename: 'Rename it to serviceAccountName',
      remove: 'Remove it; `{{name}}` stays in use',
    },
    fixable: 'code',
    hasSuggestions: true,
    needs: { text: /serviceAccount\b/ },
  },

  create(context) {
    return {
      podTemplate(node) {
        const path = ['spec', 'serviceAccount']
        const { serviceAccount: alias, serviceAccountName: name } = node.value.spec ?? {}
        if (!alias) return
        const base = { node, path, on: 'key' } as const

        if (name && name === alias) {
          context.report({ ...base, messageId: 'same', fix: (fixer) => fixer.remove(path) })
        } else if (name) {
          const suggest = [
            { messageId: 'remove' as const, data: { name }, fix: (fixer: Fixer) => fixer.remove(path) },
          ]
          context.report({ ...base, messageId: 'ignored', data: { alias, name }, suggest })
        } else if (node.lacks('spec', 'serviceAccountName')) {
          context.report({
            ...base,
            messageId: 'alias',
            fix: (fixer) => fixer.rename(path, 'serviceAccountName'),
          })
        } else if (!node.isUnknown('spec', 'serviceAccountName') && name === undefined) {
          // In a patch the account may be named elsewhere.
          const suggest = [
            { messageId: 'rename' as const, fix: (fixer: Fixer) => fixer.rename(path, 'serviceAccountName') },
          ]
          context.report({ ...base, messageId: 'alias', suggest })
        }
      },
    }
  },
})
