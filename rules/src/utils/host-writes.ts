import type { ContainerNode, Path, PodTemplate } from '@daemonlint/core'
import { mainWordsOf } from './handlers.ts'
import { normaliseHostPath } from './host-paths.ts'
import { hostPlaceAt } from './host-view.ts'
import type { HostMount } from './mounts.ts'
import { commandsOf, programOf, wordIndexOf } from './shell.ts'

/** A file of the node that a command writes. */
export interface HostWrite {
  container: ContainerNode
  mount: HostMount
  /** Where it lies on the node. */
  host: string
  /** The word that says so, or the script. */
  path: Path
}

/** The files of the node that a container's own commands surely write. */
export function hostWritesOf(container: ContainerNode, template: PodTemplate): HostWrite[] {
  const words = mainWordsOf(container) ?? []
  const texts = words.map(({ text }) => text)
  return commandsOf(texts).flatMap((command) =>
    targetsOf(command).flatMap((target): HostWrite[] => {
      const file = hostPlaceAt(template, container, target)
      const at = words[wordIndexOf(texts, target)]
      return file && at ? [{ container, mount: file.mount, host: file.path, path: at.path }] : []
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
