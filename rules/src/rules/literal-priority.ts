import type { FixFunction, PodTemplate, Root } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { mayHideKind } from '../utils/unknown-kinds.ts'

/** pkg/apis/scheduling/types.go, SystemCriticalPriority. */
const systemClasses: Readonly<Record<string, number>> = {
  'system-node-critical': 2000001000,
  'system-cluster-critical': 2000000000,
}

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
        'Without a class the priority of a pod is 0, or what the default class sets; the API server refuses pods that state another, as {{value}}: the DaemonSet is accepted and runs none. Expected a `priorityClassName`.',
      preemption:
        'Only a priority class sets `preemptionPolicy: Never`; the API server refuses pods that state it where their class does not: the DaemonSet is accepted and runs none. Expected a class that sets it.',
      remove: 'Remove `{{field}}`: the class sets it',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { kinds: ['DaemonSet', 'PriorityClass'], text: /PriorityClass/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        const { priority, preemptionPolicy } = node.value.spec ?? {}
        const name = node.value.spec?.priorityClassName ?? ''
        if (!name && !node.lacks('spec', 'priorityClassName')) return
        const known = systemClasses[name]
        if (preemptionPolicy === 'Never' && (!name || known !== undefined)) {
          context.report({
            node,
            path: ['spec', 'preemptionPolicy'],
            messageId: 'preemption',
            suggest: removal(node, 'preemptionPolicy'),
          })
        }
        if (typeof priority !== 'number') return
        const right = known ?? valueOfClass(context.root, name)
        if (right === priority || (!name && priority === 0)) return
        if (name && right === undefined && mayDefineClass(context.root, name)) return
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

/** What a class sets that the same file defines; undefined where it defines none of this name. */
function valueOfClass(root: Root, name: string): number | undefined {
  const found = root.children.find((one) => one.kind === 'PriorityClass' && one.name === name)
  const value = found?.type === 'manifest' ? found.value.value : undefined
  return typeof value === 'number' ? value : undefined
}

/** True when a placeholder hides that the same file defines a class, or what the class sets. */
function mayDefineClass(root: Root, name: string): boolean {
  const classes = root.children.filter(({ kind }) => kind === 'PriorityClass')
  return mayHideKind(root, 'PriorityClass') || classes.some((one) => one.name === '' || one.name === name)
}
