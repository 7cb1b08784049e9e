import type { ContainerNode, Fixer, Path } from '@daemonlint/core'
import { goMemoryLimitOf, needsGoMemoryLimit } from './go-memory.ts'
import type { KnownAgent } from './known-agents.ts'
import { doubled, doubledCpu, quantityOf } from './quantities.ts'
import type { ResourceName } from './resources.ts'

/** A request or a limit that a container is to state. */
export interface Demand {
  part: 'requests' | 'limits'
  resource: ResourceName
}

/** What an agent may start with of which nothing is measured yet. */
export const starts = {
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { cpu: '200m', memory: '256Mi' },
}

/**
 * A suggestion of values for a container of which nothing is measured yet: limits are twice what it requests. None where
 * that is not known, or is not written as an integer.
 * @param messageIds the one where the Go runtime is told of a limit as well, and that for all else
 */
export function startingSuggestions<Id extends string>(
  container: ContainerNode,
  agent: KnownAgent | undefined,
  demands: readonly Demand[],
  messageIds: { plain: Id; go: Id },
) {
  const values = new Map<string, { path: Path; value: string }>()
  for (const { part, resource } of demands) {
    const value = part === 'requests' ? starts.requests[resource] : startingLimit(container, resource)
    if (value === undefined) return []
    values.set(`${part}.${resource}`, { path: ['resources', part, resource], value })
  }
  const goLimit = needsGoMemoryLimit(container, agent)
    ? goMemoryLimitOf(values.get('limits.memory')?.value)
    : undefined
  return [
    {
      messageId: goLimit ? messageIds.go : messageIds.plain,
      data: { values: [...values].map(([key, { value }]) => `\`${key}: ${value}\``).join(', ') },
      fix: (fixer: Fixer) => [
        ...[...values.values()].map(({ path, value }) => fixer.set(path, value)),
        ...(goLimit ? [fixer.append(['env'], { name: 'GOMEMLIMIT', value: goLimit })] : []),
      ],
    },
  ]
}

function startingLimit(container: ContainerNode, resource: ResourceName): string | undefined {
  const request = container.value.resources?.requests?.[resource]
  if (container.isUnknown('resources', 'requests', resource)) return undefined
  if (request === undefined || request === null || quantityOf(request)?.amount === 0) {
    return starts.limits[resource]
  }
  return resource === 'cpu' ? doubledCpu(request) : doubled(request)
}
