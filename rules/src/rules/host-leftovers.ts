import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { hooks, mainWordsOf, wordsAt } from '../utils/handlers.ts'
import { isWithin } from '../utils/host-paths.ts'
import { hostWritesOf } from '../utils/host-writes.ts'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require that what a pod writes into the configuration of its node is taken away again',
      category: 'lifecycle',
      presets: { strict: 'info', reliability: 'info', 'network-agents': 'info' },
    },
    messages: {
      network:
        'Container `{{container}}` writes `{{path}}` to the node, and nothing takes it away: when the DaemonSet goes, new pods on the node are still set up for its network, and fail or are cut off. Expected something that removes it then, and a disable comment that says what.',
      settings:
        'Container `{{container}}` writes `{{path}}` to the node, and nothing takes it away: when the DaemonSet goes, it stays in force on the node. Expected something that removes it then, and a disable comment that says what.',
    },
    needs: { text: /hostPath/ },
  },

  create(context) {
    return {
      podTemplate(node) {
        if (node.manifest.role === 'patch' || mayCleanUp(node)) return
        const seen = new Set<string>()
        const writes = containersOf(node).flatMap((one) => hostWritesOf(one, node))
        for (const { container, host, path } of writes) {
          if (seen.has(host) || !(isNetwork(host) || settings.some((folder) => isWithin(host, folder))))
            continue
          seen.add(host)
          context.report({
            node: container,
            path,
            messageId: isNetwork(host) ? 'network' : 'settings',
            data: { container: nameOf(container), path: host },
          })
        }
      },
    }
  },
})

/** What programs of the node read whenever they start. file-hierarchy(7), systemd.unit(5), sysctl.d(5), udev(7) … */
const settings: readonly string[] = [
  '/etc/containerd',
  '/etc/cron.d',
  '/etc/docker',
  '/etc/modprobe.d',
  '/etc/modules-load.d',
  '/etc/security/limits.d',
  '/etc/sysctl.d',
  '/etc/systemd',
  '/etc/udev',
  '/lib/systemd',
  '/usr/lib/systemd',
]

function isNetwork(path: string): boolean {
  return /\/cni\/net\.d(\/|$)/.test(path)
}

/** True when something in the pod speaks of cleaning up, or a hook removes files, or may do so. */
function mayCleanUp(template: PodTemplate): boolean {
  return containersOf(template).some((container) => {
    const main = mainWordsOf(container)
    const ends = hooks.map((hook) => {
      const path = ['lifecycle', hook, 'exec', 'command']
      return container.lacks(...path) ? [] : wordsAt(container, ...path)
    })
    if (!main || ends.some((words) => !words)) return true
    const hooked = ends.flatMap((words) => words ?? [])
    const texts = [...main.map(({ text }) => text), ...hooked]
    return (
      texts.some((text) => /\btrap\b|uninstall|clean-?up/i.test(text)) ||
      hooked.some((text) => /\b(rm|unlink)\b/.test(text))
    )
  })
}
