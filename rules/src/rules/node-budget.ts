import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { inUnits, quantityOf } from '../utils/quantities.ts'
import { type ResourceName, runsThroughout } from '../utils/resources.ts'

type Budget = Partial<Record<ResourceName, string>>

const quantity = { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)?(m|k|M|G|Ki|Mi|Gi)?$' }

export default defineRule<'exceeded', [Budget]>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Limit what one daemon may request of each of its nodes',
      category: 'resources',
      presets: {},
    },
    messages: {
      exceeded:
        'Each pod of `{{name}}` requests {{sum}} of {{resource}}, which is gone from every node it runs on, small ones too; the budget is {{budget}}.',
    },
    schema: [
      {
        type: 'object',
        properties: { cpu: quantity, memory: quantity },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ cpu: '500m', memory: '512Mi' }],
  },
  create(context) {
    const budget = context.options[0]
    return {
      podTemplate(template) {
        for (const resource of ['cpu', 'memory'] as const) {
          const most = quantityOf(budget[resource])
          const requests = requestsOf(template, resource)
          const sum = requests.reduce((total, { amount }) => total + amount, 0)
          // Sums of decimal fractions are not exact.
          if (!most || sum <= most.amount * (1 + 1e-9)) continue
          const [largest] = [...requests].sort((one, other) => other.amount - one.amount)
          context.report({
            node: largest!.node,
            path: largest!.path,
            messageId: 'exceeded',
            data: {
              name: nameOf(template.manifest),
              sum: inUnits(sum, resource),
              resource: resource === 'cpu' ? 'CPU' : 'memory',
              budget: budget[resource]!,
            },
          })
        }
      },
    }
  },
})

type Resources = Partial<Record<'requests' | 'limits', Record<string, string>>>

interface Request {
  node: ContainerNode | PodTemplate
  path: readonly string[]
  amount: number
}

/** What is known of a pod's requests: at least so much. */
function requestsOf(template: PodTemplate, resource: ResourceName): Request[] {
  const { resources } = (template.value.spec ?? {}) as { resources?: Resources }
  const own = requestOf(template, resources, ['spec', 'resources'], resource)
  if (own || !template.lacks('spec', 'resources')) return own ? [own] : []
  return containersOf(template).flatMap((container) => {
    if (!runsThroughout(container)) return []
    return requestOf(container, container.value.resources, ['resources'], resource) ?? []
  })
}

/** A request, or the limit that stands for it. */
function requestOf(
  node: Request['node'],
  resources: Resources | undefined,
  path: readonly string[],
  resource: ResourceName,
): Request | undefined {
  const request = [...path, 'requests', resource]
  const part =
    resources?.requests?.[resource] !== undefined || !node.lacks(...request) ? 'requests' : 'limits'
  const amount = quantityOf(resources?.[part]?.[resource])?.amount
  return amount === undefined ? undefined : { node, path: [...path, part, resource], amount }
}
