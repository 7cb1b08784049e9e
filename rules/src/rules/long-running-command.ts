import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { repositoryOf } from '../utils/image.ts'
import { nameOf } from '../utils/names.ts'

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
        if (node.list === 'initContainers' || node.manifest.role === 'patch' || node.isUnknown('image'))
          return
        if (node.lacks('command') && node.lacks('args')) {
          if (!onlyShell.test(repositoryOf(node)) || mayHaveInput(node)) return
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

/** What a container runs, where that surely ends. */
function endingCommand(container: ContainerNode): string | undefined {
  if (container.isUnknown('command') || container.isUnknown('args')) return undefined
  // `args` alone are given to a program of the image.
  if (container.lacks('command') && !onlyShell.test(repositoryOf(container))) return undefined
  const { command, args } = container.value
  const words: unknown[] = [...(command ?? []), ...(args ?? [])]
  const known = (['command', 'args'] as const).every((list) =>
    (container.value[list] ?? []).every(
      (word, at) => typeof word === 'string' && !container.isUnknown(list, at),
    ),
  )
  if (!known || words.length === 0) return undefined
  const [program, flag, script, ...rest] = words as string[]
  if (!isShell(program!)) return isOneShot(program!) ? words.join(' ') : undefined
  if (!/^-[eux]*c[eux]*$/.test(flag ?? '') || script === undefined || rest.length > 0) return undefined
  const commands = script.split(/&&|\|\||[;\n]/).map((one) => one.trim())
  // A pipe, a loop, another program in a variable or in the background: who knows.
  if (/[|&`$(){}]/.test(script.replaceAll('&&', '').replaceAll('||', '').replace(/\$\w+/g, '')))
    return undefined
  const real = commands.filter((one) => one !== '' && !one.startsWith('#'))
  return real.length > 0 && real.every((one) => isOneShot(one.split(/\s/)[0]!)) ? real.join('; ') : undefined
}

function isShell(word: string): boolean {
  return /(^|\/)(sh|bash|ash|dash)$/.test(word)
}

function isOneShot(word: string): boolean {
  return oneShot.has(word.slice(word.lastIndexOf('/') + 1))
}
