import type { ContainerNode, FoundResource } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { listAt, textAt, valueAt } from '../utils/fields.ts'
import { placeOf, sharesNamespace } from '../utils/found.ts'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { quantityOf } from '../utils/quantities.ts'

const resources = ['cpu', 'memory', 'ephemeral-storage'] as const

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require resources that the LimitRange of the namespace lets a container have',
      category: 'cross-resource',
      presets: { recommended: 'error', strict: 'error' },
    },
    messages: {
      above:
        'Container `{{container}}` asks for {{written}} of {{resource}}, and LimitRange `{{range}}` ({{place}}) lets a container have {{bound}} at most: all pods of the DaemonSet are refused.',
      below:
        'Container `{{container}}` asks for {{written}} of {{resource}}, and LimitRange `{{range}}` ({{place}}) wants {{bound}} at least: all pods of the DaemonSet are refused.',
    },
  },
  create(context) {
    return {
      podTemplate(template) {
        if (template.manifest.role === 'patch') return
        const containers = containersOf(template).filter(({ value }) => value.resources)
        if (containers.length === 0) return
        const bounds = context
          .resources({ kinds: ['LimitRange'] })
          .filter(({ manifest }) => sharesNamespace(manifest, template.manifest) === true)
          .flatMap(boundsOf)
        for (const container of containers) {
          for (const resource of resources) {
            const found = breachOf(container, resource, bounds)
            if (!found) continue
            const { bound, path, written } = found
            context.report({
              node: container,
              path,
              messageId: bound.side === 'max' ? 'above' : 'below',
              data: {
                container: nameOf(container),
                written,
                resource,
                range: nameOf(bound.range.manifest),
                place: placeOf(bound.range, context.filePath),
                bound: bound.written,
              },
            })
          }
        }
      },
    }
  },
})

interface Bound {
  range: FoundResource
  side: 'max' | 'min'
  resource: string
  written: string
  amount: number
}

/** What a LimitRange allows one container. */
function boundsOf(range: FoundResource): Bound[] {
  const { manifest } = range
  return listAt(manifest, 'spec', 'limits').flatMap((_, index) => {
    const path = ['spec', 'limits', index] as const
    if (textAt(manifest, ...path, 'type') !== 'Container') return []
    return (['max', 'min'] as const).flatMap((side) =>
      resources.flatMap((resource) => {
        const value = valueAt(manifest, ...path, side, resource)
        const amount = quantityOf(value)?.amount
        return amount === undefined ? [] : [{ range, side, resource, written: String(value), amount }]
      }),
    )
  })
}

/** LimitRanger compares both: maxConstraint and minConstraint in plugin/pkg/admission/limitranger of kubernetes. */
function breachOf(container: ContainerNode, resource: string, bounds: readonly Bound[]) {
  for (const part of ['limits', 'requests'] as const) {
    const path = ['resources', part, resource] as const
    const value = valueAt(container, ...path)
    const amount = quantityOf(value)?.amount
    if (amount === undefined) continue
    const bound = bounds.find((one) => {
      if (one.resource !== resource) return false
      return one.side === 'max' ? amount > one.amount : amount < one.amount
    })
    if (bound) return { bound, path, written: String(value) }
  }
  return undefined
}
