import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { isMovingTag, isSeriesTag, isVersion, parseImage } from '../utils/image.ts'
import { isStandIn } from '../utils/image-grammar.ts'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { once } from '../utils/once.ts'
import { templateOf } from '../utils/template.ts'

export default defineRule<'untagged' | 'floating' | 'same', [{ floatingTags: string[] }]>({
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
      same: 'Use `{{image}}`, as the container `{{other}}` does',
    },
    schema: [
      {
        type: 'object',
        properties: { floatingTags: { type: 'array', items: { type: 'string', minLength: 1 } } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ floatingTags: [] }],
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['image-digest'],
  },

  create(context) {
    const { floatingTags = [] } = context.options[0]

    return {
      container(node) {
        const { image } = node.value
        if (!image?.trim()) return
        const { name, tag, digest } = parseImage(image)
        if (!tag && isStandIn(image)) return
        if (digest || (tag && !isMovingTag(tag, floatingTags) && !isSeriesTag(name, tag))) return
        context.report({
          node,
          path: ['image'],
          messageId: tag ? 'floating' : 'untagged',
          data: { container: nameOf(node), image, tag: tag ?? '' },
          suggest: versionsBeside(node, name, floatingTags).map((beside) => ({
            messageId: 'same',
            data: beside,
            fix: (fixer) => fixer.set(['image'], beside.image),
          })),
        })
      },
    }
  },
})

/** Versions of the same image that other containers of the pod run, each with the first of these. */
function versionsBeside(node: ContainerNode, name: string, floatingTags: readonly string[]) {
  const template = templateOf(node)
  const versions = template ? (versionsOf(template).get(name) ?? []) : []
  return versions.filter(({ image }) => !isMovingTag(parseImage(image).tag ?? '', floatingTags))
}

/** The versions in a pod, by the names of their images, each with the first container that runs it. */
const versionsOf = once((template: PodTemplate) => {
  const versions = new Map<string, { image: string; other: string }[]>()
  const seen = new Set<string>()
  for (const container of containersOf(template)) {
    const { image } = container.value
    if (typeof image !== 'string' || seen.has(image)) continue
    seen.add(image)
    const reference = parseImage(image)
    if (!isVersion(reference)) continue
    const ofName = versions.get(reference.name)
    const version = { image, other: nameOf(container) }
    if (ofName) ofName.push(version)
    else versions.set(reference.name, [version])
  }
  return versions
})
