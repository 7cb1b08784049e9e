import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export const packageFolder = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Ids of all rules, sorted: the names of the files in `src/rules`. */
export async function ruleIds() {
  const files = await readdir(join(packageFolder, 'src/rules'))
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -3))
    .sort()
}

/** Bundles all rules in memory, so that nothing need be built, and returns them by id. */
export async function loadRules() {
  const ids = await ruleIds()
  const entry = ids.map((id) => `export { default as ${identifier(id)} } from './src/rules/${id}.ts'`)
  const { outputFiles } = await build({
    stdin: { contents: entry.join('\n'), resolveDir: packageFolder, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    conditions: ['daemonlint-source', 'import'],
    logLevel: 'error',
  })
  const module = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`
  )
  return Object.fromEntries(ids.map((id) => [id, module[identifier(id)]]))
}

/** `image-tag` → `imageTag` */
export function identifier(id) {
  return id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())
}
