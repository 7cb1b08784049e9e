import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import type { Listings } from './listings.ts'
import { relativePath } from './paths.ts'

/** What git ignores: nested `.gitignore` files up to the root of the repository, and its `.git/info/exclude`. */
export interface GitIgnore {
  /** True if git ignores the entry, or a directory above it that was not opened by {@link open}. */
  ignores(path: string, isDirectory: boolean): boolean
  /** Takes a directory for not ignored, and what is in it by itself: it was asked for by name. */
  open(directory: string): void
}

/** One file of patterns and the directory they hold in. */
interface Layer {
  directory: string
  patterns: Ignore
}

/** What holds inside a directory; 'ignored' when the whole of it is. Deepest layer first. */
type State = readonly Layer[] | 'ignored'

/**
 * Reads lazily. Outside a repository the `.gitignore` files from `base` down count. A person's global excludes
 * (`core.excludesFile`) do not: a report must not depend on whose machine it is made on.
 */
export function createGitIgnore(listings: Pick<Listings, 'has'>, base: string): GitIgnore {
  const states = new Map<string, State>()
  const scoped = new Map<string, boolean>()
  const opened = new Set<string>()

  function stateOf(directory: string): State {
    let state = states.get(directory)
    if (state === undefined) {
      state = inherited(directory)
      if (state !== 'ignored' && listings.has(directory, '.gitignore')) {
        state = [...layersAt(directory, join(directory, '.gitignore')), ...state]
      }
      states.set(directory, state)
    }
    return state
  }

  /** What the directories above say of what is inside. */
  function inherited(directory: string): State {
    if (listings.has(directory, '.git')) return layersAt(directory, excludeFile(directory))
    const parent = dirname(directory)
    if (parent === directory || !isScoped(parent)) return []
    const above = stateOf(parent)
    if (above === 'ignored') return opened.has(directory) ? [] : 'ignored'
    const ignoring = above.filter((layer) => verdict(layer, directory, true) === 'ignored')
    if (ignoring.length === 0) return above
    if (!opened.has(directory) && decide(above, directory, true)) return 'ignored'
    // A layer whose word on the directory was overruled has none on what is inside.
    return above.filter((layer) => !ignoring.includes(layer))
  }

  /** True if the patterns in the directory count for those below it. */
  function isScoped(directory: string): boolean {
    let found = scoped.get(directory)
    if (found === undefined) {
      const parent = dirname(directory)
      found =
        directory === base ||
        opened.has(directory) ||
        listings.has(directory, '.git') ||
        (parent !== directory && isScoped(parent))
      scoped.set(directory, found)
    }
    return found
  }

  return {
    open(directory) {
      opened.add(directory)
      states.clear()
      scoped.clear()
    },
    ignores(path, isDirectory) {
      const state = stateOf(isDirectory && opened.has(path) ? path : dirname(path))
      return state === 'ignored' || (!opened.has(path) && decide(state, path, isDirectory))
    },
  }
}

/** As git's `core.ignorecase` is by default. */
const ignorecase = process.platform === 'win32' || process.platform === 'darwin'

/** The deepest layer that has a word on it decides. */
function decide(layers: readonly Layer[], path: string, isDirectory: boolean): boolean {
  for (const layer of layers) {
    const word = verdict(layer, path, isDirectory)
    if (word !== undefined) return word === 'ignored'
  }
  return false
}

function verdict(layer: Layer, path: string, isDirectory: boolean): 'ignored' | 'kept' | undefined {
  const name = relativePath(layer.directory, path)
  const { ignored, unignored } = layer.patterns.test(isDirectory ? `${name}/` : name)
  return ignored ? 'ignored' : unignored ? 'kept' : undefined
}

function layersAt(directory: string, file: string): Layer[] {
  try {
    return [{ directory, patterns: ignore({ ignorecase }).add(readFileSync(file, 'utf8')) }]
  } catch {
    return []
  }
}

/** `.git` is a file in worktrees and submodules: it names the directory, which may name the one it shares. */
function excludeFile(root: string): string {
  const git = join(root, '.git')
  const pointed = /^gitdir: (.+)$/m.exec(textOf(git))?.[1]
  const directory = pointed === undefined ? git : resolve(root, pointed.trim())
  const shared = textOf(join(directory, 'commondir')).trim()
  return join(shared === '' ? directory : resolve(directory, shared), 'info', 'exclude')
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
