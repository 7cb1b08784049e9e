import {
  type FileResult,
  fixText,
  formatInfo,
  type LintResult,
  lint,
  type Problem,
  type Project,
  type ResolvedConfig,
  type SeenResources,
  seenResources,
  usedDeprecatedRules,
} from '@daemonlint/core'
import type { Source } from '@daemonlint/node'
import type { Options } from './options.ts'

export interface FileInput {
  /** Absolute; for standard input without a name, a word. */
  filePath: string
  displayPath: string
  source: Source
  config: ResolvedConfig
  project: Project | undefined
  kubernetesVersions: readonly string[] | undefined
  /** Whether `offersChoice` is to be found out; to make suggestions takes time, and one of a run is enough to know. */
  asksForChoice: boolean
}

export interface LintedFile {
  result: FileResult
  lint: Pick<LintResult, 'problems' | 'counts' | 'usedEntries'> & SeenResources
  /** A finding that is reported has suggestions. */
  offersChoice: boolean
  /** What the file becomes, byte order mark included; undefined when nothing changes. */
  output: string | undefined
  /** Fixes undid each other, so that mending stopped before it was done. */
  cycle: boolean
  /** Workloads whose pods restart once the output is applied. */
  rolled: readonly { kind: string; namespace: string; name: string }[]
}

const mark = '\u{feff}'

/**
 * Lints one file, and mends its text if that is asked for; writes nothing. The findings hold on to the file's tree until
 * {@link letGo} is called.
 */
export function lintFile(input: FileInput, options: Options): LintedFile {
  const { filePath, displayPath, source, config, project, kubernetesVersions } = input
  const lintOnce = (text: Source) => lint(text, { config, filePath, project, kubernetesVersions })
  const wanted = (problem: Problem) => !options.quiet || problem.severity === 'error'
  let found = lintOnce(source)
  let output: string | undefined
  let rolled: LintedFile['rolled'] = []
  let cycle = false
  const mends = (options.fix || options.fixDryRun) && found.problems.some((one) => one.fix && wanted(one))
  if (mends) {
    const { text } = found.root
    const bytes = Buffer.from(source)
    const prefix = [text, mark + text].find((whole) => Buffer.from(whole).equals(bytes))
    // What is not UTF-8 cannot be written back as it was.
    if (prefix !== undefined) {
      const fixed = fixText(text, lintOnce, { filter: wanted, first: found })
      found = fixed.result
      cycle = fixed.cycle === true
      if (fixed.fixed) {
        output = prefix.slice(0, prefix.length - text.length) + fixed.output
        rolled = fixed.rolled
      }
    }
  }
  const { counts, problems, usedEntries } = found
  const offersChoice = input.asksForChoice && offersChoiceIn(problems, options)
  return {
    result: {
      ...resultOf(filePath, displayPath, config, found, found.root.text),
      ...(output !== undefined && { output }),
    },
    lint: { counts, problems, usedEntries, ...seenResources(found) },
    offersChoice,
    output,
    cycle,
    rolled,
  }
}

/**
 * What formatters are given of a file.
 * @param text without a byte order mark
 */
export function resultOf(
  filePath: string,
  displayPath: string,
  config: ResolvedConfig,
  { problems, suppressed }: Pick<FileResult, 'problems' | 'suppressed'>,
  text: string,
): FileResult {
  const usedDeprecated = usedDeprecatedRules(config)
  const isQuoted = problems.length + suppressed.length > 0
  const result = { filePath, displayPath, problems, suppressed, usedDeprecatedRules: usedDeprecated }
  return isQuoted ? { ...result, source: text } : result
}

/** Whether a finding that is reported has suggestions. */
export function offersChoiceIn(problems: readonly Problem[], { quiet }: Options): boolean {
  const isWanted = ({ severity }: Problem) => !quiet || severity === 'error'
  return problems.some((one) => isWanted(one) && (one.suggestions ?? []).length > 0)
}

/** Cuts findings from their tree, or the trees of all files would stay until the report is written. */
export function letGo({ problems, suppressed }: FileResult, { formats }: Options): void {
  // To make suggestions takes longer than to find the problems, and needs the tree.
  const printsSuggestions = formats.some(({ name }) => formatInfo(name).needs.includes('suggestions'))
  for (const problem of problems) cut(problem, printsSuggestions)
  for (const problem of suppressed) cut(problem, printsSuggestions)
}

function cut(problem: Problem, printsSuggestions: boolean): void {
  // They are made when they are first read.
  if (printsSuggestions) problem.suggestions
  else delete problem.suggestions
  delete problem.manifest
}
