import type { DaemonSetNode, KubernetesValue } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow changing the selector of a DaemonSet that is there already',
      category: 'rollout',
      presets: { recommended: 'error', strict: 'error', reliability: 'error' },
    },
    messages: {
      changed:
        'The selector of `{{name}}` has changed, and it cannot be: where the DaemonSet runs, applying this is refused ("field is immutable"). Expected the former selector, or another name.',
      restore: 'Take the former selector back',
    },
    hasSuggestions: true,
  },

  create(context) {
    return {
      daemonSet(node) {
        const path = ['spec', 'selector']
        if (!node.knows(...path)) return
        const before = context.previous(node) as DaemonSetNode | undefined
        if (!before?.knows(...path)) return
        const [selector, former] = [node, before].map((one) => one.value.spec?.selector)
        if (canonical(selector as KubernetesValue) === canonical(former as KubernetesValue)) return
        context.report({
          node,
          path,
          messageId: 'changed',
          data: { name: node.name },
          suggest: [
            { messageId: 'restore', fix: (fixer) => fixer.set(path, former as unknown as KubernetesValue) },
          ],
        })
      },
    }
  },
})

/** As the API server compares: the order of keys counts for nothing, and neither do empty lists and maps. */
function canonical(value: KubernetesValue | undefined): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  if (Array.isArray(value)) return value.length === 0 ? 'null' : `[${value.map(canonical).join()}]`
  const entries = Object.keys(value)
    .sort()
    .map((key) => [key, canonical(value[key])])
    .filter(([, text]) => text !== 'null')
  return entries.length === 0
    ? 'null'
    : `{${entries.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join()}}`
}
