import { defineRule } from '@daemonlint/core/define'

const path = ['spec', 'updateStrategy', 'rollingUpdate'] as const

export default defineRule<'unused'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow limits of a rolling update where there is none',
      category: 'rollout',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      unused:
        '`rollingUpdate` has no effect with `type: OnDelete`: the pod of a node is replaced only once somebody deletes it. Expected no `rollingUpdate`, or `type: RollingUpdate`.',
    },
    fixable: 'code',
    needs: { text: /OnDelete/ },
  },

  create(context) {
    return {
      daemonSet(node) {
        const { type, rollingUpdate } = node.value.spec?.updateStrategy ?? {}
        if (type !== 'OnDelete' || !rollingUpdate) return
        context.report({ node, path, messageId: 'unused', fix: (fixer) => fixer.remove(path) })
      },
    }
  },
})
