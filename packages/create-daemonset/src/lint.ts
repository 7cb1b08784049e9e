import { type FileResult, lint, loadFormatter, prepareConfig } from '@daemonlint/core'
import {
  buildProject,
  createConfigLookup,
  createListings,
  createSources,
  displayPath,
} from '@daemonlint/node'
import builtin from '@daemonlint/rules'

/** A file to lint. */
export interface FileToLint {
  /** Absolute. What ends in neither .yaml nor .yml is passed over. */
  path: string
  /** What it holds, where it is not on the disk. */
  text?: string
}

/**
 * Lints files under `daemonlint/strict`, whatever configuration stands around them.
 * @param cwd absolute; the report names files from here
 * @returns the report, '' where nothing was found
 */
export async function lintFiles(files: readonly FileToLint[], cwd: string, color = false): Promise<string> {
  const wanted = files.filter(({ path }) => /\.ya?ml$/.test(path))
  const listings = createListings()
  const sources = createSources()
  const overrides = [{ extends: 'daemonlint/strict' }]
  const lookup = createConfigLookup({ cwd, lookup: false, builtin, listings, overrides })
  const onDisk = wanted.filter(({ text }) => text === undefined).map(({ path }) => path)
  const project = buildProject(onDisk, { cwd, listings, sources })
  const results: FileResult[] = []
  for (const { path, text } of wanted) {
    const config = await lookup.forFile(path)
    await prepareConfig(config)
    const isOnDisk = text === undefined
    const found = lint(text ?? sources.read(path), { config, filePath: path, ...(isOnDisk && { project }) })
    if (found.problems.length === 0) continue
    results.push({
      filePath: path,
      displayPath: displayPath(path, cwd),
      problems: found.problems,
      suppressed: found.suppressed,
      usedDeprecatedRules: [],
      source: found.root.text,
    })
  }
  if (results.length === 0) return ''
  const format = await loadFormatter('stylish')
  const counts = { files: results.length, workloads: results.length, templates: 0, patches: 0, fixable: 0 }
  return format(results, { color, cwd, summary: { ...counts, rolled: [] } })
}
