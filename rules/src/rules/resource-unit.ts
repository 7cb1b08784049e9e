import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { inBytes, quantityOf } from '../utils/quantities.ts'
import { leavesPodOpen } from '../utils/resources.ts'

const parts = ['requests', 'limits'] as const
type Part = (typeof parts)[number]

/** Less than any program needs: a unit is missing. */
const leastMemory = 2 ** 20

export default defineRule<'memory' | 'cpu' | 'write', [{ mostCores?: number }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require amounts of CPU and memory to have the unit that is meant',
      category: 'resources',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      memory:
        'Container `{{container}}` requests {{bytes}} of memory (`{{value}}`), which reserves nothing on a node. Expected a unit, such as `Mi`.',
      cpu: 'Container `{{container}}` has {{part}} of {{value}} whole CPUs, on every node: where nodes have fewer, pods that request them stay `Pending`. Expected thousandths, such as `{{value}}m`.',
      write: 'Write `{{near}}`',
    },
    schema: [
      {
        type: 'object',
        properties: { mostCores: { type: 'integer', minimum: 1 } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ mostCores: 32 }],
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['api-server/fractional-bytes'],
  },
  create(context) {
    const { mostCores = 32 } = context.options[0]
    return {
      container(node) {
        const container = nameOf(node)
        const { requests } = node.value.resources ?? {}
        const memory = quantityOf(requests?.memory)
        if (memory && memory.amount > 0 && memory.amount < leastMemory) {
          const near = `${memory.digits}Mi`
          const path = ['resources', 'requests', 'memory'] as const
          context.report({
            node,
            path,
            messageId: 'memory',
            data: { container, value: String(requests?.memory), bytes: inBytes(memory) },
            suggest: mayRequest(node, near)
              ? [{ messageId: 'write', data: { near }, fix: (fixer) => fixer.set(path, near) }]
              : [],
          })
        }
        const large = parts.filter((part) => isMany(node.value.resources?.[part]?.cpu, mostCores))
        const [part] = large
        if (!part) return
        const value = String(node.value.resources?.[part]?.cpu)
        context.report({
          node,
          path: ['resources', part, 'cpu'],
          messageId: 'cpu',
          data: { container, part: part === 'limits' ? 'a limit' : 'a request', value },
          suggest: mayBeThousandths(node, large)
            ? [
                {
                  messageId: 'write',
                  data: { near: `${value}m` },
                  // A request must not be above its limit, not even between two fixes.
                  fix: (fixer) =>
                    large.map((each) =>
                      fixer.set(['resources', each, 'cpu'], `${node.value.resources?.[each]?.cpu}m`),
                    ),
                },
              ]
            : [],
        })
      },
    }
  },
})

/** True for a whole number of CPUs without a unit that is more than a node is likely to have. */
function isMany(value: unknown, most: number): boolean {
  return /^\d{1,6}$/.test(String(value)) && Number(value) >= most
}

/** True when the request for CPU is sure to be within the limit once some of the two are thousandths. */
function mayBeThousandths(container: ContainerNode, changed: readonly Part[]): boolean {
  const [request, limit] = parts.map((part) => {
    const value = container.value.resources?.[part]?.cpu
    return quantityOf(changed.includes(part) ? `${value}m` : value)?.amount
  })
  if (request !== undefined && limit !== undefined) return request <= limit
  // A lower request is within any limit that the one before was.
  return !changed.includes('limits') || container.lacks('resources', 'requests', 'cpu')
}

/** True when a request for memory is sure to be within the limits. */
function mayRequest(container: ContainerNode, request: string): boolean {
  if (!/^\d{1,5}Mi$/.test(request) || !leavesPodOpen(container)) return false
  const limit = quantityOf(container.value.resources?.limits?.memory)
  return limit
    ? limit.amount >= quantityOf(request)!.amount
    : container.lacks('resources', 'limits', 'memory')
}
