import { groupBy } from '../group-by.ts'
import type { Problem } from '../problem.ts'
import { digest } from '../text/digest.ts'
import { resourceOfSubject, type Suppressions, subjectOf, wholeFile } from './suppressions.ts'

/** A file that was linted. */
export interface LintedForSuppressions {
  /** As suppressions name it: relative to their own folder, with `/`. */
  path: string
  problems: readonly Problem[]
  /** The keys of the resources in it, as `resourceKey` makes them. */
  resources: readonly string[]
}

/** What is left of a file's findings. */
export interface SuppressedFile {
  problems: Problem[]
  suppressed: Problem[]
}

export interface SuppressionOutcome {
  /** One for each file that was given, in their order. */
  files: SuppressedFile[]
  /** Suppressions for findings that do not occur any more, of files that were linted. */
  unused: number
  /** The suppressions that did something, where they did it, and all those of files that were not linted. */
  used: Suppressions
}

/** Some findings of one rule about one subject, which may still be passed over. */
interface Allowance {
  left: number
  digests: string[]
}

/**
 * Takes the findings away that suppressions pass over. A file's own suppressions come first; then a resource that has
 * moved takes along those of the file it came from.
 * @param files all files of the run
 * @param isGone whether a file that suppressions name does not exist any more
 */
export function applySuppressions(
  files: readonly LintedForSuppressions[],
  suppressions: Suppressions,
  isGone: (path: string) => boolean,
): SuppressionOutcome {
  const allowances = readAllowances(suppressions)
  const taken = files.map((): Set<Problem> => new Set())
  for (const [index, { path, problems }] of files.entries()) {
    takeAll(problems, allowances.get(path), taken[index]!, () => true)
  }
  const linted = new Map(files.map((file) => [file.path, new Set(file.resources)]))
  const isLeft = (path: string, subject: string): boolean => {
    const resources = linted.get(path)
    if (!resources) return isGone(path)
    return subject !== wholeFile && !resources.has(resourceOfSubject(subject))
  }
  const donors = donorsOf(allowances, isLeft)
  if (donors.size > 0) {
    for (const [index, { problems }] of files.entries())
      takeAll(problems, donors, taken[index]!, isOfResource)
  }
  const results = files.map(({ problems }, index): SuppressedFile => {
    const suppressed = taken[index]!
    return {
      problems: problems.filter((problem) => !suppressed.has(problem)),
      suppressed: problems.filter((problem) => suppressed.has(problem)).map(withReason),
    }
  })
  const used = recordSuppressions(
    files.map(({ path }, index) => ({ path, problems: results[index]!.suppressed })),
    Object.fromEntries(Object.entries(suppressions).filter(([path]) => !linted.has(path) && !isGone(path))),
  )
  return { files: results, unused: countUnused(allowances, linted), used }
}

/**
 * Writes findings down as suppressions.
 * @param files what is to be passed over, by file
 * @param others suppressions that stay
 */
export function recordSuppressions(
  files: readonly Pick<LintedForSuppressions, 'path' | 'problems'>[],
  others: Suppressions = {},
): Suppressions {
  const result: Suppressions = { ...others }
  for (const { path, problems } of files) {
    if (problems.length === 0) continue
    const bySubject = groupBy(problems, subjectOf)
    result[path] = Object.fromEntries(
      sorted(bySubject).map(([subject, about]) => [
        subject,
        Object.fromEntries(
          sorted(groupBy(about, ({ ruleId }) => ruleId)).map(([ruleId, found]) => [
            ruleId,
            { count: found.length, digests: found.map(digestOf).sort() },
          ]),
        ),
      ]),
    )
  }
  return Object.fromEntries(sorted(new Map(Object.entries(result))))
}

/** A copy that says why it does not count. Suggestions that nobody has asked for yet stay unmade. */
function withReason(problem: Problem): Problem {
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(problem)) as Problem
  copy.suppressions = [{ kind: 'file', justification: '' }]
  return copy
}

const digestOf = ({ message }: Problem): string => digest([message])

type Allowances = Map<string, Allowance[]>

/** By path, and there by subject and rule. */
function readAllowances(suppressions: Suppressions): Map<string, Allowances> {
  return new Map(
    Object.entries(suppressions).map(([path, subjects]) => [
      path,
      new Map(
        Object.entries(subjects).flatMap(([subject, rules]) =>
          Object.entries(rules).map(([ruleId, { count, digests = [] }]): [string, Allowance[]] => [
            keyOf(subject, ruleId),
            [{ left: count, digests: [...digests] }],
          ]),
        ),
      ),
    ]),
  )
}

const keyOf = (subject: string, ruleId: string): string => `${subject}\0${ruleId}`

/** What is left of allowances whose subject is no longer in their file. */
function donorsOf(
  allowances: ReadonlyMap<string, Allowances>,
  isLeft: (path: string, subject: string) => boolean,
): Allowances {
  const donors: Allowances = new Map()
  for (const [path, ofFile] of allowances) {
    for (const [key, [allowance]] of ofFile) {
      if (allowance!.left === 0 || !isLeft(path, key.slice(0, key.indexOf('\0')))) continue
      const known = donors.get(key)
      if (known) known.push(allowance!)
      else donors.set(key, [allowance!])
    }
  }
  return donors
}

/**
 * Adds to `taken` what allowances pass over: those first that say what they said when they were recorded, then as many
 * others as are left.
 * @param mayDiffer whether a finding may say something else than it did
 */
function takeAll(
  problems: readonly Problem[],
  allowances: Allowances | undefined,
  taken: Set<Problem>,
  mayDiffer: (problem: Problem) => boolean,
): void {
  if (!allowances) return
  const take = (problem: Problem, isMeant: (allowance: Allowance, said: string) => boolean) => {
    const said = digestOf(problem)
    const found = allowances
      .get(keyOf(subjectOf(problem), problem.ruleId))
      ?.find((allowance) => allowance.left > 0 && isMeant(allowance, said))
    if (!found) return
    taken.add(problem)
    found.left--
    if (found.digests.includes(said)) found.digests.splice(found.digests.indexOf(said), 1)
  }
  for (const problem of problems) {
    if (!taken.has(problem)) take(problem, ({ digests }, said) => digests.includes(said))
  }
  for (const problem of problems) {
    if (!taken.has(problem) && mayDiffer(problem)) take(problem, () => true)
  }
}

/** In a file that has a new name only what is about a resource can be told to be the same. */
const isOfResource = ({ resource }: Problem): boolean => resource !== undefined

function countUnused(
  allowances: ReadonlyMap<string, Allowances>,
  linted: ReadonlyMap<string, unknown>,
): number {
  let unused = 0
  for (const [path, ofFile] of allowances) {
    if (!linted.has(path)) continue
    for (const [allowance] of ofFile.values()) unused += allowance!.left
  }
  return unused
}

/** By key, by code units, so that the file reads the same wherever it is written. */
function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
