import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { mayRun } from '../utils/commands.ts'
import { isLivenessProbe, isRegistrar } from '../utils/csi.ts'
import { knownRepositoryOf } from '../utils/image.ts'
import {
  containersOf,
  hostMountsOf,
  isWritable,
  knowsHostMounts,
  mainContainersOf,
  mayPropagate,
} from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { mayShare } from '../utils/template.ts'

/** The kubelet's folder, or that of its pods, whatever the kubelet's root is. */
const ofKubelet = /\/kubelet(\/pods)?$/

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require that what a CSI driver mounts appears on the node',
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      missing:
        "What container `{{container}}` mounts below `{{path}}` stays inside it: pods with its volumes find an empty folder, and write to the node's own disk. Expected `mountPropagation: Bidirectional`.",
      set: 'Set `mountPropagation: Bidirectional`',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /driver-registrar/i },
  },
  create(context) {
    return {
      podTemplate(template) {
        if (!knowsHostMounts(template) || mayBeForWindows(template)) return
        if (!containersOf(template).some(isRegistrar) || mayMountOnNode(template)) return
        for (const host of hostMountsOf(template)) {
          const { container, hostPath, index, mount } = host
          if (!ofKubelet.test(hostPath) || !mayBeDriver(container) || !isWritable(host)) continue
          const path = ['volumeMounts', index, 'mountPropagation'] as const
          context.report({
            node: container,
            path,
            messageId: 'missing',
            data: { container: nameOf(container), path: mount.mountPath },
            // The API server refuses it in any other container.
            suggest:
              container.value.securityContext?.privileged === true
                ? [{ messageId: 'set', fix: (fixer) => fixer.set(path, 'Bidirectional') }]
                : [],
          })
          return
        }
      },
    }
  },
})

/** A sidecar of the project's mounts no volumes. */
function mayBeDriver(container: ContainerNode): boolean {
  if (container.list === 'initContainers' || knownRepositoryOf(container) === '') return false
  return !isRegistrar(container) && !isLivenessProbe(container)
}

/** True when something in the pod mounts on the node: by propagation, or in the node's own namespaces. */
function mayMountOnNode(template: PodTemplate): boolean {
  if (mayShare(template, 'hostPID')) return true
  if (hostMountsOf(template).some(({ hostPath }) => hostPath === '/')) return true
  return mainContainersOf(template).some(
    (container) =>
      mayRun(container, /(^|[\s/])(nsenter|chroot)(\s|$)/) ||
      (container.value.volumeMounts ?? []).some((_, index) => mayPropagate(container, index)),
  )
}
