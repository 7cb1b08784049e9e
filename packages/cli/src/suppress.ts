import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { applySuppressions, didYouMean, recordSuppressions, type Suppressions } from '@daemonlint/core'
import { displayPath, goneFrom, readSuppressions, renderedFrom, systemReason } from '@daemonlint/node'
import { flagOf, pathOf } from './formats.ts'
import { isNamedBy } from './inputs.ts'
import type { LintedFile } from './lint-file.ts'
import { chosenVersions, type Options } from './options.ts'
import type { RunResult } from './run.ts'
import { UsageError } from './usage-error.ts'
import { makeFolder, writeWhole } from './write-file.ts'

/**
 * Reads the suppressions.
 * @param location the file of suppressions, absolute
 * @param cwd absolute; paths are shown relative to it
 * @returns takes what they pass over out of what a run found, and writes them anew where that is asked for
 * @throws {UsageError} where the file is not there, or a report would be written over it; ConfigError where it holds
 * something else
 */
export function openSuppressions(
  location: string,
  options: Options,
  cwd: string,
): (result: RunResult) => RunResult {
  for (const request of options.formats) {
    if (pathOf(request, cwd) !== location) continue
    throw new UsageError(
      `${flagOf(request, location)} is the file of suppressions, and would be overwritten.`,
    )
  }
  const before = suppressionsAt(location, options, cwd)
  return (result) => suppress(result, before, location, options, cwd)
}

/** @throws {UsageError} where the file cannot be written, or there is no such rule as is to be recorded */
function suppress(
  result: RunResult,
  before: Suppressions,
  location: string,
  options: Options,
  cwd: string,
): RunResult {
  checkRules(options.suppressRule, result.configs)
  const folder = dirname(location)
  const nameOf = (path: string) => relative(folder, path).split(sep).join('/')
  const files = result.files.map(({ result: { filePath, problems }, lint }) => ({
    path: nameOf(filePath),
    problems,
    resources: lint.resources,
    hasUnseen: lint.hasUnseen,
  }))
  // Of what is not there, git does not say whether it would have been chosen.
  const isNamed = chosenVersions(options).length > 0 ? () => false : isNamedBy(options, cwd)
  const whereabouts = {
    isGone: goneFrom(folder),
    isMeant: (name: string) => isNamed(join(folder, renderedFrom(name))),
  }
  const outcome = applySuppressions(files, before, whereabouts)
  const isChosen = chosenBy(options)
  if (!isChosen && !options.pruneSuppressions) {
    // What is not mended yet still occurs.
    const isLet = options.passOnUnprunedSuppressions || options.fixDryRun
    return withSuppressed(result, outcome.files, isLet ? 0 : outcome.unused)
  }
  const after = isChosen
    ? recordSuppressions(
        files.map(({ path, problems }, index) => {
          const shown = new Set(outcome.files[index]!.problems)
          return { path, problems: problems.filter((one) => isChosen(one.ruleId) || !shown.has(one)) }
        }),
        outcome.kept,
      )
    : outcome.used
  write(location, after, cwd)
  const final = applySuppressions(files, after, whereabouts)
  return {
    ...withSuppressed(result, final.files, 0),
    recorded: { path: displayPath(location, cwd), before: countOf(before), after: countOf(after) },
  }
}

/** The rules whose findings are to be recorded; undefined where none are. */
function chosenBy({ suppressAll, suppressRule }: Options): ((ruleId: string) => boolean) | undefined {
  if (suppressAll) return () => true
  return suppressRule.length > 0 ? (ruleId) => suppressRule.includes(ruleId) : undefined
}

/** @throws {UsageError} for a rule that no configuration of the run knows */
function checkRules(ids: readonly string[], configs: RunResult['configs']): void {
  if (configs.size === 0) return
  const known = new Set([...configs].flatMap(({ knownRules }) => knownRules))
  for (const id of ids) {
    if (!known.has(id))
      throw new UsageError(`--suppress-rule ${id}: there is no such rule.${didYouMean(id, [...known])}`)
  }
}

function countOf(suppressions: Suppressions): number {
  const entries = Object.values(suppressions).flatMap((subjects) =>
    Object.values(subjects).flatMap(Object.values),
  )
  return entries.reduce((total, { count }) => total + count, 0)
}

function withSuppressed(
  result: RunResult,
  outcomes: readonly Pick<LintedFile['result'], 'problems' | 'suppressed'>[],
  unpruned: number,
): RunResult {
  const files = result.files.map((file, index): LintedFile => {
    const { problems, suppressed } = outcomes[index]!
    if (suppressed.length === 0) return file
    return {
      ...file,
      result: { ...file.result, problems, suppressed: [...file.result.suppressed, ...suppressed] },
      lint: { ...file.lint, problems },
    }
  })
  const offersChoice = result.offersChoice && files.some(({ lint }) => lint.problems.length > 0)
  return { ...result, files, offersChoice, unpruned }
}

function suppressionsAt(location: string, options: Options, cwd: string): Suppressions {
  const suppressions = readSuppressions(location)
  if (suppressions) return suppressions
  if (chosenBy(options) || !options.suppressionsLocation) return {}
  const shown = displayPath(location, cwd)
  throw new UsageError(`There are no suppressions at ${shown}; --suppress-all writes some.`)
}

function write(location: string, suppressions: Suppressions, cwd: string): void {
  if (Object.keys(suppressions).length === 0 && !existsSync(location)) return
  try {
    makeFolder(dirname(location))
    writeWhole(location, `${JSON.stringify(suppressions, null, 2)}\n`)
  } catch (error) {
    throw new UsageError(`${displayPath(location, cwd)} cannot be written: ${systemReason(error)}.`)
  }
}
