import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { type Agents, agentsFor } from '../utils/agents.ts'
import { isRegistrar, mayRegister } from '../utils/csi.ts'
import { flagsOf } from '../utils/flags.ts'
import { normaliseHostPath } from '../utils/host-paths.ts'
import { hostPlaceAt, volumeAt } from '../utils/host-view.ts'
import { containersOf, hostMountsOf, knowsHostMounts, mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require that the kubelet gets to know a CSI driver',
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      registrar:
        'Container `{{container}}` is a CSI driver, but no node-driver-registrar runs beside it, so the kubelet never learns of it and no volume is mounted.',
      folder:
        "Container `{{container}}` writes its registration to `{{place}}`, which is not the kubelet's `plugins_registry`, so the kubelet never learns of the driver. Expected `/var/lib/kubelet/plugins_registry` there.",
      socket:
        'The kubelet is told to find the driver at `{{told}}` on the node, but its socket is at `{{actual}}`, so no volume is mounted.',
      inside:
        "The driver's socket is in the pod's own volume `{{volume}}`, where the kubelet does not reach it, so no volume is mounted. Expected a `hostPath`.",
    },
    needs: { text: /driver-registrar|Bidirectional/i },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (!knowsHostMounts(template) || mayBeForWindows(template)) return
        const driver = mayRegister(template) ? undefined : driverOf(template, agents)
        if (driver) {
          const data = { container: nameOf(driver) }
          context.report({ node: driver, path: ['image'], messageId: 'registrar', data })
        }
        for (const node of containersOf(template).filter(isRegistrar)) checkRegistrar(template, node)
      },
    }

    function checkRegistrar(template: PodTemplate, node: ContainerNode) {
      const flags = flagsOf(node)
      if (!flags) return
      const folder = flags.get('plugin-registration-path')
      const place = folder?.value || '/registration'
      if (
        folder?.known !== false &&
        !/\/plugins_registry$/.test(hostPlaceAt(template, node, place)?.path ?? '')
      ) {
        const data = { container: nameOf(node), place }
        const path = folder?.path ?? ['volumeMounts']
        context.report({ node, path, messageId: 'folder', data })
      }
      const told = flags.get('kubelet-registration-path')
      const address = flags.get('csi-address')
      if (!told?.known || !told.value.startsWith('/') || address?.known === false) return
      const socket = (address?.value || '/run/csi/socket').replace(/^unix:\/\//, '')
      const actual = hostPlaceAt(template, node, socket)?.path
      if (actual === undefined) {
        const volume = volumeAt(template, node, socket)
        if (!volume?.value.emptyDir) return
        const data = { volume: nameOf(volume) }
        context.report({ node, path: told.path, messageId: 'inside', data })
        return
      }
      if (actual === normaliseHostPath(told.value)) return
      context.report({
        node,
        path: told.path,
        messageId: 'socket',
        data: { told: told.value, actual },
      })
    }
  },
})

/** The container of a pod that mounts volumes on the node as a known CSI driver. */
function driverOf(template: PodTemplate, { agentOf }: Agents): ContainerNode | undefined {
  const mounts = hostMountsOf(template)
  if (mounts.some(({ hostPath }) => hostPath.endsWith('/plugins_registry'))) return undefined
  return mainContainersOf(template).find(
    (container) =>
      agentOf(container)?.id === 'csi-driver' &&
      mounts.some((one) => one.container === container && one.mount.mountPropagation === 'Bidirectional'),
  )
}
