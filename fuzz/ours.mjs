// Our side: the linter's sources, bundled once into memory's neighbour and called in this process.
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { browserYaml, fromSources } from '../scripts/lib/bundle.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
// The packages that development needs belong to the command's package.
const cli = join(root, 'packages', 'cli')
const require = createRequire(join(cli, 'package.json'))

export const yaml = require('yaml')

/**
 * @param sources the folder of core's sources
 * @returns {Promise<(text: string) => Finding>} gives our verdict in the same terms as the server's
 */
export async function loadOurs(sources = join(root, 'packages', 'core', 'src'), version) {
  const { build } = require('esbuild')
  const folder = mkdtempSync(join(tmpdir(), 'daemonlint-fuzz-core-'))
  try {
    const outfile = join(folder, 'core.mjs')
    await build({
      ...fromSources,
      entryPoints: [join(resolve(sources), 'index.ts')],
      outfile,
      format: 'esm',
      alias: browserYaml(cli),
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      logLevel: 'error',
    })
    const { lint, resolveConfig } = await import(pathToFileURL(outfile).href)
    const config = resolveConfig(version ? [{ settings: { kubernetesVersion: version } }] : [])
    return (text) => {
      const verdict = verdictOf(lint, text, { config })
      if (verdict.verdict !== 'accept' || !verdict.patch) return verdict
      // Whatever it looks like, the server takes it for a whole manifest.
      return { ...verdictOf(lint, text, { config, role: 'manifest' }), patch: true }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function verdictOf(lint, text, options) {
  let result
  try {
    result = lint(text, options)
  } catch (error) {
    return {
      verdict: 'crash',
      stage: 'crash',
      message: String(error?.stack ?? error)
        .split('\n')
        .slice(0, 3)
        .join(' '),
      rejections: [],
      warnings: [],
    }
  }
  const rejections = []
  const warnings = []
  let unplaced
  for (const { ruleId, severity, field, message, rejected, position } of result.problems) {
    if (!ruleId.startsWith('api-server/')) continue
    if (rejected) rejections.push({ id: ruleId, field, message })
    else if (severity === 'warn') warnings.push({ id: ruleId, field, message })
    if (!(position?.start?.line > 0 && position.start.column > 0)) unplaced = ruleId
  }
  return {
    verdict: rejections.length > 0 ? 'reject' : 'accept',
    // What cannot be decoded is hidden from rules.
    stage:
      rejections.length === 0
        ? undefined
        : result.hidden.size > 0 || result.root.children.length === 0
          ? 'decode'
          : 'validate',
    patch: result.root.children.some(({ role }) => role === 'patch'),
    applicable: result.counts.workloads > 0 || rejections.length > 0,
    rejections,
    warnings,
    unplaced,
  }
}
