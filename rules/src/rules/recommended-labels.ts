import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'

export default defineRule<'missing' | 'name', [{ labels?: string[] }]>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require the labels that tools recognise applications by',
      category: 'metadata',
      presets: {},
    },
    messages: {
      missing:
        'DaemonSet `{{name}}` has no label `{{label}}`, by which tools and people find what belongs together in a cluster.',
      name: 'Label it with its name',
    },
    schema: [
      {
        type: 'object',
        properties: { labels: { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ labels: ['app.kubernetes.io/name', 'app.kubernetes.io/instance'] }],
    hasSuggestions: true,
  },

  create(context) {
    const labels = context.options[0].labels ?? []
    return {
      daemonSet(node) {
        for (const label of labels) {
          const path = ['metadata', 'labels', label]
          if (!node.lacks(...path)) continue
          const own = /\/(name|instance)$/.test(label) && node.name.length <= 63 ? node.name : ''
          context.report({
            node,
            path,
            messageId: 'missing',
            data: { name: nameOf(node), label },
            suggest: [{ messageId: 'name', fix: (fixer) => (own === '' ? null : fixer.set(path, own)) }],
          })
        }
      },
    }
  },
})
