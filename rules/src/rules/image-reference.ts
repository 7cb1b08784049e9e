import { defineRule } from '@daemonlint/core/define'
import { parseImage } from '../utils/image.ts'
import { type ImageMistake, imageMistakeIn } from '../utils/image-grammar.ts'

/** What is wrong, as the end of a sentence. */
const mistakes: Record<Exclude<ImageMistake, 'padded'>, string> = {
  space: 'it has white space in it',
  scheme: 'it begins with a scheme, as addresses of web pages do',
  upperCase: 'the name of a repository has no upper-case letters',
  emptyTag: 'nothing follows the colon',
  tag: 'a tag has only letters, digits, `_`, `.` and `-`, and at most 128 of them',
  digest: 'a digest is `sha256:` and 64 hexadecimal digits in lower case',
  name: 'the parts of a name are lower-case letters and digits, with single separators between them',
}

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow image references that no container runtime can read',
      category: 'images',
      presets: { recommended: 'error', strict: 'error' },
    },
    messages: {
      invalid:
        '`{{image}}` is not a valid image reference: {{mistake}}. The API server does not check this; every pod would wait with `InvalidImageName`.',
      padded:
        '`{{image}}` has white space before or behind it. The API server takes it here and refuses every pod that is made of it.',
      write: 'Write `{{image}}`',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['image-tag', 'image-digest'],
  },
  create(context) {
    return {
      container(node) {
        const { image } = node.value
        if (typeof image !== 'string') return
        const mistake = imageMistakeIn(image)
        if (!mistake) return
        const near = nearTo(image, mistake)
        const sound = near !== undefined && imageMistakeIn(near) === undefined
        context.report({
          node,
          path: ['image'],
          messageId: mistake === 'padded' ? 'padded' : 'invalid',
          data: { image, mistake: mistake === 'padded' ? '' : mistakes[mistake] },
          suggest: sound
            ? [{ messageId: 'write', data: { image: near }, fix: (fixer) => fixer.set(['image'], near) }]
            : [],
        })
      },
    }
  },
})

/** What was probably meant. */
function nearTo(image: string, mistake: ImageMistake): string | undefined {
  const { name, tag } = parseImage(image)
  if (mistake === 'padded') return image.trim()
  if (mistake === 'scheme') return image.replace(/^[a-z]+:\/\//i, '')
  if (mistake === 'upperCase') return name.toLowerCase() + image.slice(name.length)
  // Versions of Kubernetes and of charts have a `+`, for which their images' tags have a `-`.
  if (mistake === 'tag' && tag) return `${name}:${tag.replaceAll('+', '-')}`
  return undefined
}
