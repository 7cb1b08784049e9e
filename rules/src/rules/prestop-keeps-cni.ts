import type { ContainerNode, Path } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { mainWordsOf, wordsAt } from '../utils/handlers.ts'
import { normaliseHostPath } from '../utils/host-paths.ts'
import { hostPlaceAt } from '../utils/host-view.ts'
import { nameOf } from '../utils/names.ts'
import { withEmptied } from '../utils/removal.ts'
import { runsThroughout } from '../utils/resources.ts'
import {
  commandsOfScript,
  mayKeep,
  programOf,
  scriptIndexOf,
  trapHandlersOf,
  wordIndexOf,
} from '../utils/shell.ts'
import { templateOf } from '../utils/template.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow removing CNI files from the node whenever the pod stops',
      category: 'lifecycle',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      preStop:
        'The preStop hook of container `{{container}}` removes `{{path}}` from the node. It runs at every rollout and restart, not only when the DaemonSet goes: until the next pod has put it back, pods on the node get no network, or that of another plugin.',
      trap: 'Container `{{container}}` removes `{{path}}` from the node when it is asked to stop. That is at every rollout and restart, not only when the DaemonSet goes: until the next pod has put it back, pods on the node get no network, or that of another plugin.',
      remove: 'Remove the hook',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /cni/ },
  },

  create(context) {
    return {
      container(node) {
        if (!runsThroughout(node)) return
        const hook = ['lifecycle', 'preStop', 'exec', 'command']
        const words = wordsAt(node, ...hook) ?? []
        const script = words[scriptIndexOf(words)]
        const [removed] = script === undefined ? removedBy([words], node) : removedByScript(script, node)
        if (removed) {
          context.report({
            node,
            path: [...hook, wordIndexOf(words, removed)],
            messageId: 'preStop',
            data: { container: nameOf(node), path: removed },
            suggest: [
              {
                messageId: 'remove',
                fix: (fixer) =>
                  node.manifest.role === 'patch'
                    ? null
                    : fixer.remove(withEmptied(node, ['lifecycle', 'preStop'], [])),
              },
            ],
          })
        }
        const trapped = removedByTrap(node)
        if (trapped) {
          context.report({
            node,
            path: trapped.path,
            messageId: 'trap',
            data: { container: nameOf(node), path: trapped.removed },
          })
        }
      },
    }
  },
})

/** What the handlers of a container's own script remove. */
function removedByTrap(container: ContainerNode): { path: Path; removed: string } | undefined {
  for (const { text, path } of mainWordsOf(container) ?? []) {
    const [removed] = trapHandlersOf(text).flatMap((handler) => removedByScript(handler, container))
    if (removed) return { path, removed }
  }
  return undefined
}

/** Those that a script removes whatever else is so. */
function removedByScript(script: string, container: ContainerNode): string[] {
  return removedBy(commandsOfScript(script), container).filter((file) => !mayKeep(script, file))
}

/** The CNI files of the node that commands remove, as they are written. */
function removedBy(commands: readonly string[][], container: ContainerNode): string[] {
  return commands
    .filter((command) => ['rm', 'unlink'].includes(programOf(command)))
    .flatMap((command) => command.slice(1))
    .filter((operand) => operand.startsWith('/') && isCniFile(operand, container))
}

const cniFolder = /\/cni\/(net\.d|bin)(\/|$)/

/** True for a path below the node's CNI folders, as the container sees it. */
function isCniFile(operand: string, container: ContainerNode): boolean {
  if (cniFolder.test(normaliseHostPath(operand))) return true
  return cniFolder.test(hostPlaceAt(templateOf(container)!, container, operand)?.path ?? '')
}
