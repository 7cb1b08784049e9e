import { defineRule } from '@daemonlint/core/define'
import { parseImage } from '../utils/image.ts'
import { nameOf } from '../utils/names.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require images to be pinned by their digest',
      category: 'images',
      presets: {},
    },
    messages: {
      missing:
        'Container `{{container}}` uses `{{image}}` without a digest: whoever may push to the registry decides what the next node runs. Expected `@sha256:…` after it.',
    },
  },
  create(context) {
    return {
      container(node) {
        const { image } = node.value
        if (!image?.trim() || parseImage(image).digest) return
        context.report({
          node,
          path: ['image'],
          messageId: 'missing',
          data: { container: nameOf(node), image },
        })
      },
    }
  },
})
