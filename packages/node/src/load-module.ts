import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { ConfigError } from '@daemonlint/core'
import { errorCode } from './errors.ts'
import { explainFailure } from './module-error.ts'
import { asModule, type OwnCopies, serveOwnCopies } from './own-copies.ts'

/**
 * Imports a JavaScript or TypeScript file, anew if it changed since the last time.
 * @param path absolute
 * @param ownCopies what serves imports of daemonlint's packages where none is installed
 * @returns its namespace
 * @throws {ConfigError} whatever goes wrong inside the file, with its place
 */
export async function importFile(path: string, ownCopies: OwnCopies = {}): Promise<object> {
  try {
    serveOwnCopies(ownCopies)
    const modified = statSync(path).mtimeMs
    forget(path, modified)
    if (/\.[mc]?ts$/.test(path)) return await importTypeScript(path, modified, ownCopies)
    return await importNatively(path, modified)
  } catch (error) {
    throw await explainFailure(error, path)
  }
}

/** The default export; that of a module compiled to CommonJS is one level deeper. */
export function defaultOf(module: object): unknown {
  const value = 'default' in module ? module.default : module
  const nested = typeof value === 'object' && value !== null && '__esModule' in value && 'default' in value
  return nested ? (value as { default: unknown }).default : value
}

const loaded = new Map<string, number>()

/** Node keeps CommonJS modules by file name, whatever the query. */
function forget(path: string, modified: number): void {
  const last = loaded.get(path)
  if (last !== undefined && last !== modified) delete createRequire(path).cache[path]
  loaded.set(path, modified)
}

function importNatively(path: string, modified: number): Promise<object> {
  const url = pathToFileURL(path)
  url.searchParams.set('modified', String(modified))
  // Without a package.json that says so, older Node takes these for CommonJS, and newer Node warns as it finds out.
  if (/\.[jt]s$/.test(path) && looksLikeModule(readFileSync(path, 'utf8'))) url.searchParams.set(asModule, '')
  return import(/* @vite-ignore */ url.href)
}

function looksLikeModule(text: string): boolean {
  return /^\s*export\s+(default\b|const\b|\{)/m.test(text) && !/^\s*(module\.)?exports\b/m.test(text)
}

async function importTypeScript(path: string, modified: number, ownCopies: OwnCopies): Promise<object> {
  const { typescript } = process.features as { typescript?: string | false }
  if (typescript) {
    try {
      return await importNatively(path, modified)
    } catch (error) {
      if (errorCode(error) !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') throw error
    }
  }
  const { createJiti } = await importJiti(path)
  const jiti = createJiti(path, { fsCache: false, moduleCache: false, alias: missing(path, ownCopies) })
  return jiti.import(path)
}

interface Jiti {
  createJiti(from: string, options: object): { import(path: string): Promise<object> }
}

/** jiti as the configuration's own folder has it, else as installed beside us. */
async function importJiti(path: string): Promise<Jiti> {
  const name: string = 'jiti'
  let url = name
  try {
    url = pathToFileURL(createRequire(path).resolve(name)).href
  } catch {}
  try {
    const found = await import(/* @vite-ignore */ url)
    return 'createJiti' in found ? found : found.default
  } catch (error) {
    if (!/MODULE_NOT_FOUND/.test(errorCode(error))) throw error
    throw new ConfigError(
      `Node ${process.versions.node} cannot load TypeScript by itself. Install jiti (npm install --save-dev jiti), use Node 22.18 or later, or write the configuration in JavaScript or YAML.`,
      { filePath: path },
    )
  }
}

/** The own copies that are needed from where `path` stands, as jiti's aliases. */
function missing(path: string, ownCopies: OwnCopies): Record<string, string> {
  const require = createRequire(path)
  const needed = Object.entries(ownCopies).filter(([specifier]) => {
    try {
      return require.resolve(specifier) === undefined
    } catch (error) {
      return errorCode(error) === 'MODULE_NOT_FOUND'
    }
  })
  return Object.fromEntries(needed)
}
