import type { DaemonSetNode, FoundResource, Manifest } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { placeOf, sharesNamespace } from '../utils/found.ts'
import { nameOf } from '../utils/names.ts'
import { labelSelectorAt } from '../utils/selectors.ts'

const selector = ['spec', 'selector'] as const

export default defineRule<'selects' | 'selected'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow selectors by which two controllers select the same pods',
      category: 'cross-resource',
      presets: { strict: 'warn' },
    },
    messages: {
      selects:
        'It selects the pods of {{kind}} `{{name}}` ({{place}}) too: it adopts those that are orphaned, and what goes by selectors, such as `kubectl logs` or an autoscaler, takes them for its own. Expected a label that tells them apart.',
      selected:
        '{{kind}} `{{name}}` ({{place}}) selects the pods of this DaemonSet too: it adopts those that are orphaned, and what goes by selectors, such as `kubectl logs` or an autoscaler, takes them for its own. Expected a label that tells them apart.',
    },
  },

  create(context) {
    const isFirst = (node: DaemonSetNode, { manifest, filePath }: FoundResource) => {
      if (manifest.type !== 'daemonSet') return false
      // Of two DaemonSets the latter is told.
      if (filePath !== undefined) return context.filePath !== undefined && context.filePath < filePath
      return (node.position.start.offset ?? 0) < (manifest.position.start.offset ?? 0)
    }

    return {
      daemonSet(node) {
        for (const found of context.resources({
          kinds: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
        })) {
          const { manifest } = found
          const isSame = manifest.kind === node.kind && ['', node.name].includes(manifest.name)
          if (node.name === '' || isSame || isFirst(node, found) || sharesNamespace(node, manifest) !== true)
            continue
          const selects = selectsPodsOf(node, manifest)
          if (!selects && !selectsPodsOf(manifest, node)) continue
          context.report({
            node,
            path: selector,
            messageId: selects ? 'selects' : 'selected',
            data: {
              kind: manifest.kind,
              name: nameOf(manifest),
              place: placeOf(found, context.filePath),
            },
          })
          return
        }
      },
    }
  },
})

/** True when the selector of one controller surely holds for the pods of another. */
function selectsPodsOf(controller: Manifest, other: Manifest): boolean {
  const [template] = other.children
  return template !== undefined && labelSelectorAt(controller, ...selector)?.(template) === true
}
