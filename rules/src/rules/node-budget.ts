import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { requestsOf } from '../utils/pod-requests.ts'
import { inUnits, quantityOf, quantitySchema } from '../utils/quantities.ts'
import { labelOf, type ResourceName } from '../utils/resources.ts'

type Budget = Partial<Record<ResourceName, string>>

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
        properties: { cpu: quantitySchema, memory: quantitySchema },
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
              resource: labelOf(resource),
              budget: budget[resource]!,
            },
          })
        }
      },
    }
  },
})
