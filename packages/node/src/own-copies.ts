import Module from 'node:module'
import { fileURLToPath } from 'node:url'

/** Specifiers, such as `daemonlint` or `@daemonlint/rules`, and the file URLs of the running command's own copies. */
export type OwnCopies = Readonly<Record<string, string>>

/**
 * Lets configurations and plugins import what is not installed where they stand: where normal resolution fails, the
 * running command's own copy serves. Serves `require` too. The hooks belong to the process, as those of
 * `node:module` do, and are set once for each new copy; call it only when a JavaScript file is going to be loaded
 * (it takes some 30 ms on Node 20).
 */
export function serveOwnCopies(copies: OwnCopies): void {
  const fresh = Object.entries(copies).filter(([specifier, url]) => served.get(specifier) !== url)
  if (hooked && fresh.length === 0) return
  for (const [specifier, url] of fresh) served.set(specifier, url)
  const loader = Module as unknown as ModuleInternals
  if (loader.registerHooks) {
    if (!hooked) loader.registerHooks({ resolve: resolveInThread })
  } else {
    const source = `${hookSource}\n`
    loader.register(`data:text/javascript,${encodeURIComponent(source)}`, { data: Object.fromEntries(fresh) })
  }
  if (!hooked) serveRequire(loader)
  hooked = true
}

/** A specifier for `import()` that resolves `specifier` as the module at `parentUrl` would. */
export function specifierFrom(specifier: string, parentUrl: string): string {
  return `${fromScheme}${encodeURIComponent(JSON.stringify([specifier, parentUrl]))}`
}

/** Marks a file URL: read it as an ES module, whatever package.json says or does not say. */
export const asModule = 'daemonlint-module'

const fromScheme = 'daemonlint-from:'
const served = new Map<string, string>()
let hooked = false

/** Runs in a thread of its own, so that it is source text; Node has no synchronous hooks before 22.15. */
const hookSource = `
let copies = {}
export async function initialize(data) { copies = data }
export async function resolve(specifier, context, next) {
  if (specifier.startsWith('${fromScheme}')) {
    const [from, parentURL] = JSON.parse(decodeURIComponent(specifier.slice(${fromScheme.length})))
    return resolve(from, { ...context, parentURL }, next)
  }
  if (specifier.startsWith('file:') && specifier.includes('${asModule}')) {
    return { url: specifier, format: 'module', shortCircuit: true }
  }
  if (!Object.hasOwn(copies, specifier)) return next(specifier, context)
  try { return await next(specifier, context) } catch { return { url: copies[specifier], shortCircuit: true } }
}`

type Resolved = { url: string; format?: string; shortCircuit?: boolean }
type Context = { parentURL?: string }
type Next = (specifier: string, context: Context) => Resolved

interface ModuleInternals {
  register(specifier: string, options: { data: unknown }): void
  registerHooks?(hooks: { resolve: (specifier: string, context: Context, next: Next) => Resolved }): unknown
  _resolveFilename?: (this: unknown, request: string, ...rest: unknown[]) => string
}

function resolveInThread(specifier: string, context: Context, next: Next): Resolved {
  if (specifier.startsWith(fromScheme)) {
    const [from, parentURL] = JSON.parse(decodeURIComponent(specifier.slice(fromScheme.length)))
    return resolveInThread(from, { ...context, parentURL }, next)
  }
  if (specifier.startsWith('file:') && specifier.includes(asModule)) {
    const format = specifier.includes('.ts?') ? 'module-typescript' : 'module'
    return { url: specifier, format, shortCircuit: true }
  }
  const url = served.get(specifier)
  if (url === undefined) return next(specifier, context)
  try {
    return next(specifier, context)
  } catch {
    return { url, shortCircuit: true }
  }
}

function serveRequire(loader: ModuleInternals): void {
  const original = loader._resolveFilename
  if (!original) return
  loader._resolveFilename = function (request, ...rest) {
    try {
      return original.call(this, request, ...rest)
    } catch (error) {
      const url = served.get(request)
      if (url === undefined) throw error
      return fileURLToPath(url)
    }
  }
}
