import type { Root } from '../parse/tree.ts'
import type { Edit, Fix, Problem } from '../problem.ts'
import { composeEdits } from './compose-edits.ts'
import { applyEdits } from './edits.ts'
import { type RolledWorkload, watchRolls } from './rolled.ts'

/** @typeParam Result what the lint that is given returns */
export interface FixOptions<Result extends FixableResult = FixableResult> {
  /** Which findings' fixes count; default: all. */
  filter?: (problem: Problem) => boolean
  /** Default 10, as in ESLint. */
  maxPasses?: number
  /** What the text itself comes to, where it has been linted already. */
  first?: Result | undefined
}

/** What fixing needs of a lint's result. */
export interface FixableResult {
  root: Root
  problems: readonly Problem[]
}

/** @typeParam Result what the lint that was given returns */
export interface FixResult<Result extends FixableResult = FixableResult> {
  output: string
  /** What makes the output of the text, for hosts that must not replace it as a whole; in order, none touches another. */
  edits: Edit[]
  /** The output differs from the text. */
  fixed: boolean
  /** What the output, linted, still has. */
  result: Result
  /** How many passes changed the text. */
  passes: number
  /** Workloads whose pods restart on every node once the output is applied. */
  rolled: RolledWorkload[]
  /** Fixes undo each other: the passes ended where the text would have been one that was there before. */
  cycle?: true
}

/**
 * Applies fixes in passes, for one fix may make room for another, until nothing is left to fix. A fix whose output
 * does not parse, or which the API server would refuse for a new reason, is not applied.
 * @param text the file, without a byte order mark
 * @param lintOnce lints one version of it
 */
export function fixText<Result extends FixableResult>(
  text: string,
  lintOnce: (text: string) => Result,
  { filter = () => true, maxPasses = 10, first }: FixOptions<Result> = {},
): FixResult<Result> {
  const seen = new Set([text])
  const dropped = new Set<string>()
  const rolls = watchRolls()
  const taken: Edit[][] = []
  let current = text
  let result = first ?? lintOnce(text)
  let passes = 0
  let cycle = false
  while (passes < maxPasses) {
    const problems = result.problems.filter(
      (each) => each.fix && filter(each) && !dropped.has(signature(each)),
    )
    if (problems.length === 0) break
    const before = dropped.size
    const step = takePass(current, result, problems, lintOnce, dropped)
    // Without the fixes that do harm, others may have their turn.
    if (step === null && dropped.size > before) continue
    if (step === null) break
    if (seen.has(step.output)) {
      cycle = true
      break
    }
    seen.add(step.output)
    rolls.see(result.root, step.result.root, step.applied)
    taken.push(step.applied.flatMap(({ fix }) => fix!.edits))
    current = step.output
    result = step.result
    passes++
  }
  const outcome = {
    output: current,
    edits: composeEdits(text, taken),
    fixed: current !== text,
    result,
    passes,
    rolled: rolls.rolled(result.root),
  }
  return cycle ? { ...outcome, cycle } : outcome
}

interface Pass<Result> {
  output: string
  result: Result
  applied: Problem[]
}

/** One pass; null when nothing can be applied. Fixes that do harm are added to `dropped`. */
function takePass<Result extends FixableResult>(
  text: string,
  before: Result,
  problems: Problem[],
  lintOnce: (text: string) => Result,
  dropped: Set<string>,
): Pass<Result> | null {
  const all = tryFixes(text, before, problems, lintOnce)
  if (all === null || all.sound) return all
  let best: Pass<Result> | null = null
  // By halves, so that a few among thousands are soon found.
  const add = (problems: Problem[]): void => {
    const taken = [...(best?.applied ?? []), ...problems]
    const attempt = tryFixes(text, before, taken, lintOnce)
    if (attempt?.sound && attempt.applied.length === taken.length) best = attempt
    else if (problems.length === 1) dropped.add(signature(problems[0]!))
    else for (const half of halves(problems)) add(half)
  }
  for (const half of halves(all.applied)) add(half)
  return best
}

/** Two parts of a list, without those that would be empty. */
function halves<Item>(list: readonly Item[]): Item[][] {
  const middle = list.length >> 1
  return [list.slice(0, middle), list.slice(middle)].filter(({ length }) => length > 0)
}

function tryFixes<Result extends FixableResult>(
  text: string,
  before: Result,
  problems: Problem[],
  lintOnce: (text: string) => Result,
): (Pass<Result> & { sound: boolean }) | null {
  const owners = new Map<Fix, Problem>(problems.map((problem) => [problem.fix!, problem]))
  const { output, applied } = applyEdits(text, [...owners.keys()])
  if (output === text) return null
  const fixed = applied.map((fix) => owners.get(fix)!)
  const result = lintOnce(output)
  return { output, result, applied: fixed, sound: isSound(before, result, fixed) }
}

/** False when a document stops being one, or the API server has a new reason to refuse it. */
function isSound(before: FixableResult, after: FixableResult, applied: Problem[]): boolean {
  const documents = after.root.documents
  if (documents.length !== before.root.documents.length) return false
  for (const [index, { status }] of documents.entries()) {
    const lost = status === 'broken' || status === 'template' || status === 'empty'
    if (lost && status !== before.root.documents[index]!.status) return false
  }
  // A document that was refused whole may now show what was hidden before; that is no fault of the fix.
  const opened = new Set(applied.filter(({ rejected }) => rejected).map(documentOf))
  const known = new Map<string, number>()
  for (const problem of before.problems) {
    if (problem.rejected) known.set(reasonOf(problem), (known.get(reasonOf(problem)) ?? 0) + 1)
  }
  for (const problem of after.problems) {
    if (!problem.rejected || opened.has(documentOf(problem))) continue
    const left = known.get(reasonOf(problem)) ?? 0
    if (left === 0) return false
    known.set(reasonOf(problem), left - 1)
  }
  return true
}

const documentOf = ({ manifest }: Problem): number => manifest?.document ?? -1

const reasonOf = (problem: Problem): string =>
  JSON.stringify([documentOf(problem), problem.ruleId, problem.field ?? '', problem.message])

/** What a fix is known by from one pass to the next, in which offsets differ. */
const signature = (problem: Problem): string =>
  JSON.stringify([reasonOf(problem), problem.fix?.edits.map(({ text }) => text)])
