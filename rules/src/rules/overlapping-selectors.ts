import type { DaemonSetNode, FoundResource, Manifest } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { placeOf } from '../utils/found.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeApart } from '../utils/node-overlap.ts'
import { labelSelectorAt, selectedAround } from '../utils/selectors.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow a selector that also chooses the pods of another workload',
      category: 'cross-resource',
      presets: { strict: 'info' },
    },
    messages: {
      overlaps:
        'The selector of DaemonSet `{{name}}` chooses the pods of {{kind}} `{{other}}` ({{place}}) as well: it takes those that lose their owner, and Services and budgets made for one hold for both. Expected labels of its own.',
    },
  },
  create(context) {
    return {
      daemonSet(node) {
        const selector = node.role === 'manifest' ? labelSelectorAt(node, 'spec', 'selector') : undefined
        if (!selector) return
        const found = firstOf(
          selectedAround(context, node, selector, { scope: 'applied' }),
          (one) => one.sure && isAnother(one.manifest, node) && !isToldOf(one, node, context.filePath),
        )
        if (!found) return
        const { manifest } = found
        context.report({
          node,
          path: ['spec', 'selector'],
          messageId: 'overlaps',
          data: {
            name: nameOf(node),
            kind: manifest.kind,
            other: nameOf(manifest),
            place: placeOf(found, context.filePath),
          },
        })
      },
    }
  },
})

function firstOf<Item>(items: Iterable<Item>, isWanted: (item: Item) => boolean): Item | undefined {
  for (const item of items) if (isWanted(item)) return item
  return undefined
}

/** True for a workload that neither takes the place of the DaemonSet when it is applied nor is for other nodes. */
function isAnother(manifest: Manifest, daemonSet: DaemonSetNode): boolean {
  if (manifest.type !== 'daemonSet') return true
  const [[own], [other]] = [daemonSet.children, manifest.children]
  // One daemon in variants, such as one for each architecture.
  if (own && other && mayBeApart(own, other)) return false
  return manifest.name !== '' && daemonSet.name !== '' && manifest.name !== daemonSet.name
}

/** True where the other is a DaemonSet that chooses these pods too, or may do so, and comes later: it is told of it. */
function isToldOf(
  { manifest, filePath }: FoundResource,
  daemonSet: DaemonSetNode,
  own: string | undefined,
): boolean {
  const [template] = daemonSet.children
  if (manifest.type !== 'daemonSet' || !template) return false
  if (labelSelectorAt(manifest, 'spec', 'selector')?.(template) === false) return false
  if (filePath !== undefined) return own !== undefined && filePath > own
  return (manifest.position.start.offset ?? 0) > (daemonSet.position.start.offset ?? 0)
}
