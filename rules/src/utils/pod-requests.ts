import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { containersOf } from './mounts.ts'
import { quantityOf } from './quantities.ts'
import { type ResourceName, runsThroughout } from './resources.ts'

type Resources = Partial<Record<'requests' | 'limits', Record<string, unknown>>>

/**
 * What a pod surely asks its node for while it runs, in cores or bytes: what is unknown counts as nothing. A limit
 * stands for the request that is absent, and `resources` of the whole pod for those of its containers.
 */
export function leastRequest(template: PodTemplate, resource: ResourceName): number {
  const { resources } = (template.value.spec ?? {}) as { resources?: Resources }
  const whole = ofResources(template, ['spec', 'resources'], resources, resource)
  if (whole !== undefined) return whole
  return containersOf(template)
    .filter(runsThroughout)
    .reduce(
      (sum, container) =>
        sum + (ofResources(container, ['resources'], container.value.resources as Resources, resource) ?? 0),
      0,
    )
}

function ofResources(
  node: ContainerNode | PodTemplate,
  path: readonly string[],
  resources: Resources | undefined,
  resource: ResourceName,
): number | undefined {
  const part = node.lacks(...path, 'requests', resource) ? 'limits' : 'requests'
  return quantityOf(resources?.[part]?.[resource])?.amount
}
