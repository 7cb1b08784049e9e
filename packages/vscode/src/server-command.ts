import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'

/** How the server is started. */
export interface ServerCommand {
  command: string
  args: string[]
  /** Variables beside those of the editor. */
  env: Record<string, string>
  /** Where the program is, for people. */
  origin: string
}

export interface Wanted {
  /** `daemonlint.path`; empty for the one inside the extension. */
  path: string
  /** `daemonlint.nodePath`; empty for the one inside the editor. */
  nodePath: string
  isTrusted: boolean
  /** The command inside the extension. */
  bundled: string
  /** The Node.js inside the editor: in a desktop editor, its own program, which has to be asked to be one. */
  editorNode: string
  /** From where relative paths go; undefined without a folder. */
  folder: string | undefined
  home: string
}

const args = ['lsp', '--stdio']

/**
 * Decides which program serves.
 * @throws Error that says which setting leads nowhere
 */
export function serverCommand(wanted: Wanted): ServerCommand {
  const { isTrusted, bundled, editorNode } = wanted
  const path = isTrusted ? wanted.path.trim() : ''
  const nodePath = isTrusted ? wanted.nodePath.trim() : ''
  const program = path === '' ? bundled : programAt(located('daemonlint.path', path, wanted), path)
  if (!/\.[cm]?js$/.test(program)) return { command: program, args, env: {}, origin: program }
  const node = nodePath === '' ? undefined : located('daemonlint.nodePath', nodePath, wanted)
  return {
    command: node ?? editorNode,
    args: [program, ...args],
    env: node === undefined ? { ELECTRON_RUN_AS_NODE: '1' } : {},
    origin: path === '' ? 'the one inside the extension' : program,
  }
}

function located(setting: string, path: string, { folder, home }: Wanted): string {
  const expanded = path.replace(/^~(?=[\\/])/, home)
  if (!isAbsolute(expanded) && folder === undefined)
    throw new Error(`${setting} is '${path}', which is relative, and no folder is open. Make it absolute.`)
  const found = folder === undefined ? expanded : resolve(folder, expanded)
  if (!existsSync(found)) throw new Error(`${setting} is '${path}', and there is no ${found}.`)
  return found
}

/** The command of a package, or the file behind a link, such as those in `node_modules/.bin`. */
function programAt(found: string, path: string): string {
  if (!statSync(found).isDirectory()) return realpathSync(found)
  try {
    const { bin } = JSON.parse(readFileSync(join(found, 'package.json'), 'utf8'))
    const relative = typeof bin === 'string' ? bin : bin.daemonlint
    const program = join(found, relative)
    if (existsSync(program)) return program
  } catch {
    // Told of below.
  }
  throw new Error(`daemonlint.path is '${path}', and ${found} is no package with a command daemonlint.`)
}
