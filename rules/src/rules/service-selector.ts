import type { Manifest, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { mapAt, textAt } from '../utils/fields.ts'
import { placeOf, sharesNamespace } from '../utils/found.ts'
import { labelMapAt, selectedAround } from '../utils/selectors.ts'
import { workloadKinds } from '../utils/template.ts'

const path = ['spec', 'selector'] as const

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require the Service of a DaemonSet to select its pods',
      category: 'cross-resource',
      presets: { strict: 'warn', reliability: 'warn' },
    },
    messages: {
      value:
        'The Service selects no pods: those of DaemonSet `{{name}}` ({{place}}) have the label `{{key}}: {{label}}`. Expected that.',
      key: 'The Service selects no pods: those of DaemonSet `{{name}}` ({{place}}) have the label `{{label}}: {{value}}`, and none called `{{key}}`. Expected that.',
      select: 'Select `{{key}}: {{value}}`',
    },
    hasSuggestions: true,
    needs: { kinds: ['Service'], text: /selector/, beside: ['DaemonSet'] },
  },
  create(context) {
    return {
      manifest(node) {
        if (node.apiVersion !== 'v1' || node.role === 'patch') return
        const selector = labelMapAt(node, ...path)
        if (!selector || !node.knows(...path) || !node.name) return
        const beside = context.resources({ kinds: ['DaemonSet'], text: node.name })
        const found = beside.find(
          ({ manifest }) => manifest.name === node.name && sharesNamespace(node, manifest) === true,
        )
        const template = found?.manifest.children[0]
        const missed = template && nearMisses(node, template)
        if (!missed?.[0]) return
        // Another workload may be meant.
        const [another] = selectedAround(context, node, selector, { scope: 'folder' })
        if (another || context.mayHide({ kinds: workloadKinds, scope: 'folder' })) return
        const [{ key, value, label }] = missed
        const isKey = label.key !== key
        const place = { name: node.name, place: placeOf(found!, context.filePath) }
        context.report({
          node,
          path: [...path, key],
          on: isKey ? 'key' : 'value',
          messageId: isKey ? 'key' : 'value',
          data: { ...place, key, value, label: isKey ? label.key : label.value },
          suggest: [
            {
              messageId: 'select',
              data: label,
              fix: (fixer) =>
                isKey ? fixer.rename([...path, key], label.key) : fixer.set([...path, key], label.value),
            },
          ],
        })
      },
    }
  },
})

interface NearMiss {
  key: string
  value: string
  /** The label that the pods have instead. */
  label: { key: string; value: string }
}

/**
 * What of a Service's selector the pods lack, if for each of it they have a label of the same key or the same value. A
 * label that has nothing to do with theirs may be set while they run.
 */
function nearMisses(service: Manifest, template: PodTemplate): NearMiss[] | undefined {
  if (!template.knows('metadata', 'labels')) return undefined
  const labels = Object.entries(template.value.metadata?.labels ?? {})
  const misses: NearMiss[] = []
  for (const key of Object.keys(mapAt(service, ...path))) {
    const value = textAt(service, ...path, key)
    if (value === undefined) return undefined
    if (labels.some(([other, label]) => other === key && label === value)) continue
    const near = labels.find(([other]) => other === key) ?? labels.find(([, label]) => label === value)
    if (!near) return undefined
    misses.push({ key, value, label: { key: near[0], value: near[1] } })
  }
  return misses
}
