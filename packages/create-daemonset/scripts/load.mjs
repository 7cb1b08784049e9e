// The generator as it stands in the sources, for scripts, which need no build first.
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { fromSources } from '../../../scripts/lib/bundle.mjs'

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * @param {string} entry a source file, relative to `src`
 * @returns {Promise<any>} what it exports
 */
export async function load(entry = 'index.ts') {
  const temporary = mkdtempSync(join(tmpdir(), 'create-daemonset-'))
  const outfile = join(temporary, 'bundle.cjs')
  try {
    await build({
      ...fromSources,
      entryPoints: [resolve(folder, 'src', entry)],
      outfile,
      format: 'cjs',
    })
    return createRequire(import.meta.url)(outfile)
  } finally {
    rmSync(temporary, { recursive: true })
  }
}
