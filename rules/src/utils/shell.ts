/** Programs that run a script given after `-c`. */
export const shellNames = 'sh|bash|ash|dash|zsh'

const shells = new RegExp(`(^|/)(${shellNames})$`)

/** Place of the script that a command line gives a shell; -1 where it starts a program itself. */
export function scriptIndexOf(words: readonly string[]): number {
  const first = /(^|\/)busybox$/.test(words[0] ?? '') ? 1 : 0
  if (!shells.test(words[first] ?? '')) return -1
  let isScript = false
  for (let at = first + 1; at < words.length; at++) {
    const word = words[at]!
    if (!/^[-+]./.test(word)) return isScript ? at : -1
    if (/^-[A-Za-z]*c/.test(word)) isScript = true
    // `-o pipefail`, `-euo pipefail`
    if (/^[-+][A-Za-z]*[oO]$/.test(word)) at++
  }
  return -1
}

/**
 * The simple commands of a command line, each as its words: those of a shell's script, else the line itself. No shell:
 * quotes are taken off, what they hold back from splitting is not.
 */
export function commandsOf(words: readonly string[]): string[][] {
  const index = scriptIndexOf(words)
  if (index < 0) return words.length > 0 ? [[...words]] : []
  return commandsOfScript(words[index]!)
}

/** The simple commands of a script, without comments, keywords and function heads before them. */
export function commandsOfScript(script: string): string[][] {
  return script
    .replace(/(^|\s)#.*$/gm, '$1')
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n|;|&&|\|\||\||(?<![>&])&(?![>&\d])/)
    .map((command) =>
      (command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []).map((word) => word.replace(/["']/g, '')),
    )
    .map(withoutKeywords)
    .filter((command) => command.length > 0)
}

const keywords = [
  'then',
  'do',
  'else',
  'if',
  'elif',
  'while',
  'until',
  '{',
  '}',
  '(',
  '!',
  'fi',
  'done',
  'exec',
  'sudo',
]

function withoutKeywords(words: string[]): string[] {
  const start = words.findIndex((word) => !keywords.includes(word) && !/^\w+\(\)\{?$/.test(word))
  return start < 0 ? [] : words.slice(start)
}

/** What a script runs when it is asked to stop, or ends: the texts and functions that `trap` names. */
export function trapHandlersOf(script: string): string[] {
  const texts: string[] = []
  const names = new Set<string>()
  for (const [, single, double, name] of script.matchAll(trap)) {
    if (name !== undefined) names.add(name)
    else texts.push(single ?? double ?? '')
  }
  return [...texts, ...bodiesOf(script, names)]
}

const trap = /\btrap\s+(?:'([^']*)'|"([^"]*)"|([\w-]+))\s+\S/g

/** The bodies of the functions of some names, of each the first. */
function bodiesOf(script: string, names: ReadonlySet<string>): string[] {
  if (names.size === 0) return []
  const bodies = new Map<string, string>()
  for (const { 0: head, 1: name = '', index } of script.matchAll(/(?<![\w-])([\w-]+)\s*\(\)\s*\{/g)) {
    if (!names.has(name) || bodies.has(name)) continue
    const start = index + head.length
    const end = script.indexOf('}', start)
    bodies.set(name, script.slice(start, end < 0 ? undefined : end))
  }
  return [...bodies.values()]
}

/** The name of a program: `sleep` of `/bin/sleep`. */
export function programOf(command: readonly string[]): string {
  return command[0]?.slice(command[0].lastIndexOf('/') + 1) ?? ''
}
