import { defineRule } from '@daemonlint/core/define'
import { isVersion, parseImage } from '../utils/image.ts'
import { nameOf } from '../utils/names.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow asking the registry at every start for an image that does not change',
      category: 'images',
      presets: { reliability: 'info', strict: 'info' },
    },
    messages: {
      always:
        'Container `{{container}}` asks the registry at each start on each node, although `{{version}}` names a fixed image: while the registry is away, no agent that stops comes back. Expected `imagePullPolicy: IfNotPresent`.',
      set: 'Pull only where the node has no `{{image}}` yet',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /Always/ },
  },
  create(context) {
    return {
      container(node) {
        const { image, imagePullPolicy } = node.value
        if (imagePullPolicy !== 'Always' || !image?.trim()) return
        const reference = parseImage(image)
        if (!isVersion(reference)) return
        const path = ['imagePullPolicy'] as const
        context.report({
          node,
          path,
          messageId: 'always',
          data: { container: nameOf(node), version: reference.digest ?? reference.tag ?? '' },
          suggest: [{ messageId: 'set', data: { image }, fix: (fixer) => fixer.set(path, 'IfNotPresent') }],
        })
      },
    }
  },
})
