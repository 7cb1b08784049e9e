import type { DaemonSetNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'

/** Those that Kubernetes itself removes. IsStandardFinalizerName in pkg/apis/core/helper/helpers.go. */
const standard = ['foregroundDeletion', 'kubernetes', 'orphan']

export default defineRule<'daemonSet' | 'pods' | 'remove', [{ allow?: string[] }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow finalizers that only a controller of your own removes',
      category: 'lifecycle',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      daemonSet:
        'Finalizer `{{finalizer}}` keeps `{{name}}` from being deleted until some controller removes it: where that is gone, or was never there, the DaemonSet and its namespace stay forever.',
      pods: 'Finalizer `{{finalizer}}` stands on every pod of `{{name}}`: one that has ended is not deleted until some controller takes it off, so each rollout and each node that goes leaves pods behind.',
      remove: 'Remove `{{finalizer}}`',
    },
    schema: [
      {
        type: 'object',
        properties: { allow: { type: 'array', items: { type: 'string' }, uniqueItems: true } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ allow: [] }],
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /finalizers/ },
  },

  create(context) {
    const allowed = [...standard, ...(context.options[0].allow ?? [])]
    const check = (node: DaemonSetNode | PodTemplate) => {
      for (const [index, finalizer] of (node.value.metadata?.finalizers ?? []).entries()) {
        const path = ['metadata', 'finalizers', index]
        if (!finalizer || allowed.includes(finalizer)) continue
        context.report({
          node,
          path,
          messageId: node.type === 'daemonSet' ? 'daemonSet' : 'pods',
          data: { finalizer, name: nameOf(node.type === 'daemonSet' ? node : node.manifest) },
          suggest: [
            {
              messageId: 'remove',
              data: { finalizer },
              fix: (fixer) => fixer.remove(path),
            },
          ],
        })
      }
    }
    return { daemonSet: check, podTemplate: check }
  },
})
