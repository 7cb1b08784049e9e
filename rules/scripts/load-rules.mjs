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

/** All rules by id. */
export async function loadRules() {
  const ids = await ruleIds()
  const lines = ids.map((id) => `export { default as ${identifier(id)} } from './src/rules/${id}.ts'`)
  const module = await importTypeScript(lines.join('\n'))
  return Object.fromEntries(ids.map((id) => [id, module[identifier(id)]]))
}

/** The presets by name: `{ description, base }`. */
export async function loadPresets() {
  const { presets } = await importTypeScript(`export { presets } from './src/presets.ts'`)
  return presets
}

/**
 * What the API server refuses, by area and then by the last part of its id:
 * `{ description, fixable, hasSuggestions, accepted }`.
 */
export async function loadRejectionAreas() {
  const { rejectionAreas } = await importTypeScript(
    `export { rejectionAreas } from '../packages/core/src/apiserver/rejections.ts'`,
  )
  return rejectionAreas
}

/** The same without areas. */
export const loadRejections = async () => Object.assign({}, ...Object.values(await loadRejectionAreas()))

/** Bundles TypeScript in memory, so that nothing need be built, and imports it. */
async function importTypeScript(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: packageFolder, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    conditions: ['daemonlint-source', 'import'],
    logLevel: 'error',
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`)
}

/** `image-tag` → `imageTag` */
export function identifier(id) {
  return id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())
}
