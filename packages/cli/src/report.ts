import { resolve } from 'node:path'
import type { FileResult, Formatter, Problem, RunSummary, Severity } from '@daemonlint/core'
import { oneLine, say, wantsColor, writeFully } from '@daemonlint/node/process'
import type { LintedFile } from './lint-file.ts'
import type { Options } from './options.ts'
import { writeReport } from './output-file.ts'
import type { RunResult } from './run.ts'

/**
 * Prints what a run found: the report to standard output (or a file), reasons to standard error.
 * @returns the exit code
 */
export function report(result: RunResult, format: Formatter, options: Options, cwd: string): number {
  const nothing = whyNothing(result, options)
  const reasons = [
    ...result.failures,
    ...nothing,
    ...tooManyWarnings(result, options),
    ...suppressionWords(result),
    ...cycles(result),
    ...result.powerless,
    ...result.unusedEntries,
  ]
  // Where nothing that was named was there, there is nothing to report either.
  if (result.files.length > 0 || reasons.length === 0) {
    const results = result.files.map(({ result }) => shown(result, options))
    const color = options.outputFile ? options.color === true : wantsColor(options.color)
    const summary = summarise(result, options)
    const text = `${format(results, { color, cwd, summary })}\n`
    if (options.outputFile) writeReport(resolve(cwd, options.outputFile), text)
    else writeFully(1, text)
  }
  for (const reason of reasons) say(`daemonlint: ${oneLine(reason)}`)
  return exitCode(result, nothing.length > 0, options)
}

function exitCode(result: RunResult, nothing: boolean, options: Options): number {
  const isNamed = options.stdin || options.paths.length > 0
  if (result.failures.length > 0 || (result.unpruned ?? 0) > 0) return 2
  if (nothing && isNamed && options.errorOnUnmatchedPattern) return 2
  return count(result, 'error') > 0 || tooManyWarnings(result, options).length > 0 ? 1 : 0
}

function shown(result: FileResult, { quiet }: Options): FileResult {
  if (!quiet) return result
  return { ...result, problems: result.problems.filter((problem) => !isHiddenByQuiet(problem)) }
}

function isHiddenByQuiet({ severity }: Problem): boolean {
  return severity !== 'error'
}

/** Why nothing could be checked: sentences, none when something was. */
function whyNothing({ files, failures, passedOver }: RunResult, options: Options): string[] {
  const isChecked = files.some(({ lint }) => lint.counts.workloads > 0 || lint.problems.length > 0)
  if (isChecked) return []
  // That no DaemonSet has changed is nothing to complain of.
  if (!options.errorOnUnmatchedPattern || options.since !== undefined) return []
  const templates = files.filter(({ lint }) => lint.counts.templates > 0)
  const reasons = [...passedOver]
  if (templates.length > 0) {
    const [first] = templates
    const others = templates.length > 1 ? ` and ${templates.length - 1} more` : ''
    reasons.push(
      `Nothing was checked: ${first!.result.displayPath}${others} is a template, whose structure shows only once its placeholders are filled in. Do that first, for example: helm template CHART | daemonlint --stdin`,
    )
  } else if (files.length > 0) {
    const where = files.length === 1 ? files[0]!.result.displayPath : `the ${files.length} files`
    reasons.push(`Nothing was checked: there is no DaemonSet in ${where}.`)
  } else if (reasons.length === 0 && failures.length === 0) {
    reasons.push('Nothing was checked: there is no DaemonSet here.')
  }
  return reasons
}

function tooManyWarnings(result: RunResult, { maxWarnings }: Options): string[] {
  const warnings = count(result, 'warn')
  if (maxWarnings < 0 || warnings <= maxWarnings) return []
  return [
    `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, more than --max-warnings ${maxWarnings} allows.`,
  ]
}

function suppressionWords({ recorded, unpruned = 0 }: RunResult): string[] {
  const findings = (number: number) => `${number} ${number === 1 ? 'finding' : 'findings'}`
  if (recorded) {
    const { path, before, after } = recorded
    const change = before === 0 || before === after ? '' : `, ${before} before`
    return [after === 0 ? `${path} passes nothing over.` : `${path} passes over ${findings(after)}${change}.`]
  }
  if (unpruned === 0) return []
  const occur = unpruned === 1 ? 'does not occur' : 'do not occur'
  return [
    `Suppressions of ${findings(unpruned)} are left that ${occur} any more. --prune-suppressions removes them.`,
  ]
}

function cycles({ files }: RunResult): string[] {
  return files
    .filter(({ cycle }) => cycle)
    .map(
      ({ result }) =>
        `${result.displayPath}: fixes undo each other, so some were left out. Turn one of their rules off, or fix by hand.`,
    )
}

function summarise({ files, offersChoice }: RunResult, { fixDryRun, quiet }: Options): RunSummary {
  const sum = (of: (file: LintedFile) => number) => files.reduce((total, file) => total + of(file), 0)
  return {
    files: files.length,
    workloads: sum(({ lint }) => lint.counts.workloads),
    templates: sum(({ lint }) => lint.counts.templates),
    patches: sum(({ lint }) => lint.counts.patches),
    undecoded: sum(({ lint }) => lint.counts.undecoded),
    hidden: quiet ? sum(({ lint }) => lint.problems.filter(isHiddenByQuiet).length) : 0,
    fixable: sum(
      ({ lint }) => lint.problems.filter((one) => one.fix && !(quiet && isHiddenByQuiet(one))).length,
    ),
    offersChoice,
    dryRun: fixDryRun,
    rolled: files.flatMap(({ rolled }) => rolled),
  }
}

function count({ files }: RunResult, severity: Severity): number {
  return files.reduce(
    (total, { lint }) => total + lint.problems.filter((one) => one.severity === severity).length,
    0,
  )
}
