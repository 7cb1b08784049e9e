import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { mayRunWait, onlyWaits } from '../utils/commands.ts'
import { goMemoryLimitOf, needsGoMemoryLimit } from '../utils/go-memory.ts'
import { nameOf } from '../utils/names.ts'
import { doubled, quantityOf } from '../utils/quantities.ts'
import { lacksResource, runsThroughout } from '../utils/resources.ts'
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
      add: 'Limit memory to {{limit}} as a start; measure, then adjust',
      addGo:
        'Limit memory to {{limit}} as a start, and tell the Go runtime by `GOMEMLIMIT`; measure, then adjust',
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
    const except = context.options[0].exceptPriorityClasses ?? []
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
        const request = node.value.resources?.requests?.memory
        const limit = request === undefined || isZero ? '256Mi' : doubled(request)
        // A limit for the container alone could break what the pod as a whole is given.
        const sound =
          limit && !node.isUnknown('resources', 'requests', 'memory') && template?.lacks('spec', 'resources')
        const goLimit = needsGoMemoryLimit(node, agentOf(node)) ? goMemoryLimitOf(limit) : undefined
        context.report({
          node,
          path: isZero ? ['resources', 'limits', 'memory'] : ['resources', 'limits'],
          messageId: 'missing',
          data: { container: nameOf(node) },
          suggest: sound
            ? [
                {
                  messageId: goLimit ? 'addGo' : 'add',
                  data: { limit },
                  fix: (fixer) => [
                    fixer.set(['resources', 'limits', 'memory'], limit),
                    ...(goLimit ? [fixer.append(['env'], { name: 'GOMEMLIMIT', value: goLimit })] : []),
                  ],
                },
              ]
            : [],
        })
      },
    }
  },
})
