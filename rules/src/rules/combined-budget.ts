import type { FoundResource, Manifest } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { sharesNamespace } from '../utils/found.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows, nodeSelectionOf, osLabels } from '../utils/node-selection.ts'
import { leastRequest } from '../utils/pod-requests.ts'
import { inUnits, quantityOf, quantitySchema } from '../utils/quantities.ts'

export default defineRule<'exceeded', [{ cpu?: string; memory?: string }]>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Limit what all daemons together may request of each node',
      category: 'cross-resource',
      presets: {},
    },
    messages: {
      exceeded:
        '{{names}}, which are applied together, request {{sum}} of {{resource}} of every node, and `{{name}}` most of it; the budget is {{budget}}.',
    },
    schema: [
      {
        type: 'object',
        properties: { cpu: quantitySchema, memory: quantitySchema },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{}],
  },
  create(context) {
    const budget = context.options[0]
    const resources = (['cpu', 'memory'] as const).filter((resource) => budget[resource])
    if (resources.length === 0) return {}
    return {
      daemonSet(node) {
        if (!isEverywhere(node)) return
        const found = context.resources({ kinds: ['DaemonSet'] })
        const all = distinct(
          found
            .filter(({ manifest }) => isEverywhere(manifest))
            .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1)),
        )
        for (const resource of resources) {
          const most = quantityOf(budget[resource])
          const shares = all
            .map((one) => ({ ...one, amount: leastRequest(one.manifest.children[0]!, resource) }))
            .filter(({ amount }) => amount > 0)
            .sort((one, other) => other.amount - one.amount)
          const sum = shares.reduce((total, { amount }) => total + amount, 0)
          // Sums of decimal fractions are not exact. Of all of them the largest is told.
          if (!most || sum <= most.amount * (1 + 1e-9) || shares.length < 2) continue
          if (shares[0]!.manifest !== node) continue
          context.report({
            node,
            path: ['metadata', 'name'],
            messageId: 'exceeded',
            data: {
              names: listOf(shares.map(({ manifest }) => `\`${nameOf(manifest)}\``)),
              name: nameOf(node),
              sum: inUnits(sum, resource),
              resource: resource === 'cpu' ? 'CPU' : 'memory',
              budget: budget[resource]!,
            },
          })
        }
      },
    }

    /** The same for a resource whichever file is linted. */
    function placeOf({ manifest, filePath = context.filePath }: FoundResource): string {
      return `${filePath} ${String(manifest.document).padStart(6, '0')} ${manifest.field()}`
    }
  },
})

/** True for a DaemonSet with a name that surely runs on all Linux nodes but for their taints. */
function isEverywhere(manifest: Manifest): boolean {
  const [template] = manifest.children
  const selection = template && nodeSelectionOf(template)
  const keys = selection && [...selection.labels, ...selection.terms.flat()]
  return Boolean(manifest.name && keys?.every((key) => osLabels.includes(key)) && !mayBeForWindows(template!))
}

/** Without those that may take the place of one before them. */
function distinct(found: readonly FoundResource[]): FoundResource[] {
  return found.filter(
    ({ manifest }, index) =>
      !found
        .slice(0, index)
        .some(
          ({ manifest: other }) => manifest.name === other.name && sharesNamespace(manifest, other) !== false,
        ),
  )
}

/** The first ones, which matter most, and how many others. */
function listOf(names: readonly string[]): string {
  const others = names.length - 5
  return others > 1 ? `${names.slice(0, 5).join(', ')} and ${others} others` : names.join(', ')
}
