import type { ContainerNode } from '@daemonlint/core'
import { templateOf } from './template.ts'

export type ResourceName = 'cpu' | 'memory'

/** What messages call a resource. */
export function labelOf(resource: ResourceName): string {
  return resource === 'cpu' ? 'CPU' : 'memory'
}

/**
 * True when a container surely has neither its own request or limit for a resource nor one of the whole pod
 * (`spec.resources`, on by default since Kubernetes 1.34). A limit supplies the request that it lacks.
 * Source: SetDefaults_Pod in pkg/apis/core/v1/defaults.go.
 */
export function lacksRequest(container: ContainerNode, resource: ResourceName): boolean {
  return (['requests', 'limits'] as const).every((part) => lacksResource(container, part, resource))
}

/** True when neither the container nor its pod has a request, or a limit, for a resource. */
export function lacksResource(
  container: ContainerNode,
  part: 'requests' | 'limits',
  resource: ResourceName,
): boolean {
  if (!container.lacks('resources', part, resource)) return false
  const template = templateOf(container)
  return !template || template.lacks('spec', 'resources', part, resource)
}

/**
 * True for what runs as long as the pod does. An ordinary init container is gone before the others start, and what it
 * asks for counts only while it runs, so that nothing is left uncounted when it asks for nothing.
 */
export function runsThroughout(container: ContainerNode): boolean {
  return container.list === 'containers' || container.sidecar
}

/**
 * True when the pod as a whole is surely given nothing (`spec.resources`), so that more for one of its containers breaks
 * no promise of the pod's.
 */
export function leavesPodOpen(container: ContainerNode): boolean {
  return templateOf(container)?.lacks('spec', 'resources') ?? false
}
