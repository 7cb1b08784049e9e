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

/** Place of the word of a command line that says another: the word itself, or the script that it is in. */
export function wordIndexOf(words: readonly string[], word: string): number {
  const script = scriptIndexOf(words)
  return script < 0 ? words.indexOf(word) : script
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
  return withoutComments(script)
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

/** Where a command begins. */
const atStart = '(?:^|[;&|\\n(){!]|\\b(?:then|do|else)\\b)[ \\t]*'
const blockStart = `${atStart}(?:if|case|for|while|until)\\b`
const branches = new RegExp(
  `${blockStart}|${atStart}(?:(?:function|trap)\\b|(?:test|\\[\\[?)\\s[^;&|\\n]{0,999}&&)|\\|\\||\\(\\)|(?<![>&])&(?![>&\\d])`,
)

/**
 * True when some commands of a script may be left out, repeated, or run beside it. What stands behind `&&` is left out
 * where a test fails; any other command is taken to succeed.
 */
export function mayBranch(script: string): boolean {
  return branches.test(withoutComments(script))
}

/**
 * True when a script may not come to where it removes a file: what stands before is a condition that is still open, or
 * may end the script. That the file is there is no condition.
 */
export function mayKeep(script: string, file: string): boolean {
  const parts = withoutComments(script).split(file)
  const at = parts.findIndex((part) => /\b(rm|unlink)\b/.test(part.split(/[;&|\n]/).at(-1)!))
  if (at < 0) return mayBranch(script)
  const rest = parts
    .slice(0, at + 1)
    .join(here)
    .replace(ifHere, '')
    .replace(whereHere, '')
    // Loops and functions are taken to run.
    .replace(loops, '$1')
    .replace(/\bfunction\b|\(\)/g, '')
  return /\b(exit|return)\b/.test(rest) || mayBranch(openPartOf(rest))
}

/** Stands for the file, in what tests for it. */
const here = '\0'
const testHere = `(?:test|\\[\\[?)\\s+-\\w\\s+["']?${here}["']?(?:\\s*\\]\\]?)?\\s*`
const ifHere = new RegExp(`\\bif\\s+${testHere}[;\\n]\\s*then\\b`, 'g')
const whereHere = new RegExp(`${testHere}(?:&&|\\|\\|\\s*(?:exit|return)\\b)`, 'g')

/** What of the beginning of a script still matters at its end: not the blocks and the lists of commands that are over. */
function openPartOf(beginning: string): string {
  let open = beginning
  for (let depth = 0, before = ''; before !== open && depth < deepest; depth++) {
    before = open
    open = open.replace(closedBlock, '$1')
  }
  const lists = open.split(/[;\n]/)
  return lists.filter((list, index) => index === lists.length - 1 || opening.test(list)).join('\n')
}

/** What is nested deeper counts as open; nobody writes it. */
const deepest = 20
const closedBlock = new RegExp(
  `(${atStart})(?:if|case|for|while|until)\\b(?:(?!${blockStart})[^])*?[;\\n][ \\t]*(?:fi|esac|done)\\b`,
  'g',
)
const loops = new RegExp(`(${atStart})for\\b[^;\\n]*[;\\n]\\s*do\\b`, 'g')
const opening = new RegExp(`${blockStart}|[{(]`)

function withoutComments(script: string): string {
  return script.replace(/(^|\s)#.*$/gm, '$1')
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
