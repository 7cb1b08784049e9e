import type { FixFunction, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { isForWindows } from '../utils/node-selection.ts'
import { controlPlaneTaint } from '../utils/tolerations.ts'

const path = ['spec', 'nodeName'] as const

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow pinning a DaemonSet to one node by its name',
      category: 'scheduling',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      pinned:
        '`nodeName` pins DaemonSet `{{name}}` to the node `{{node}}`: no other node gets a pod, and none does once that node is replaced. Expected a `nodeSelector`, or none for every node.',
      remove: 'Remove `nodeName`: every chosen node gets a pod',
      all: 'Choose every {{os}} node instead{{more}}',
      select: 'Choose the node by its label `kubernetes.io/hostname`, which usually is its name',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /nodeName/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        const name = node.value.spec?.nodeName
        if (!name) return
        context.report({
          node,
          path,
          messageId: 'pinned',
          data: { name: nameOf(node.manifest), node: name },
          suggest: node.manifest.role === 'patch' ? [] : [...byLabel(node, name), ...byRest(node)],
        })
      },
    }
  },
})

/** The name of a node can be longer than the value of a label, and the label may be chosen already. */
function byLabel(template: PodTemplate, name: string) {
  const label = ['spec', 'nodeSelector', 'kubernetes.io/hostname']
  if (name.length > 63 || !template.lacks(...label)) return []
  const fix: FixFunction = (fixer) => [fixer.remove(path), fixer.set(label, name)]
  return [{ messageId: 'select' as const, fix }]
}

/** All nodes that are chosen beside the name, or, where none are, those of one operating system. */
function byRest(template: PodTemplate) {
  const chooses = [['nodeSelector'], ['affinity', 'nodeAffinity']].some(
    (way) => !template.lacks('spec', ...way),
  )
  if (chooses) {
    const fix: FixFunction = (fixer) => fixer.remove(path)
    return [{ messageId: 'remove' as const, fix }]
  }
  const os = isForWindows(template) ? 'windows' : 'linux'
  const label = ['spec', 'nodeSelector', 'kubernetes.io/os']
  const tolerations = ['spec', 'tolerations']
  const tolerates = os === 'windows' || !template.lacks(...tolerations)
  const { key, effect } = controlPlaneTaint
  const fix: FixFunction = (fixer) => [
    fixer.remove(path),
    fixer.set(label, os),
    // A name goes past all taints.
    ...(tolerates ? [] : [fixer.append(tolerations, { key, operator: 'Exists', effect })]),
  ]
  const more = tolerates ? '' : ', those of the control plane too'
  return [{ messageId: 'all' as const, data: { os, more }, fix }]
}
