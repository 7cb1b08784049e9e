import type { FoundResource, Manifest } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { namespaceOf } from '../utils/accounts.ts'
import { nameOf } from '../utils/names.ts'
import { keysOf, mayBeForWindows, nodeSelectionOf, osLabels } from '../utils/node-selection.ts'
import { leastRequest } from '../utils/pod-requests.ts'
import { inUnits, quantityOf, quantitySchema } from '../utils/quantities.ts'
import { labelOf } from '../utils/resources.ts'

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
    const limits = (['cpu', 'memory'] as const).flatMap((resource) => {
      const most = quantityOf(budget[resource])
      return most ? [{ resource, most }] : []
    })
    if (limits.length === 0) return {}
    let exceeded: ReturnType<typeof exceededLimits> | undefined
    return {
      daemonSet(node) {
        if (!isEverywhere(node)) return
        exceeded ??= exceededLimits()
        for (const { resource, shares, sum } of exceeded) {
          // Of all of them the largest is told.
          if (shares[0]?.manifest !== node) continue
          context.report({
            node,
            path: ['metadata', 'name'],
            messageId: 'exceeded',
            data: {
              names: listOf(shares.map(({ manifest }) => `\`${nameOf(manifest)}\``)),
              name: nameOf(node),
              sum: inUnits(sum, resource),
              resource: labelOf(resource),
              budget: budget[resource]!,
            },
          })
        }
      },
    }

    /** What all of them together request too much of; the same for each DaemonSet of the file. */
    function exceededLimits() {
      const ordered = context
        .resources({ kinds: ['DaemonSet'] })
        .filter(({ manifest }) => isEverywhere(manifest))
        .map((found) => ({ found, order: orderOf(found) }))
        .sort((one, other) => (one.order < other.order ? -1 : 1))
      const all = distinct(ordered.map(({ found }) => found))
      return limits.flatMap(({ resource, most }) => {
        const shares = all
          .map(({ manifest }) => ({ manifest, amount: leastRequest(manifest.children[0]!, resource) }))
          .filter(({ amount }) => amount > 0)
          .sort((one, other) => other.amount - one.amount)
        const sum = shares.reduce((total, { amount }) => total + amount, 0)
        // Sums of decimal fractions are not exact.
        return sum > most.amount * (1 + 1e-9) && shares.length > 1 ? [{ resource, shares, sum }] : []
      })
    }

    /** The same for a resource whichever file is linted. */
    function orderOf({ manifest, filePath = context.filePath }: FoundResource): string {
      return `${filePath} ${String(manifest.document).padStart(6, '0')} ${manifest.field()}`
    }
  },
})

/** True for a DaemonSet with a name that surely runs on all Linux nodes but for their taints. */
function isEverywhere(manifest: Manifest): boolean {
  const [template] = manifest.children
  const selection = template && nodeSelectionOf(template)
  if (!manifest.name || !selection || mayBeForWindows(template)) return false
  return keysOf(selection).every((key) => osLabels.includes(key))
}

/** Without those that may take the place of one that is counted: of the same name, and perhaps of its namespace. */
function distinct(found: readonly FoundResource[]): FoundResource[] {
  const namespaces = new Map<string, Set<string>>()
  return found.filter(({ manifest }) => {
    // '' may be any.
    const own = namespaceOf(manifest) ?? ''
    const others = namespaces.get(manifest.name) ?? new Set()
    namespaces.set(manifest.name, others)
    const isNew = others.size === 0 || (own !== '' && !others.has('') && !others.has(own))
    if (isNew) others.add(own)
    return isNew
  })
}

/** The first ones, which matter most, and how many others. */
function listOf(names: readonly string[]): string {
  const others = names.length - 5
  return others > 1 ? `${names.slice(0, 5).join(', ')} and ${others} others` : names.join(', ')
}
