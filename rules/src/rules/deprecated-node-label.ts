import type { FixFunction } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import {
  type AffinityTerm,
  affinityTermsOf,
  isNegative,
  type LabelCondition,
} from '../utils/affinity-terms.ts'
import { isCovered, successors } from '../utils/deprecated-labels.ts'
import { masterKey } from '../utils/tolerations.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow choosing nodes by deprecated labels',
      category: 'scheduling',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      deprecated:
        'The node label `{{old}}` is deprecated since {{since}}; where a node lacks it, {{effect}}. Expected `{{label}}`.',
      unset:
        'Since {{since}} kubeadm no longer sets the node label `{{old}}`; where a node lacks it, {{effect}}. Expected `{{label}}`.',
      rename: 'Choose nodes by `{{label}}`',
      remove: 'Remove it; `{{label}}` is stated already',
    },
    fixable: 'code',
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['api-server/deprecated-node-selector', 'api-server/deprecated-affinity-label'],
    needs: { text: /beta\.kubernetes\.io|node-role\.kubernetes\.io\/master/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        const selector = ['spec', 'nodeSelector'] as const
        const chosen = node.value.spec?.nodeSelector ?? {}
        for (const [old, { label, same, since }] of successors) {
          const path = [...selector, old]
          if (!node.keyAt(...path)) continue
          const stated = node.keyAt(...selector, label) !== undefined
          const repeated = stated && chosen[old] !== undefined && chosen[old] === chosen[label]
          const rename: FixFunction = (fixer) => fixer.rename(path, label)
          const remove: FixFunction = (fixer) => fixer.remove(path)
          context.report({
            node,
            path,
            on: 'key',
            messageId: old === masterKey ? 'unset' : 'deprecated',
            data: { old, label, since, effect: effects.chosen },
            ...(same && !stated && { fix: rename }),
            suggest: [
              ...(same || stated ? [] : [{ messageId: 'rename' as const, data: { label }, fix: rename }]),
              ...(repeated ? [{ messageId: 'remove' as const, data: { label }, fix: remove }] : []),
            ],
          })
        }
        const terms = affinityTermsOf(node)
        for (const term of terms) {
          for (const condition of term.conditions) {
            const { key = '', operator, path } = condition
            const successor = successors.get(key)
            if (!successor || !operator || isCovered(condition, successor.label, term, terms)) continue
            const { label, same, since } = successor
            const stated = term.conditions.filter((other) => other.key === label)
            const repeated = stated.some((other) => isAlike(condition, other))
            const rename: FixFunction = (fixer) => fixer.set([...path, 'key'], label)
            const remove: FixFunction = (fixer) => fixer.remove(path)
            context.report({
              node,
              path: [...path, 'key'],
              messageId: key === masterKey ? 'unset' : 'deprecated',
              data: { old: key, label, since, effect: effectOf(condition, term) },
              ...(same && stated.length === 0 && { fix: rename }),
              suggest: [
                ...(same || stated.length > 0
                  ? []
                  : [{ messageId: 'rename' as const, data: { label }, fix: rename }]),
                ...(repeated ? [{ messageId: 'remove' as const, data: { label }, fix: remove }] : []),
              ],
            })
          }
        }
      },
    }
  },
})

/** What a choice by a label does with a node that lacks it. */
const effects = {
  chosen: 'the daemon does not run there',
  kept: 'the daemon runs there all the same',
  preferred: 'the preference takes it for another',
}

function effectOf(condition: LabelCondition, { required }: AffinityTerm): string {
  if (!required) return effects.preferred
  return isNegative(condition) ? effects.kept : effects.chosen
}

function isAlike(one: LabelCondition, other: LabelCondition): boolean {
  return one.operator === other.operator && one.values !== undefined && one.values === other.values
}
