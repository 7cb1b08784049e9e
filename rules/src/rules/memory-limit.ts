import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { mayRunWait, onlyWaits } from '../utils/commands.ts'
import { nameOf } from '../utils/names.ts'
import { quantityOf } from '../utils/quantities.ts'
import { lacksResource, leavesPodOpen, runsThroughout } from '../utils/resources.ts'
import { startingSuggestions } from '../utils/starting-resources.ts'
import { templateOf } from '../utils/template.ts'

export default defineRule<'missing' | 'add' | 'addGo', [{ exceptPriorityClasses: string[] }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a memory limit',
      category: 'resources',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      missing:
        "Container `{{container}}` has no memory limit, so a leak takes the memory of the node's other pods, on every node it runs on. Expected `limits.memory`.",
      add: 'State {{values}} as a start; measure, then adjust',
      addGo: 'State {{values}} as a start, and tell the Go runtime by `GOMEMLIMIT`; measure, then adjust',
    },
    schema: [
      {
        type: 'object',
        properties: { exceptPriorityClasses: { type: 'array', items: { type: 'string' } } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ exceptPriorityClasses: ['system-node-critical'] }],
    hasSuggestions: true,
    rollsPods: true,
  },

  create(context) {
    const except = context.options[0].exceptPriorityClasses
    const { agentOf, kindsOf, knowsKinds } = agentsFor(context.settings)

    return {
      container(node) {
        if (!runsThroughout(node) || onlyWaits(node) || mayRunWait(node)) return
        const template = templateOf(node)
        const isZero = quantityOf(node.value.resources?.limits?.memory)?.amount === 0
        const limitsPod = !template?.lacks('spec', 'resources', 'limits', 'memory')
        if (isZero ? limitsPod : !lacksResource(node, 'limits', 'memory')) return
        const priorityClass = template?.value.spec?.priorityClassName
        if (template?.isUnknown('spec', 'priorityClassName') || except.includes(priorityClass ?? '')) return
        if (template && (kindsOf(template).has('network') || !knowsKinds(template))) return
        context.report({
          node,
          path: isZero ? ['resources', 'limits', 'memory'] : ['resources', 'limits'],
          messageId: 'missing',
          data: { container: nameOf(node) },
          // A limit for the container alone could break what the pod as a whole is given.
          suggest: leavesPodOpen(node)
            ? startingSuggestions(node, agentOf(node), [{ part: 'limits', resource: 'memory' }], {
                plain: 'add',
                go: 'addGo',
              })
            : [],
        })
      },
    }
  },
})
