import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { unavailablePath } from '../utils/rollout.ts'

const path = ['spec', 'updateStrategy', 'type'] as const

export default defineRule<'manual' | 'rolling'>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Question updates that wait until somebody deletes the pods',
      category: 'rollout',
      presets: { strict: 'info', reliability: 'info' },
    },
    messages: {
      manual:
        'With `OnDelete` the pods of `{{name}}` stay as they are until somebody deletes them, so nodes run different versions for as long as nobody does. Expected `RollingUpdate`, unless something else replaces the pods.',
      rolling: 'Update one node at a time',
    },
    hasSuggestions: true,
  },

  create(context) {
    return {
      daemonSet(node) {
        if (node.value.spec?.updateStrategy?.type !== 'OnDelete') return
        context.report({
          node,
          path,
          messageId: 'manual',
          data: { name: nameOf(node) },
          suggest: [
            {
              messageId: 'rolling',
              // What was written for a rolling update, and never read, may not be what is wanted now.
              fix: (fixer) =>
                node.value.spec?.updateStrategy?.rollingUpdate
                  ? null
                  : [fixer.set(path, 'RollingUpdate'), fixer.set(unavailablePath, 1)],
            },
          ],
        })
      },
    }
  },
})
