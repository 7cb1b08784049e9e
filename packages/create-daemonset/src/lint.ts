import { type Counts, type FileResult, lint, loadFormatter, prepareConfig } from '@daemonlint/core'
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

/** What was found. */
export interface Linted {
  /** For people; '' where nothing was found. */
  report: string
  /** Findings because of which the API server refuses what was linted. */
  rejected: number
}

/**
 * Lints files under `daemonlint/strict`, whatever configuration stands around them.
 * @param cwd absolute; the report names files from here
 */
export async function lintFiles(files: readonly FileToLint[], cwd: string, color: boolean): Promise<Linted> {
  const wanted = files.filter(({ path }) => /\.ya?ml$/.test(path))
  const listings = createListings()
  const sources = createSources()
  const overrides = [{ extends: 'daemonlint/strict' }]
  const lookup = createConfigLookup({ cwd, lookup: false, builtin, listings, overrides })
  const onDisk = wanted.filter(({ text }) => text === undefined).map(({ path }) => path)
  const project = buildProject(onDisk, { cwd, listings, sources })
  const linted: { result: FileResult; counts: Counts }[] = []
  for (const { path, text } of wanted) {
    const config = await lookup.forFile(path)
    await prepareConfig(config)
    const isOnDisk = text === undefined
    const found = lint(text ?? sources.read(path), { config, filePath: path, ...(isOnDisk && { project }) })
    const result: FileResult = {
      filePath: path,
      displayPath: displayPath(path, cwd),
      problems: found.problems,
      suppressed: found.suppressed,
      usedDeprecatedRules: [],
      source: found.root.text,
    }
    linted.push({ result, counts: found.counts })
  }
  const results = linted.map(({ result }) => result)
  const problems = results.flatMap((one) => one.problems)
  if (problems.length === 0) return { report: '', rejected: 0 }
  const format = await loadFormatter('stylish')
  const sum = (of: (counts: Counts) => number) => linted.reduce((total, { counts }) => total + of(counts), 0)
  const summary = {
    files: results.length,
    workloads: sum(({ workloads }) => workloads),
    templates: sum(({ templates }) => templates),
    patches: sum(({ patches }) => patches),
    undecoded: sum(({ undecoded }) => undecoded),
    // What was just written is mended by other answers, or by hand.
    fixable: 0,
    rolled: [],
  }
  const report = format(results, { color, cwd, summary })
  return { report, rejected: problems.filter(({ rejected }) => rejected).length }
}
