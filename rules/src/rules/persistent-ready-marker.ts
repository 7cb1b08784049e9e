import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { hooks, mainWordsOf, wordsAt } from '../utils/handlers.ts'
import { hostPlaceAt } from '../utils/host-view.ts'
import { containersOf, knowsHostMounts } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { once } from '../utils/once.ts'
import { commandsOf, programOf, wordIndexOf } from '../utils/shell.ts'
import { templateOf } from '../utils/template.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow probes of a marker file that outlives the pod',
      category: 'probes',
      presets: { strict: 'warn', reliability: 'warn' },
    },
    messages: {
      outlives:
        'The {{probe}} of container `{{container}}` tests `{{file}}`, which lies on the node (`{{hostPath}}`) and outlives the pod: the next pod is ready at once, working or not. Expected the file in an emptyDir, or removed before the daemon starts.',
    },
    needs: { text: /readinessProbe|startupProbe/ },
  },

  create(context) {
    return {
      container(node) {
        const template = templateOf(node)
        if (!template || !knowsHostMounts(template)) return
        for (const probe of ['readinessProbe', 'startupProbe'] as const) {
          const path = [probe, 'exec', 'command']
          const words = wordsAt(node, ...path) ?? []
          const files = commandsOf(words).map(testedFileOf)
          // Where anything else is tested as well, that may tell.
          const hosts = files.map((file) => (file === undefined ? undefined : hostFileOf(file, node)))
          const [file, hostPath] = [files[0], hosts[0]]
          if (!file || !hostPath || !hosts.every(Boolean) || mayRemove(template)) continue
          context.report({
            node,
            path: [...path, wordIndexOf(words, file)],
            messageId: 'outlives',
            data: { probe, container: nameOf(node), file, hostPath },
          })
        }
      },
    }
  },
})

/** The file whose being there a command tests; undefined for any other command. */
function testedFileOf(command: readonly string[]): string | undefined {
  const operands = command.slice(1).filter((word) => !word.startsWith('-') && word !== ']')
  const tests = ['cat', 'test', '[', 'ls', 'stat'].includes(programOf(command))
  // `test $(cat file) = 1` looks into it.
  return tests && operands.length === 1 && operands[0]!.startsWith('/') ? operands[0] : undefined
}

/** What files are called that say how far their writer is. */
const marker = /(ready|health|alive|live|started|init|done|complete|success|marker)/i

/** Where a marker lies on the node; undefined where it does not, or something else makes it. */
function hostFileOf(file: string, container: ContainerNode): string | undefined {
  if (!marker.test(file.slice(file.lastIndexOf('/') + 1)) || file.endsWith('.sock')) return undefined
  const { mount, path } = hostPlaceAt(templateOf(container)!, container, file) ?? {}
  // What it cannot write is somebody else's, and says that the node is ready.
  if (!mount || mount.mount.readOnly || container.isUnknown('volumeMounts', mount.index, 'readOnly'))
    return undefined
  return path
}

/** True when something in the pod removes files, or may do so. What an image does by itself is not known. */
const mayRemove: (template: PodTemplate) => boolean = once((template) =>
  containersOf(template).some((container) => {
    const lists = [
      mainWordsOf(container)?.map(({ text }) => text),
      ...hooks.map((hook) => {
        const path = ['lifecycle', hook, 'exec', 'command']
        return container.lacks(...path) ? [] : wordsAt(container, ...path)
      }),
    ]
    return lists.some((texts) => !texts || texts.some((text) => /\b(rm|unlink|mv|find)\b/.test(text)))
  }),
)
