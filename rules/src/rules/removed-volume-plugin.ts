import type { ContainerNode, VolumeNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { mountersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { minorOf } from '../utils/versions.ts'

/**
 * Plugins that were taken out of Kubernetes, and the first minor version without them: pkg/api/pod/warnings.go,
 * warningsForPodSpecAndMeta. `gitRepo` is not among them: it is still there, off by default.
 */
const removed = {
  cephfs: 31,
  flocker: 25,
  glusterfs: 26,
  photonPersistentDisk: 16,
  quobyte: 25,
  rbd: 31,
  scaleIO: 22,
  storageos: 25,
} as const

type Plugin = keyof typeof removed

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow volumes whose plugin no longer exists',
      category: 'storage',
      presets: { recommended: 'error', strict: 'error' },
    },
    messages: {
      removed:
        'Container `{{container}}` mounts a `{{plugin}}` volume, which no kubelet can mount since Kubernetes 1.{{version}}: on every node the pod waits for it forever. Expected a volume of a CSI driver.',
    },
    supersedes: ['api-server/deprecated-volume'],
    needs: { text: new RegExp(Object.keys(removed).join('|')) },
  },
  create(context) {
    const oldest = minorOf(context.kubernetesVersions[0] ?? '')
    return {
      volume(node) {
        for (const [plugin, version] of Object.entries(removed)) {
          if (!node.value[plugin as Plugin] || node.isUnknown(plugin) || oldest < version) continue
          const mounter = mounterOf(node)
          if (!mounter) continue
          const container = nameOf(mounter)
          context.report({ node, path: [plugin], messageId: 'removed', data: { container, plugin, version } })
        }
      },
    }
  },
})

/** A container that mounts a volume: the kubelet leaves out those that none mounts. */
function mounterOf(volume: VolumeNode): ContainerNode | undefined {
  const template = volume.manifest.children[0]
  return template && !volume.isUnknown('name') ? mountersOf(template).get(volume.value.name) : undefined
}
