import type { ContainerNode, Path, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { hooks, mainWordsOf, wordsAt } from '../utils/handlers.ts'
import { isWithin, normaliseHostPath } from '../utils/host-paths.ts'
import { containersOf, hostFileAt } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { once } from '../utils/once.ts'
import { commandsOf, programOf, scriptIndexOf } from '../utils/shell.ts'

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
        'Container `{{container}}` writes `{{path}}` to the node, and nothing takes it away: when the DaemonSet goes, the node goes on by it. Expected something that removes it then, and a disable comment that says what.',
    },
  },

  create(context) {
    return {
      podTemplate(node) {
        if (node.manifest.role === 'patch' || mayCleanUp(node)) return
        const seen = new Set<string>()
        for (const { container, host, path } of containersOf(node).flatMap((one) => writesOf(one, node))) {
          if (seen.has(host)) continue
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

/** The files of the node's configuration that a container's own commands write, and what writes them. */
function writesOf(container: ContainerNode, template: PodTemplate) {
  const words = mainWordsOf(container) ?? []
  const texts = words.map(({ text }) => text)
  const script = scriptIndexOf(texts)
  return commandsOf(texts).flatMap((command) =>
    targetsOf(command).flatMap((target): { container: ContainerNode; host: string; path: Path }[] => {
      const host = hostFileAt(container, template, target)?.path
      if (!host || !(isNetwork(host) || settings.some((folder) => isWithin(host, folder)))) return []
      const at = words[script < 0 ? texts.indexOf(target) : script]
      return at ? [{ container, host, path: at.path }] : []
    }),
  )
}

/** The absolute paths that a command writes to. */
function targetsOf(command: readonly string[]): string[] {
  const operands = command.slice(1).filter((word) => !word.startsWith('-'))
  const redirected = command.flatMap((word, index) => {
    const [, operator, target] = /^[12]?(>>?)(.*)$/.exec(word) ?? []
    return operator ? [target || (command[index + 1] ?? '')] : []
  })
  const written = {
    cp: operands.slice(-1),
    mv: operands.slice(-1),
    install: operands.slice(-1),
    tee: operands,
  }
  const own = written[programOf(command) as keyof typeof written] ?? []
  return [...own, ...redirected].filter((path) => path.startsWith('/') && normaliseHostPath(path) !== '/')
}

/** True when something in the pod speaks of cleaning up, or a hook removes files, or may do so. */
const mayCleanUp: (template: PodTemplate) => boolean = once((template) =>
  containersOf(template).some((container) => {
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
  }),
)
