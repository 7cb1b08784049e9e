import type { FileResult, FormatOptions, Problem, RunSummary, Severity } from '@daemonlint/core'
import { oneLine, say, wantsColor, writeFully } from '@daemonlint/node/process'
import type { Output } from './formats.ts'
import type { LintedFile } from './lint-file.ts'
import { chosenVersions, type Options, rendersAny } from './options.ts'
import { writeReport } from './output-file.ts'
import { ruleInfos } from './rule-infos.ts'
import type { RunResult } from './run.ts'

/**
 * Writes what a run found: the reports to files and to standard output, reasons to standard error.
 * @param version of the linter, for reports that name it
 * @returns the exit code
 */
export function report(
  result: RunResult,
  outputs: readonly Output[],
  options: Options,
  cwd: string,
  version: string,
): number {
  const nothing = whyNothing(result, options)
  const unwritten = writeReports(result, nothing, outputs, options, cwd, version)
  const reasons = reasonsOf(result, nothing, options)
  for (const reason of [...unwritten, ...reasons, ...result.notes]) say(`daemonlint: ${oneLine(reason)}`)
  return unwritten.length > 0 ? 2 : exitCode(result, nothing.length > 0, options)
}

/** What stands on standard error. */
function reasonsOf(result: RunResult, nothing: readonly string[], options: Options): string[] {
  return [
    ...result.failures,
    ...nothing,
    ...tooManyWarnings(result, options),
    ...suppressionWords(result),
    ...cycles(result),
    ...result.powerless,
    ...result.unusedEntries,
  ]
}

/** Returns why a file could not be written: a sentence each. */
function writeReports(
  result: RunResult,
  nothing: readonly string[],
  outputs: readonly Output[],
  options: Options,
  cwd: string,
  version: string,
): string[] {
  const results = result.files.map(({ result }) => shown(result, options))
  const failures = isFailure(nothing.length > 0, options) ? [...result.failures, ...nothing] : result.failures
  const summary = { ...summarise(result, options), failures }
  const needs = (need: 'rules' | 'help') => outputs.some(({ info }) => info.needs.includes(need))
  const about: Partial<FormatOptions> = needs('rules')
    ? { rules: ruleInfos(result.configs, needs('help')) }
    : {}
  const unwritten: string[] = []
  for (const output of outputs) {
    const { format, path } = output
    // Where nothing that was named was there, there is nothing to print. A file is written all the same, for it may
    // hold the report of an earlier run.
    if (path === undefined && result.files.length === 0 && reasonsOf(result, nothing, options).length > 0)
      continue
    const color = path === undefined ? wantsColor(options.color) : options.color === true
    const text = format(results, { ...about, color, cwd, summary, version })
    const whole = text === '' ? '' : `${text}\n`
    if (path === undefined) writeFully(1, whole)
    else unwritten.push(...[writeReport(output, path, whole)].flatMap((reason) => reason ?? []))
  }
  return unwritten
}

function exitCode(result: RunResult, nothing: boolean, options: Options): number {
  if (result.failures.length > 0 || (result.unpruned ?? 0) > 0) return 2
  if (isFailure(nothing, options)) return 2
  return count(result, 'error') > 0 || tooManyWarnings(result, options).length > 0 ? 1 : 0
}

/** Whether it is a failure that nothing could be checked. */
function isFailure(nothing: boolean, options: Options): boolean {
  const isNamed = options.stdin || options.paths.length > 0 || rendersAny(options)
  return nothing && isNamed && options.errorOnUnmatchedPattern
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
  if (!options.errorOnUnmatchedPattern || chosenVersions(options).length > 0) return []
  const templates = files.filter(({ lint }) => lint.counts.templates > 0)
  const reasons = [...passedOver]
  if (templates.length > 0) {
    const [first] = templates
    const others = templates.length > 1 ? ` and ${templates.length - 1} more` : ''
    reasons.push(
      `Nothing was checked: ${first!.result.displayPath}${others} is a template, whose structure shows only once its placeholders are filled in. Lint what it renders to, for example: daemonlint --helm CHART`,
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
