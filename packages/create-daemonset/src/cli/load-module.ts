import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { importFile, serveOwnCopies, specifierFrom } from '@daemonlint/node'

/**
 * Imports a module that is named as a person names it: a package, as a module in the folder would import it, or a file.
 * @param name `presets-of-ours`, `./presets.mjs`, `presets.mjs`
 * @param folder absolute
 */
export async function importNamed(name: string, folder: string): Promise<object> {
  const path = name.startsWith('file:') ? fileURLToPath(name) : resolve(folder, name)
  if (/^([./\\]|[a-z]:|file:)/i.test(name)) return importFile(fileAt(path))
  const from = join(folder, '_')
  try {
    return await importFile(createRequire(from).resolve(name))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // What `require` finds, but may not have, is for `import` alone.
    if (code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return importFromPackage(name, from)
    if (code !== 'MODULE_NOT_FOUND') throw error
    if (isFile(path)) return importFile(path)
    throw new Error(`there is neither a package nor a file of that name, seen from ${folder}.`)
  }
}

function importFromPackage(name: string, from: string): Promise<object> {
  serveOwnCopies({})
  return import(/* @vite-ignore */ specifierFrom(name, pathToFileURL(from).href))
}

/** A folder stands for the module that `require` would take. */
function fileAt(path: string): string {
  if (isFile(path)) return path
  try {
    return createRequire(join(path, '_')).resolve(path)
  } catch {
    return path
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
