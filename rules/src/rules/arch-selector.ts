import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { architectureOf } from '../utils/image.ts'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import {
  archLabels,
  isForWindows,
  type NodeCondition,
  nodeConditionsOf,
  osLabels,
} from '../utils/node-selection.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require an image for one architecture to run on nodes of that architecture alone',
      category: 'scheduling',
      presets: { recommended: 'info', strict: 'warn' },
    },
    messages: {
      open: 'The image of container `{{container}}` is for {{arch}} by its name, but nothing keeps the pods off nodes of other architectures, where it cannot start. Expected `kubernetes.io/arch: {{arch}}` in `nodeSelector`, or an image for all architectures.',
      other:
        'The image of container `{{container}}` is for {{arch}} by its name, but the chosen nodes are {{chosen}}: where that differs it cannot start. Expected an image for these nodes.',
      select: 'Select `kubernetes.io/arch: {{arch}}`',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /amd64|arm|x86_64|aarch64|ppc64le|s390x|riscv64/i },
  },
  create(context) {
    return {
      podTemplate(node) {
        const [found] = containersOf(node).flatMap((container) => {
          const arch = architectureOf(container)
          return arch ? [{ container, arch }] : []
        })
        const chosen = found && chosenArchitectures(node)
        if (!found || !chosen) return
        const { container, arch } = found
        if (chosen.length === 1 && chosen[0] === arch) return
        const data = { container: nameOf(container), arch, chosen: chosen.join(', ') }
        context.report({
          node: container,
          path: ['image'],
          messageId: chosen.length > 0 ? 'other' : 'open',
          data,
          suggest:
            chosen.length > 0
              ? []
              : [
                  {
                    messageId: 'select',
                    data,
                    fix: (fixer) => fixer.set(['spec', 'nodeSelector', 'kubernetes.io/arch'], arch, node),
                  },
                ],
        })
      },
    }
  },
})

/** Labels that say what a node is for, which says nothing of its architecture. */
const roles = 'node-role.kubernetes.io/'

/**
 * The architectures that a template chooses by name, none where it leaves them open; undefined where that is unknown.
 * A choice by a label that speaks neither of the operating system nor of a role leaves nothing open: a pool of nodes has
 * one architecture.
 */
function chosenArchitectures(template: PodTemplate): string[] | undefined {
  const conditions = nodeConditionsOf(template)
  if (!conditions || isForWindows(template)) return undefined
  const { selector, terms } = conditions
  const named = selector.find(isArchitecture)
  if (named) return [...named.values]
  const ofTerms = terms.map((term) => term.find(isArchitecture)?.values)
  const chosen = [...new Set(ofTerms.flatMap((values) => values ?? []))]
  const others = [...selector, ...terms.flat()].some(
    (one) => !osLabels.includes(one.key) && !one.key.startsWith(roles) && !isArchitecture(one),
  )
  if (ofTerms.length > 0 && ofTerms.every((values) => values !== undefined)) {
    return others && chosen.length > 1 ? undefined : chosen
  }
  return others ? undefined : []
}

function isArchitecture({ key, operator }: NodeCondition): boolean {
  return archLabels.includes(key) && operator === 'In'
}
