import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { violationsOfControl } from '../utils/pod-security/index.ts'
import { restrictedVolumes } from '../utils/pod-security/standards.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a claim for storage outside the node',
      category: 'security',
      presets: { strict: 'info', security: 'info' },
    },
    messages: {
      inline:
        'Volume `{{volume}}` names a server of type `{{type}}` itself, so whoever may write pods has every node mount whatever they like, from wherever they like. Expected a claim of a PersistentVolume, which administrators make.',
    },
    needs: { text: new RegExp(`\\b(${restrictedVolumes.join('|')})\\b`) },
  },
  create(context) {
    return {
      podTemplate(template) {
        for (const { node, path, value } of violationsOfControl(template, 'volumeTypes')) {
          if (node.type !== 'volume') continue
          context.report({
            node,
            path,
            messageId: 'inline',
            data: { volume: nameOf(node), type: String(value) },
          })
        }
      },
    }
  },
})
