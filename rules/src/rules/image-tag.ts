import { defineRule } from '@daemonlint/core/define'
import { matchesGlob } from '../utils/glob.ts'
import { parseImage } from '../utils/image.ts'
import { nameOf } from '../utils/names.ts'

/** Tags that say of themselves that they move. */
const moving = ['latest', 'latest-*', '*-latest']

export default defineRule<'untagged' | 'floating', [{ floatingTags: string[] }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require an image tag or digest that does not move',
      category: 'images',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      untagged:
        'Container `{{container}}` uses `{{image}}` without a tag, which means `latest`: nodes that pull at different times run different versions. Name a version.',
      floating:
        'Container `{{container}}` uses the moving tag `{{tag}}`: nodes that pull at different times run different versions. Name a version.',
    },
    schema: [
      {
        type: 'object',
        properties: { floatingTags: { type: 'array', items: { type: 'string', minLength: 1 } } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ floatingTags: [] }],
  },

  create(context) {
    const patterns = [...moving, ...(context.options[0].floatingTags ?? [])]

    return {
      container(node) {
        const { image } = node.value
        if (!image?.trim()) return
        const container = nameOf(node)
        const { tag, digest } = parseImage(image)
        if (digest) return
        if (!tag) {
          context.report({ node, path: ['image'], messageId: 'untagged', data: { container, image } })
        } else if (patterns.some((pattern) => matchesGlob(tag, pattern))) {
          context.report({ node, path: ['image'], messageId: 'floating', data: { container, tag } })
        }
      },
    }
  },
})
