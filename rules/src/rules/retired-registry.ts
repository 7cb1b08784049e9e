import { defineRule } from '@daemonlint/core/define'
import { parseImage } from '../utils/image.ts'
import { nameOf } from '../utils/names.ts'

interface Retired {
  /** The beginning of the images' names. */
  from: RegExp
  to: string
  /** What became of it, as the end of a sentence. */
  fate: string
  /** Tags that are versions are there no more; of other tags, and of digests, nobody can tell. */
  gone?: true
}

const kubernetes = 'where Kubernetes has published nothing since 2020'

/**
 * kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement and …/2023/03/10/image-registry-redirect; the move to
 * k8s-artifacts-prod: k8s.gcr.io/Vanity-Domain-Flip.md of kubernetes/k8s.io; all images were kept: kubernetes/minikube#20303;
 * bitnami/containers#83267.
 */
const retired: readonly Retired[] = [
  {
    from: /^k8s\.gcr\.io\//,
    to: 'registry.k8s.io/',
    fate: 'which has been frozen since April 2023 and only redirects, until it is switched off',
  },
  {
    from: /^((asia|eu|us)\.)?gcr\.io\/google[-_]containers\//,
    to: 'registry.k8s.io/',
    fate: kubernetes,
  },
  {
    from: /^(asia|eu|us)\.gcr\.io\/k8s-artifacts-prod\//,
    to: 'registry.k8s.io/',
    fate: 'which lay behind `k8s.gcr.io` and has been frozen with it since April 2023',
  },
  {
    from: /^((index\.)?docker\.io\/)?bitnami\//,
    to: 'docker.io/bitnamilegacy/',
    fate: 'from which the versions were taken away in September 2025',
    gone: true,
  },
]

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow images from registries that have been frozen or emptied',
      category: 'images',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      retired:
        'The image of container `{{container}}` is pulled from `{{from}}`, {{fate}}. Once the registry is gone, nodes without a copy of the image start no pod. Expected `{{to}}`, or a mirror of your own.',
      gone: 'The image of container `{{container}}` is pulled from `{{from}}`, {{fate}}: nodes without a copy of the image start no pod. Expected a maintained image, or for the time being `{{to}}`, which gets no updates.',
      move: 'Write `{{image}}`, after a look whether it is there',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /gcr\.io|bitnami/ },
  },
  create(context) {
    return {
      container(node) {
        const { image } = node.value
        if (typeof image !== 'string') return
        const [found] = retired.flatMap((one) => {
          const [from] = one.from.exec(image) ?? []
          return from ? [{ ...one, from }] : []
        })
        if (!found || (found.gone && !hasVersionTag(image))) return
        const moved = found.to + image.slice(found.from.length)
        context.report({
          node,
          path: ['image'],
          messageId: found.gone ? 'gone' : 'retired',
          data: {
            container: nameOf(node),
            from: found.from.slice(0, -1),
            to: found.to.slice(0, -1),
            fate: found.fate,
          },
          suggest: [
            { messageId: 'move', data: { image: moved }, fix: (fixer) => fixer.set(['image'], moved) },
          ],
        })
      },
    }
  },
})

/** True for a tag with numbers: every version had some. */
function hasVersionTag(image: string): boolean {
  const reference = parseImage(image)
  return reference.digest === undefined && /\d/.test(reference.tag ?? '')
}
