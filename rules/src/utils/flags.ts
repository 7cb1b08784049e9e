import type { ContainerNode } from '@daemonlint/core'
import { standIns } from './commands.ts'
import { closedPartOf } from './env-references.ts'
import { once } from './once.ts'

/** A flag that a container's program is given. */
export interface Flag {
  /** As the program sees it: `$(NAME)` is replaced by the variable's value. '' for one without a value. */
  value: string
  /** False where a placeholder or the environment hides the value. */
  known: boolean
  /** The word that holds the value, from the container. */
  path: readonly ['command' | 'args', number]
}

/**
 * The flags of a container's program by their names, without dashes: `--path.rootfs=/host`, `-conf /etc/Corefile`. Of
 * one given twice the last counts.
 * @returns undefined where some may be hidden: in a placeholder or a script, or as nothing is known of the words
 */
export const flagsOf: (container: ContainerNode) => ReadonlyMap<string, Flag> | undefined = once(
  (container) => {
    const flags = new Map<string, Flag>()
    let open: string | undefined
    for (const list of ['command', 'args'] as const) {
      if (container.isUnknown(list)) return undefined
      for (const [index, word] of (container.value[list] ?? []).entries()) {
        if (typeof word !== 'string' || standIns.test(word) || /^[^-].*\s/.test(word)) return undefined
        const path = [list, index] as const
        const unknown = container.isUnknown(list, index)
        const [, name, value] = /^--?([A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(word) ?? []
        if (name !== undefined) {
          const text = value === undefined ? '' : expanded(container, value)
          flags.set(name, { value: text ?? '', known: text !== undefined && !unknown, path })
          open = value === undefined ? name : undefined
        } else if (open !== undefined) {
          const text = expanded(container, word)
          flags.set(open, { value: text ?? '', known: text !== undefined && !unknown, path })
          open = undefined
        } else if (unknown) return undefined
      }
    }
    return flags
  },
)

/** True when a flag that is on without a value is given and switches off what it names, or may: its value is hidden. */
export function mayBeOff(flag: Flag | undefined): boolean {
  return flag !== undefined && !(flag.known && /^(|true)$/.test(flag.value))
}

/** What an environment variable of a container is set to; undefined where that is not known, null where it is not set. */
export function environmentOf(container: ContainerNode, name: string): string | null | undefined {
  const list = container.value.env ?? []
  if (container.isUnknown('env') || list.some((_, index) => container.isUnknown('env', index, 'name'))) {
    return undefined
  }
  const index = list.findLastIndex((variable) => variable?.name === name)
  if (index < 0) return container.manifest.role !== 'patch' && container.lacks('envFrom') ? null : undefined
  if (container.isUnknown('env', index) || container.isUnknown('env', index, 'value')) return undefined
  const { value, valueFrom } = list[index]!
  const text = value ?? ''
  return valueFrom || text.includes('$(') ? undefined : text
}

/** A word with the variables in it replaced, as the kubelet does; undefined where one is not known. */
function expanded(container: ContainerNode, word: string): string | undefined {
  let known = true
  const closed = closedPartOf(word)
  const text = closed.replace(/\$\(([^)]+)\)/g, (reference, name: string) => {
    const value = environmentOf(container, name)
    if (typeof value !== 'string') known = false
    return value ?? reference
  })
  return known ? text + word.slice(closed.length) : undefined
}
