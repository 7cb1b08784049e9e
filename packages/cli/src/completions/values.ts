import type { Completes } from '../flags.ts'

/** What may stand somewhere. `list` names one of the grammar's. */
export type Value =
  | { kind: 'any' | 'file' | 'directory' | 'ref' }
  /** After a word of the list, `follows` may stand: a file after `=`; a severity must after `:`. */
  | { kind: 'list'; list: List; follows?: '=' | ':' }
  | { kind: 'words'; words: string[] }

export type List = 'formats' | 'findings' | 'rules' | 'presets' | 'versions'

/** What the words that stand for values in the help tell. */
const words: Record<string, Value> = {
  FILE: { kind: 'file' },
  GLOB: { kind: 'file' },
  PATH: { kind: 'file' },
  DIRECTORY: { kind: 'directory' },
  FOLDER: { kind: 'directory' },
  REF: { kind: 'ref' },
  ID: { kind: 'list', list: 'findings' },
  RULE: { kind: 'list', list: 'findings' },
  PRESET: { kind: 'list', list: 'presets' },
}

/**
 * What may stand where the help says `FILE`, `bash|zsh|fish` or `NAME[=FILE]`.
 * @param completes what it is, where the text does not tell
 */
export function valueFor(text: string, completes?: Completes): Value {
  if (completes === 'settings') return { kind: 'list', list: 'rules', follows: ':' }
  if (completes) return { kind: 'list', list: completes, ...(text.includes('=') && { follows: '=' }) }
  const parts = text.replace(/[[\]]|,?…/g, '').split('|')
  if (parts.length > 1 && parts.every((part) => /^[a-z0-9.-]+$/.test(part)))
    return { kind: 'words', words: parts }
  return parts.map((part) => words[part]).find((value) => value !== undefined) ?? { kind: 'any' }
}

/** What stands after a command: of `[PRESET] [DIRECTORY]` a preset, then a directory. */
export function argumentsOf(text = ''): Value[] {
  return text
    .split(' ')
    .filter((word) => word !== '' && !word.startsWith('--'))
    .map((word) => valueFor(word))
}

/** The flags among them: `--stdio`. */
export function flagsAmong(text = ''): string[] {
  return text.match(/--[\w-]+/g) ?? []
}
