import { groupBy } from '../group-by.ts'
import type { Manifest, Root } from '../parse/tree.ts'
import type { Problem } from '../problem.ts'
import { digest } from '../text/digest.ts'
import {
  type FileSuppressions,
  resourceKey,
  resourceOfSubject,
  type Suppression,
  type Suppressions,
  subjectOf,
  wholeFile,
} from './suppressions.ts'

/** A file that was linted. */
export interface LintedForSuppressions {
  /** As suppressions name it: relative to their own folder, with `/`. */
  path: string
  problems: readonly Problem[]
  /** The keys of the resources in it that rules have looked at, as `resourceKey` makes them. */
  resources: readonly string[]
  /** There is something in it that rules could not look at, because it cannot be decoded, or is not rendered. */
  hasUnseen: boolean
}

/** What suppressions need to know of a file besides its findings. */
export type SeenResources = Pick<LintedForSuppressions, 'resources' | 'hasUnseen'>

/** What documents may be without their resources being known. */
const unseen: ReadonlySet<string> = new Set(['broken', 'template'])

/** @param hidden manifests that rules did not see */
export function seenResources({
  root,
  hidden,
}: {
  root: Root
  hidden: ReadonlySet<Manifest>
}): SeenResources {
  return {
    resources: root.children.filter((manifest) => !hidden.has(manifest)).map(resourceKey),
    hasUnseen: hidden.size > 0 || root.documents.some(({ status }) => unseen.has(status)),
  }
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
  /** The suppressions that did something, where they did it, and those that are {@link kept}. */
  used: Suppressions
  /**
   * Suppressions that nobody can say are of no use: of files that were not linted, and of what cannot be decoded at the
   * moment.
   */
  kept: Suppressions
}

/** What has become of files that suppressions name. */
export interface Whereabouts {
  /** Whether a file does not exist any more. */
  isGone(path: string): boolean
  /** Whether a file would have been linted if it were there, so that its new place would have been as well; default true. */
  isMeant?(path: string): boolean
}

/** Some findings of one rule about one subject, which may still be passed over. */
interface Allowance {
  left: number
  digests: string[]
}

/** By subject and rule. */
type Allowances = ReadonlyMap<string, Allowance>

/**
 * Takes the findings away that suppressions pass over. A file's own suppressions come first; then a resource that has
 * moved takes along those of the file it came from. For hosts that judge one file again and again: what rests on all
 * suppressions is asked only for findings that are left.
 * @param files all files of the run; one may be there in several parts
 * @returns one for each file, in their order
 */
export function passOver(
  files: readonly LintedForSuppressions[],
  suppressions: Suppressions,
  isGone: Whereabouts['isGone'],
): SuppressedFile[] {
  return take(files, suppressions, readAllowances(suppressions), placesIn(files, isGone))
}

/**
 * As {@link passOver}, and tells what has become of the suppressions themselves.
 * @param files all files of the run; one may be there in several parts
 */
export function applySuppressions(
  files: readonly LintedForSuppressions[],
  suppressions: Suppressions,
  { isGone, isMeant = () => true }: Whereabouts,
): SuppressionOutcome {
  const allowancesOf = readAllowances(suppressions)
  const placeOf = placesIn(files, isGone)
  const results = take(files, suppressions, allowancesOf, placeOf)
  const paths = Object.keys(suppressions)
  let unused = 0
  const kept = leftOf(paths, allowancesOf, (path, subject, left) => {
    const place = placeOf(path, subject)
    if (place === 'there' || place === 'left') unused += left
    return place === 'unknown' || (place === 'gone' && !isMeant(path))
  })
  const used = recordSuppressions(
    files.map(({ path }, index) => ({ path, problems: results[index]!.suppressed })),
    kept,
  )
  return { files: results, unused, used, kept }
}

function take(
  files: readonly LintedForSuppressions[],
  suppressions: Suppressions,
  allowancesOf: (path: string) => Allowances,
  placeOf: PlaceOf,
): SuppressedFile[] {
  const taken = files.map((): Set<Problem> => new Set())
  for (const [index, { path, problems }] of files.entries()) {
    const own = allowancesOf(path)
    takeAll(
      problems,
      (key) => (own.has(key) ? [own.get(key)!] : []),
      taken[index]!,
      () => true,
    )
  }
  const donorsFor = readDonors(suppressions, allowancesOf, placeOf)
  for (const [index, { problems }] of files.entries()) {
    const left = problems.filter((problem) => !taken[index]!.has(problem))
    takeAll(left, donorsFor, taken[index]!, isOfResource)
  }
  return files.map(({ problems }, index) => {
    const suppressed = taken[index]!
    return {
      problems: problems.filter((problem) => !suppressed.has(problem)),
      suppressed: problems.filter((problem) => suppressed.has(problem)).map(withReason),
    }
  })
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
  const found = new Map<string, Problem[]>()
  for (const { path, problems } of files) {
    if (problems.length > 0) found.set(path, [...(found.get(path) ?? []), ...problems])
  }
  const recorded = [...found].map(([path, problems]): [string, FileSuppressions] => [
    path,
    mapGroups(problems, subjectOf, (about) =>
      mapGroups(
        about,
        ({ ruleId }) => ruleId,
        (same) => ({ count: same.length, digests: same.map(digestOf).sort() }),
      ),
    ),
  ])
  return merged(Object.entries(others), recorded, (own, added) =>
    merged(Object.entries(own), Object.entries(added), (rules, more) =>
      merged(Object.entries(rules), Object.entries(more), sumOf),
    ),
  )
}

/** A copy that says why it does not count. Suggestions that nobody has asked for yet stay unmade. */
function withReason(problem: Problem): Problem {
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(problem)) as Problem
  copy.suppressions = [{ kind: 'file', justification: '' }]
  return copy
}

const digestOf = ({ message }: Problem): string => digest([message])

/** The allowances of each path, read when they are first asked for. */
function readAllowances(suppressions: Suppressions): (path: string) => Allowances {
  const known = new Map<string, Allowances>()
  return (path) => {
    let found = known.get(path)
    if (!found) {
      const subjects = Object.hasOwn(suppressions, path) ? suppressions[path]! : {}
      found = new Map(
        Object.entries(subjects).flatMap(([subject, rules]) =>
          Object.entries(rules).map(([ruleId, { count, digests = [] }]): [string, Allowance] => [
            keyOf(subject, ruleId),
            { left: count, digests: [...digests] },
          ]),
        ),
      )
      known.set(path, found)
    }
    return found
  }
}

const keyOf = (subject: string, ruleId: string): string => `${subject}\0${ruleId}`
const subjectIn = (key: string): string => key.slice(0, key.indexOf('\0'))

/**
 * What has become of what a suppression is about: it is still in its file, or was as far as anybody can tell; its file is
 * linted and it is not there any more; its file is gone; or nobody knows.
 */
type Place = 'there' | 'left' | 'gone' | 'unknown'
type PlaceOf = (path: string, subject: string) => Place

function placesIn(files: readonly LintedForSuppressions[], isGone: Whereabouts['isGone']): PlaceOf {
  const gone = new Map<string, boolean>()
  const isAway = (path: string): boolean => {
    const answer = gone.get(path) ?? isGone(path)
    gone.set(path, answer)
    return answer
  }
  const linted = new Map<string, { resources: Set<string>; hasUnseen: boolean }>()
  for (const { path, resources, hasUnseen } of files) {
    const known = linted.get(path)
    linted.set(path, {
      resources: new Set([...(known?.resources ?? []), ...resources]),
      hasUnseen: hasUnseen || known?.hasUnseen === true,
    })
  }
  return (path, subject) => {
    const file = linted.get(path)
    if (!file) return isAway(path) ? 'gone' : 'unknown'
    if (file.resources.has(resourceOfSubject(subject))) return 'there'
    if (file.hasUnseen) return 'unknown'
    return subject === wholeFile ? 'there' : 'left'
  }
}

/** The allowances whose subject is no longer in their file, by subject and rule; looked for when they are asked for. */
function readDonors(
  suppressions: Suppressions,
  allowancesOf: (path: string) => Allowances,
  placeOf: PlaceOf,
): (key: string) => readonly Allowance[] {
  const known = new Map<string, Allowance[]>()
  return (key) => {
    let found = known.get(key)
    if (!found) {
      const subject = subjectIn(key)
      found = Object.entries(suppressions).flatMap(([path, subjects]) => {
        const allowance = Object.hasOwn(subjects, subject) ? allowancesOf(path).get(key) : undefined
        if (!allowance || allowance.left === 0) return []
        const place = placeOf(path, subject)
        return place === 'left' || place === 'gone' ? [allowance] : []
      })
      known.set(key, found)
    }
    return found
  }
}

/**
 * Adds to `taken` what allowances pass over: those first that say what they said when they were recorded, then as many
 * others as are left.
 * @param mayDiffer whether a finding may say something else than it did
 */
function takeAll(
  problems: readonly Problem[],
  allowancesFor: (key: string) => readonly Allowance[],
  taken: Set<Problem>,
  mayDiffer: (problem: Problem) => boolean,
): void {
  const take = (problem: Problem, isMeant: (allowance: Allowance, said: string) => boolean) => {
    const allowances = allowancesFor(keyOf(subjectOf(problem), problem.ruleId))
    if (taken.has(problem) || allowances.length === 0) return
    const said = digestOf(problem)
    const found = allowances.find((allowance) => allowance.left > 0 && isMeant(allowance, said))
    if (!found) return
    taken.add(problem)
    found.left--
    if (found.digests.includes(said)) found.digests.splice(found.digests.indexOf(said), 1)
  }
  for (const problem of problems) take(problem, ({ digests }, said) => digests.includes(said))
  for (const problem of problems) if (mayDiffer(problem)) take(problem, () => true)
}

/** In a file that has a new name only what is about a resource can be told to be the same. */
const isOfResource = ({ resource }: Problem): boolean => resource !== undefined

/** What is left of allowances, as suppressions. */
function leftOf(
  paths: readonly string[],
  allowancesOf: (path: string) => Allowances,
  isWanted: (path: string, subject: string, left: number) => boolean,
): Suppressions {
  const left = new Map<string, FileSuppressions>()
  for (const path of paths) {
    const wanted = [...allowancesOf(path)].filter(
      ([key, allowance]) => allowance.left > 0 && isWanted(path, subjectIn(key), allowance.left),
    )
    if (wanted.length === 0) continue
    left.set(
      path,
      mapGroups(
        wanted,
        ([key]) => subjectIn(key),
        (about) =>
          mapGroups(
            about,
            ([key]) => key.slice(key.indexOf('\0') + 1),
            ([entry]) => suppressionOf(entry![1]),
          ),
      ),
    )
  }
  return Object.fromEntries(left)
}

function suppressionOf({ left, digests }: Allowance): Suppression {
  return digests.length === 0 ? { count: left } : { count: left, digests: digests.slice(0, left) }
}

function sumOf(one: Suppression, other: Suppression): Suppression {
  const digests = [...(one.digests ?? []), ...(other.digests ?? [])].sort()
  return { count: one.count + other.count, ...(digests.length > 0 && { digests }) }
}

/** One record of both; sorted. */
function merged<Value>(
  own: readonly [string, Value][],
  added: readonly [string, Value][],
  both: (own: Value, added: Value) => Value,
): Record<string, Value> {
  const all = new Map(own)
  for (const [key, value] of added) {
    const known = all.get(key)
    all.set(key, known === undefined ? value : both(known, value))
  }
  return Object.fromEntries(sorted(all))
}

/** Puts things that have the same key together, and makes something of each group; sorted. */
function mapGroups<Thing, Value>(
  things: readonly Thing[],
  keyOf: (thing: Thing) => string,
  made: (group: Thing[]) => Value,
): Record<string, Value> {
  return Object.fromEntries(sorted(groupBy(things, keyOf)).map(([key, group]) => [key, made(group)]))
}

/** By key, by code units, so that the file reads the same wherever it is written. */
function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
