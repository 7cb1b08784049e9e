import type { FixFunction, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { valueAt } from '../utils/fields.ts'
import type { Around } from '../utils/found.ts'
import { systemClasses } from '../utils/priority-classes.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow a priority that is written out, as its class must set it',
      category: 'correctness',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      differs:
        'The priority class `{{class}}` sets {{right}}, not {{value}}, so the API server refuses every pod: the DaemonSet is accepted and runs none. Expected the class alone.',
      beside:
        'The API server refuses every pod whose `priority` is not exactly what the class `{{class}}` sets: should that ever change, the DaemonSet runs none. Expected the class alone.',
      alone:
        'Without a class the priority of a pod is 0, or what the default class sets; the API server refuses pods that state another, such as {{value}}: the DaemonSet is accepted and runs none. Expected a `priorityClassName`.',
      preemption:
        'Only a priority class sets `preemptionPolicy: Never`; the API server refuses pods that state it where their class does not: the DaemonSet is accepted and runs none. Expected a class that sets it.',
      remove: 'Remove `{{field}}`: the class sets it',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /priority\b|preemptionPolicy/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        const { priority, preemptionPolicy } = node.value.spec ?? {}
        const name = node.value.spec?.priorityClassName ?? ''
        if (!name && !node.lacks('spec', 'priorityClassName')) return
        const known = systemClasses.get(name)
        if (preemptionPolicy === 'Never' && (!name || known !== undefined)) {
          context.report({
            node,
            path: ['spec', 'preemptionPolicy'],
            messageId: 'preemption',
            suggest: removal(node, 'preemptionPolicy'),
          })
        }
        if (typeof priority !== 'number') return
        const right = known ?? valueOfClass(context, name)
        if (right === priority || (!name && priority === 0)) return
        if (name && right === undefined && mayDefineClass(context, name)) return
        context.report({
          node,
          path: ['spec', 'priority'],
          messageId: !name ? 'alone' : right === undefined ? 'beside' : 'differs',
          data: { class: name, value: priority, right: right ?? '' },
          suggest: removal(node, 'priority'),
        })
      },
    }
  },
})

/** Where there is a class; without one the pods would get another priority than they were meant to have. */
function removal(template: PodTemplate, field: 'priority' | 'preemptionPolicy') {
  if (template.manifest.role === 'patch' || template.lacks('spec', 'priorityClassName')) return []
  const fix: FixFunction = (fixer) => fixer.remove(['spec', field])
  return [{ messageId: 'remove' as const, data: { field }, fix }]
}

const classes = { kinds: ['PriorityClass'] }

/** What a class sets that is applied together; undefined where none has this name. */
function valueOfClass(around: Around, name: string): number | undefined {
  const found = name ? around.resources(classes).find(({ manifest }) => manifest.name === name) : undefined
  const value = found && valueAt(found.manifest, 'value')
  return typeof value === 'number' ? value : undefined
}

/** True when a placeholder hides that such a class is applied together, or what it sets. */
function mayDefineClass(around: Around, name: string): boolean {
  const found = around.resources(classes)
  return found.some(({ manifest }) => ['', name].includes(manifest.name)) || around.mayHide(classes)
}
