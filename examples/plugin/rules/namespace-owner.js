import { defineRule } from 'daemonlint'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require that the namespace of a daemon says whose it is',
      category: 'cross-resource',
      presets: {},
    },
    messages: {
      nobody: 'Namespace `{{namespace}}` has no label `owner`, so nobody is called when `{{name}}` fails on every node.',
    },
  },

  create(context) {
    return {
      daemonSet(node) {
        const { name, namespace } = node
        if (namespace === '') return
        // Namespaces of this file, and of what is applied together with it. Read only now.
        const found = context.resources({ kinds: ['Namespace'], text: namespace })
        const own = found.find(({ manifest }) => manifest.name === namespace)
        if (!own?.manifest.lacks('metadata', 'labels', 'owner')) return
        context.report({
          node,
          path: ['metadata', 'namespace'],
          messageId: 'nobody',
          data: { name, namespace },
        })
      },
    }
  },
})
