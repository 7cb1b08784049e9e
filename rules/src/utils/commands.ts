import type { ContainerNode } from '@daemonlint/core'

type Line = 'command' | 'args'

/** Programs that start others or only wait: given as a command, they take the place of the image's own program. */
export const standIns = /(^|\/)(sh|bash|ash|dash|zsh|busybox|sleep|tail|true)$/

/**
 * True when a container's `command`, or its `args` for an entrypoint that runs them, puts a shell or a mere wait in the
 * place of the image's program, or may do so.
 * @param program the names of the image's program: a script that names it starts it
 */
export function mayRunAnother(container: ContainerNode, program: RegExp): boolean {
  if (container.isUnknown('command') || container.isUnknown('args')) return true
  const words = wordsOf(container)
  const [first] = words
  if (!first || (!first.unknown && !standIns.test(first.text))) return false
  return !words.some(({ text }) => program.test(text))
}

/**
 * True when a container, its probes and hooks included, runs a program by its name (`nsenter`), in a script or directly,
 * or may do so: what is run is a placeholder.
 * @param program matches the name in a command line
 */
export function mayRun(container: ContainerNode, program: RegExp): boolean {
  const { value } = container
  if (container.isUnknown('command') || container.isUnknown('args')) return true
  // Of a flag it is known that it is no program.
  if (
    wordsOf(container).some(({ text, unknown }) => program.test(text) || (unknown && !text.startsWith('-')))
  )
    return true
  return handlers.some((path) => {
    if (container.isUnknown(...path)) return true
    const command = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], value)
    if (!Array.isArray(command)) return container.isUnknown(...path.slice(0, 1))
    return command.some((word, index) => program.test(String(word)) || container.isUnknown(...path, index))
  })
}

const handlers = [
  ['livenessProbe', 'exec', 'command'],
  ['readinessProbe', 'exec', 'command'],
  ['startupProbe', 'exec', 'command'],
  ['lifecycle', 'postStart', 'exec', 'command'],
  ['lifecycle', 'preStop', 'exec', 'command'],
] as const

function wordsOf(container: ContainerNode): { text: string; unknown: boolean }[] {
  return (['command', 'args'] satisfies Line[]).flatMap((line) =>
    (container.value[line] ?? []).map((word, index) => ({
      text: typeof word === 'string' ? word : '',
      unknown: container.isUnknown(line, index),
    })),
  )
}
