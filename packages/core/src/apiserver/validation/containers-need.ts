import type { Container, PodSpec } from '../../schema/decoded.generated.ts'
import {
  addQuantities,
  compareQuantities,
  type ParsedQuantity,
  parseResource,
} from '../formats/quantities.ts'

/** Resources by name. */
export type Needed = Map<string, ParsedQuantity>

/**
 * What the containers of a pod need at once, at most: all containers with the sidecars, or an init container with the
 * sidecars before it.
 * Source: k8s.io/component-helpers resource, AggregateContainerRequests and AggregateContainerLimits.
 */
export function neededByContainers(spec: PodSpec, kind: 'requests' | 'limits'): Needed {
  const running: Needed = new Map()
  for (const container of spec.containers ?? []) add(running, resourcesOf(container, kind))
  const sidecars: Needed = new Map()
  const starting: Needed = new Map()
  for (const container of spec.initContainers ?? []) {
    const own = resourcesOf(container, kind)
    if (container?.restartPolicy === 'Always') {
      add(running, own)
      add(sidecars, own)
      keepGreater(starting, sidecars)
    } else {
      const now = new Map(sidecars)
      add(now, own)
      keepGreater(starting, now)
    }
  }
  keepGreater(running, starting)
  return running
}

function resourcesOf(container: Container | null, kind: 'requests' | 'limits'): Needed {
  const list = container?.resources?.[kind] ?? {}
  return new Map(Object.keys(list).map((name) => [name, parseResource(list[name])]))
}

function add(sum: Needed, more: Needed): void {
  for (const [name, quantity] of more) {
    const before = sum.get(name)
    sum.set(name, before ? addQuantities(before, quantity) : quantity)
  }
}

function keepGreater(most: Needed, others: Needed): void {
  for (const [name, quantity] of others) {
    const before = most.get(name)
    if (!before || compareQuantities(quantity, before) > 0) most.set(name, quantity)
  }
}
