import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { mainWordsOf } from '../utils/handlers.ts'
import { repositoryOf } from '../utils/image.ts'
import { nameOf } from '../utils/names.ts'
import { commandsOfScript, programOf, scriptIndexOf } from '../utils/shell.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a container of a DaemonSet to run something that does not end',
      category: 'lifecycle',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      ends: 'Container `{{container}}` runs `{{command}}`, which ends, and the kubelet starts it again and again, on every node. Expected it as an init container, and a container that goes on running.',
      shell:
        'Container `{{container}}` runs the shell of `{{image}}`, which ends at once as it has no input, and the kubelet starts it again and again, on every node. Expected a `command`.',
    },
  },
  create(context) {
    return {
      container(node) {
        if (node.list === 'initContainers' || node.manifest.role === 'patch') return
        if (node.lacks('command') && node.lacks('args')) {
          if (!isOnlyShell(node) || mayHaveInput(node)) return
          const data = { container: nameOf(node), image: repositoryOf(node) }
          context.report({ node, path: ['image'], messageId: 'shell', data })
          return
        }
        const command = endingCommand(node)
        if (command === undefined) return
        const list = node.lacks('command') ? 'args' : 'command'
        context.report({ node, path: [list], messageId: 'ends', data: { container: nameOf(node), command } })
      },
    }
  },
})

/** Images of distributions, whose command is a shell; only Docker's own, as one's own may have another. */
const onlyShell =
  /^((docker\.io\/|.*\/)?library\/|docker\.io\/)?(almalinux|alpine|amazonlinux|bash|busybox|centos|debian|fedora|rockylinux|ubuntu)$/

function isOnlyShell(container: ContainerNode): boolean {
  return !container.isUnknown('image') && onlyShell.test(repositoryOf(container))
}

function mayHaveInput(container: ContainerNode): boolean {
  return (['stdin', 'tty'] as const).some(
    (field) => !container.lacks(field) && container.value[field] !== false,
  )
}

/** Programs that do one thing and end, whatever their arguments; and what shells do by themselves. */
const oneShot = new Set(
  'apk apt-get cd chmod chown cp date echo export false id kube-bench ln ls mkdir modprobe mv printenv printf rm set sysctl touch true uname whoami'.split(
    ' ',
  ),
)

/** The beginning of a loop that may go on as long as it likes. */
const loop = /(^|[;&|]|\b(do|then|else|if)\s)\s*(while|until)\s/m

/** What a container runs, where that surely ends. */
function endingCommand(container: ContainerNode): string | undefined {
  // `args` alone are given to a program of the image.
  if (container.lacks('command') && !isOnlyShell(container)) return undefined
  const words = mainWordsOf(container)?.map(({ text }) => text) ?? []
  const index = scriptIndexOf(words)
  if (index < 0) return isOneShot(words) ? words.join(' ') : undefined
  const script = words[index]!
  // A pipe, a loop, another program in a variable or in the background: who knows.
  if (/[|&`$(){}]/.test(script.replaceAll('&&', '').replaceAll('||', '').replace(/\$\w+/g, '')))
    return undefined
  const commands = commandsOfScript(script)
  if (index < words.length - 1 || loop.test(script) || commands.length === 0) return undefined
  return commands.every(isOneShot) ? commands.map((command) => command.join(' ')).join('; ') : undefined
}

function isOneShot(command: readonly string[]): boolean {
  return oneShot.has(programOf(command))
}
