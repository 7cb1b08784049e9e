import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { within } from './fields.ts'
import { handlerPaths, mainWordsOf } from './handlers.ts'
import { isPause, knowsImageName } from './image.ts'
import type { KnownAgent } from './known-agents.ts'
import { containersOf } from './mounts.ts'
import { once } from './once.ts'
import { runsThroughout } from './resources.ts'
import { commandsOfScript, programOf, scriptIndexOf, shellNames } from './shell.ts'
import { writtenAt } from './written.ts'

type Line = 'command' | 'args'

/** Programs that start others or only wait: given as a command, they take the place of the image's own program. */
export const standIns = new RegExp(`(^|/)(${shellNames}|busybox|sleep|tail|true)$`)

/**
 * True when a container's `command`, or its `args` for an entrypoint that runs them, puts a shell or a mere wait in the
 * place of the image's program, or may do so.
 * @param agent the one that the image is of: a script that names its program starts it. Without it no script does
 */
export function mayRunAnother(container: ContainerNode, agent?: KnownAgent): boolean {
  if (container.isUnknown('command') || container.isUnknown('args')) return true
  const words = wordsOf(container)
  const [first] = words
  if (!first || (!first.unknown && !standIns.test(first.text))) return false
  return !agent || !words.some(({ text }) => programOfAgent(agent).test(text))
}

/** What an agent's program is called in a command line or a script. */
export const programOfAgent: (agent: KnownAgent) => RegExp = once(({ program, repositories }) => {
  if (program) return program
  const names = repositories.map((one) => one.slice(one.lastIndexOf('/') + 1))
  return new RegExp(names.map((name) => name.replace(/[^a-z0-9_-]/g, '.')).join('|'), 'i')
})

/**
 * True when a container, its probes and hooks included, runs a program by its name (`nsenter`), in a script or directly,
 * or may do so: what is run is a placeholder.
 * @param program matches the name in a command line
 */
export function mayRun(container: ContainerNode, program: RegExp): boolean {
  if (container.isUnknown('command') || container.isUnknown('args')) return true
  // Of a flag it is known that it is no program.
  if (
    wordsOf(container).some(({ text, unknown }) => program.test(text) || (unknown && !text.startsWith('-')))
  )
    return true
  return handlerPaths.some((handler) => {
    const path = [...handler, 'exec', 'command']
    if (container.isUnknown(...path)) return true
    const command = within(container.value, path)
    if (!Array.isArray(command)) return container.isUnknown(...path.slice(0, 1))
    return command.some((word, index) => program.test(String(word)) || container.isUnknown(...path, index))
  })
}

/**
 * True when a container surely does nothing but wait: the pause image; `sleep`, or `tail -f /dev/null`; a shell or
 * PowerShell whose script has nothing but that, in a loop or not; either of them behind `nsenter` too. What is written
 * to its output counts for nothing.
 */
export function onlyWaits(container: ContainerNode): boolean {
  if (isPause(container)) return true
  const words = withoutNsenter(mainWordsOf(container)?.map(({ text }) => text) ?? [])
  if (powerShell.test(words[0] ?? '')) {
    const flag = words.findIndex((word) => /^[-/](c|command)$/i.test(word))
    return flag > 0 && waitsInPowerShell(words.slice(flag + 1).join(' '))
  }
  const script = scriptIndexOf(words)
  if (script >= 0) return waitsInShell(words[script]!)
  return isWait(programOf(words) === 'busybox' ? words.slice(1) : words)
}

/** True when nothing of a pod but what only waits outlives its init containers, or that may be so. */
export function mayOnlyWait(template: PodTemplate): boolean {
  if (template.isUnknown('spec', 'containers')) return true
  const lasting = containersOf(template).filter(runsThroughout)
  return (
    lasting.length > 0 &&
    lasting.every((container) => !knowsImageName(container) || onlyWaits(container) || mayRunWait(container))
  )
}

/** True when a placeholder in a container's command may stand for what makes it only wait. */
export function mayRunWait(container: ContainerNode): boolean {
  if (container.isUnknown('command') || container.isUnknown('args')) return true
  const [first, ...rest] = wordsOf(container)
  if (!first) return false
  if (first.unknown) return !first.text.startsWith('-')
  if (![standIns, powerShell, nsenter].some((program) => program.test(first.text))) return false
  if (!rest.some(({ unknown }) => unknown)) return false
  const words = withoutNsenter([first, ...rest].map(({ written }) => written))
  const script = scriptIndexOf(words)
  // A script with a variable in it (`exec agent --node=${NODE}`) says enough of what it runs.
  return script < 0 || commandsOfScript(words[script]!).every((one) => /[$`{<%]/.test(one[0]!) || isIdle(one))
}

/** A command line without the entry into the node's namespaces before a shell or a wait. */
function withoutNsenter(words: string[]): string[] {
  const start = nsenter.test(words[0] ?? '') ? words.findIndex((word) => standIns.test(word)) : 0
  return words.slice(Math.max(start, 0))
}

const nsenter = /(^|\/)nsenter$/

const powerShell = /(^|[\\/])(powershell|pwsh)(\.exe)?$/i

function isWait(command: readonly string[]): boolean {
  const program = programOf(command)
  if (program === 'tail') return command.slice(1).every((word) => /^(-.*|\/dev\/null)$/.test(word))
  return program === 'sleep' || command.join() === '/pause'
}

/** Commands that, beside a wait, leave a script one that only waits. */
const harmless = /^(:|\[|\[\[|echo|false|printf|set|true|wait|trap( (:|true|exit( \d+)?))?( [A-Z]+| \d+)*)$/

function waitsInShell(script: string): boolean {
  // What is written to a file or asked of another program is work.
  if (/[`<>]|\$\(/.test(script)) return false
  const commands = commandsOfScript(script)
  return commands.some(isWait) && commands.every(isIdle)
}

function isIdle(command: readonly string[]): boolean {
  return isWait(command) || harmless.test(command[0] === 'trap' ? command.join(' ') : command[0]!)
}

function waitsInPowerShell(script: string): boolean {
  const statements = script
    .replace(/\b(while|for)\s*\(\s*(\$true|1|;\s*;)\s*\)/gi, '')
    .split(/[{};\r\n]+/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
  return (
    statements.some((statement) => powerShellSleep.test(statement)) &&
    statements.every(
      (statement) =>
        powerShellSleep.test(statement) || /^(write-(host|output)|echo)\b[^$|>]*$/i.test(statement),
    )
  )
}

const powerShellSleep = /^(start-sleep|sleep)(\s+(-\w+|\d+))*$/i

function wordsOf(container: ContainerNode): { text: string; written: string; unknown: boolean }[] {
  return (['command', 'args'] satisfies Line[]).flatMap((line) =>
    (container.value[line] ?? []).map((word, index) => ({
      text: typeof word === 'string' ? word : '',
      written: writtenAt(container, line, index),
      unknown: container.isUnknown(line, index),
    })),
  )
}
