import type { ContainerNode, Path, PodTemplate } from '@daemonlint/core'
import { containersOf } from './mounts.ts'
import { quantityOf } from './quantities.ts'
import { type ResourceName, runsThroughout } from './resources.ts'

type Resources = Partial<Record<'requests' | 'limits', Record<string, unknown>>>

/** A request, or the limit that stands for it. */
export interface StatedRequest {
  node: ContainerNode | PodTemplate
  path: Path
  /** In cores or bytes. */
  amount: number
}

/** What a pod surely asks its node for while it runs, in cores or bytes: what is unknown counts as nothing. */
export function leastRequest(template: PodTemplate, resource: ResourceName): number {
  return requestsOf(template, resource).reduce((sum, { amount }) => sum + amount, 0)
}

/**
 * What is known of a pod's requests while it runs. A limit stands for the request that is absent. A request of the whole
 * pod stands for those of its containers, and its limit where none of them states anything.
 * Source: SetDefaults_Pod in pkg/apis/core/v1/defaults.go.
 */
export function requestsOf(template: PodTemplate, resource: ResourceName): StatedRequest[] {
  if (template.isUnknown('spec', 'resources', 'requests', resource)) return []
  const { resources } = (template.value.spec ?? {}) as { resources?: Resources }
  const whole = requestOf(template, ['spec', 'resources'], resources, resource)
  if (whole?.path.includes('requests')) return [whole]
  const containers = containersOf(template)
  if (whole && containers.every((one) => statesNone(one, resource))) return [whole]
  return containers.flatMap((one) => {
    if (!runsThroughout(one)) return []
    return requestOf(one, ['resources'], one.value.resources as Resources, resource) ?? []
  })
}

function statesNone(container: ContainerNode, resource: ResourceName): boolean {
  return (['requests', 'limits'] as const).every((part) => container.lacks('resources', part, resource))
}

function requestOf(
  node: StatedRequest['node'],
  path: Path,
  resources: Resources | undefined,
  resource: ResourceName,
): StatedRequest | undefined {
  const part = node.lacks(...path, 'requests', resource) ? 'limits' : 'requests'
  const amount = quantityOf(resources?.[part]?.[resource])?.amount
  return amount === undefined ? undefined : { node, path: [...path, part, resource], amount }
}
