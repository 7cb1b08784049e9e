import { defineRule } from '@daemonlint/core/define'
import { isOverwrittenByController, type ListedToleration, tolerationsOf } from '../utils/tolerations.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow tolerationSeconds that the DaemonSet controller overwrites',
      category: 'scheduling',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      overwritten:
        'The DaemonSet controller replaces the toleration of `{{key}}:NoExecute` by its own, which has no limit: the pod stays on the broken node, not only {{seconds}} seconds. Expected no such toleration.',
    },
    fixable: 'code',
    rollsPods: true,
    needs: { text: /tolerationSeconds/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        const tolerations = tolerationsOf(node) ?? []
        const overwritten = tolerations.filter(isOverwritten)
        const list = ['spec', 'tolerations']
        for (const { index, value } of overwritten) {
          context.report({
            node,
            path: [...list, index, 'tolerationSeconds'],
            messageId: 'overwritten',
            data: { key: value.key ?? '', seconds: String(value.tolerationSeconds) },
            // The controller adds it again, without the limit.
            fix: (fixer) => {
              if (overwritten.length < tolerations.length) return fixer.remove([...list, index])
              // Without the list a patch would leave that of its base.
              return node.manifest.role === 'patch' ? fixer.set(list, []) : fixer.remove(list)
            },
          })
        }
      },
    }
  },
})

function isOverwritten({ known, value }: ListedToleration): boolean {
  const limited = value.tolerationSeconds !== undefined && value.tolerationSeconds !== null
  return known && limited && isOverwrittenByController(value)
}
