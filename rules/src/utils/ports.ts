import type { ContainerNode } from '@daemonlint/core'

/** The first TCP port that a container declares: its name, else its number. */
export function tcpPortOf(container: ContainerNode): string | number | undefined {
  const ports = container.value.ports ?? []
  const index = ports.findIndex((port, at) => {
    const known = ['protocol', 'name', 'containerPort'].every((key) => !container.isUnknown('ports', at, key))
    return known && (port?.protocol ?? 'TCP') === 'TCP' && port?.containerPort
  })
  return ports[index]?.name ?? ports[index]?.containerPort
}
