import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { knownRepositoryOf, repositoryOf } from './image.ts'
import { containersOf } from './mounts.ts'

/**
 * True for the sidecar that makes a CSI driver known to the kubelet.
 * https://github.com/kubernetes-csi/node-driver-registrar
 */
export function isRegistrar(container: ContainerNode): boolean {
  return /(^|[/-])(csi-)?(node-)?driver-registrar$/.test(repositoryOf(container))
}

/** True for the sidecar that asks a CSI driver whether it is well. https://github.com/kubernetes-csi/livenessprobe */
export function isLivenessProbe(container: ContainerNode): boolean {
  return /(^|[/-])livenessprobe$/.test(repositoryOf(container))
}

/** True when some container is the registrar, or may be: its image is not known. */
export function mayRegister(template: PodTemplate): boolean {
  return containersOf(template).some(
    (container) => isRegistrar(container) || (!container.lacks('image') && !knownRepositoryOf(container)),
  )
}
