import { type Edit, fixText, type LintResult, type Problem, type Suggestion } from '@daemonlint/core'
import {
  type Disabling,
  disableByAnnotation,
  disableFile,
  disableLine,
  groupBy,
} from '@daemonlint/core/editor'
import type { Snapshot } from '../snapshot.ts'
import { describeEdits } from './describe-edits.ts'

/** The kind of the action that does what `daemonlint --fix` does; a request for `source.fixAll` means it too. */
export const fixAllKind = 'source.fixAll.daemonlint'
const quickFixKind = 'quickfix'

/** Of how many findings each has its own actions: nobody looks through more, and a selection may hold thousands. */
const mostProblems = 500

/** The kinds of all actions that are offered, for the server's capabilities. */
export const codeActionKinds: readonly string[] = [quickFixKind, fixAllKind]

/** What takes several rounds of linting to work out: fixing everything, or everything of one rule. */
export type FixAll = { ruleId?: string }

/** One code action, in terms of the snapshot's text. */
export interface OfferedAction {
  title: string
  kind: string
  /** The one fix at the range, which editors apply by a single key. */
  isPreferred?: true
  /** Those that it does away with, or hides. */
  problems: readonly Problem[]
  /** Absent where they are worked out only when somebody wants them: by {@link fixAllEdits}. */
  edits?: readonly Edit[]
  fixAll?: FixAll
  /** Where a person says why: a stretch of the text of one of the edits, to be selected or written over. */
  reason?: NonNullable<Disabling['reason']>
}

export interface CodeActionOptions {
  /** The kinds that are asked for, each standing for those below it as well; absent: what an editor's bulb shows. */
  only?: readonly string[] | undefined
  /** What is written where a reason belongs. An editor that takes snippets needs none: `''`. Default `why?`. */
  reason?: string
  /** Told of a rule that fails while its suggestions are made; the others are offered all the same. */
  onError?: (error: unknown) => void
}

/**
 * The code actions for a stretch of a document: the fixes of the findings there, what their rules suggest, fixing
 * everything, and hiding findings. Where none is touched, those on its lines are meant, as editors without a mouse ask.
 * @param range two offsets
 */
export function codeActions(
  snapshot: Snapshot,
  range: readonly [number, number],
  { only, reason = 'why?', onError }: CodeActionOptions = {},
): OfferedAction[] {
  const actions: OfferedAction[] = []
  if (only ? includes(only, quickFixKind) : true) {
    const problems = problemsAt(snapshot, range).slice(0, mostProblems)
    actions.push(
      ...fixes(snapshot, problems),
      ...problems.flatMap((problem) => suggestions(snapshot, problem, onError)),
      ...fixesOfAll(snapshot, problems),
      ...disabling(snapshot, problems, reason),
    )
  }
  if (only && includes(only, fixAllKind)) {
    const problems = fixable(snapshot)
    const title = 'Fix all fixable daemonlint problems'
    if (problems.length > 0) actions.push({ title, kind: fixAllKind, problems, fixAll: {} })
  }
  return actions
}

/**
 * The edits of an action that fixes everything, or everything of one rule: what `daemonlint --fix` does, in passes. They
 * are in order, and none touches another; none at all where nothing can be fixed.
 * @param lintOnce lints another version of the same document
 */
export function fixAllEdits(
  { text, result }: Snapshot,
  { ruleId }: FixAll,
  lintOnce: (text: string) => LintResult,
): Edit[] {
  const filter = (problem: Problem) => ruleId === undefined || problem.ruleId === ruleId
  return fixText(text, lintOnce, { filter, first: result }).edits
}

/** Whether a kind, or one above it, is asked for. */
function includes(only: readonly string[], kind: string): boolean {
  return only.some((one) => one === '' || kind === one || kind.startsWith(`${one}.`))
}

const fixable = ({ result }: Snapshot): Problem[] => result.problems.filter(({ fix }) => fix)

function problemsAt({ text, result }: Snapshot, [start, end]: readonly [number, number]): Problem[] {
  const touching = (from: number, to: number) =>
    result.problems.filter(({ position }) => {
      return (position.start.offset ?? 0) <= to && (position.end.offset ?? 0) >= from
    })
  const touched = touching(start, end)
  if (touched.length > 0) return touched
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1
  const lineEnd = text.slice(end).search(/[\r\n]|$/) + end
  return touching(lineStart, lineEnd).filter(({ position }) => (position.start.offset ?? 0) >= lineStart)
}

function fixes({ text }: Snapshot, problems: readonly Problem[]): OfferedAction[] {
  const actions = problems.flatMap((problem): OfferedAction[] => {
    const { fix, ruleId } = problem
    if (!fix) return []
    const title = `Fix: ${describeEdits(text, fix.edits)} (${ruleId})`
    return [{ title, kind: quickFixKind, problems: [problem], edits: fix.edits }]
  })
  const [only, another] = actions
  if (only && !another) only.isPreferred = true
  return actions
}

function suggestions(
  { text }: Snapshot,
  problem: Problem,
  onError: CodeActionOptions['onError'],
): OfferedAction[] {
  let found: readonly Suggestion[]
  try {
    found = problem.suggestions ?? []
  } catch (error) {
    onError?.(error)
    return []
  }
  return found.map(({ messageId, message, fix }) => {
    // A fix that only restarts pods for a remark's sake has no words of its own.
    const title =
      messageId === undefined
        ? `Fix: ${describeEdits(text, fix.edits)} (${problem.ruleId}); it restarts the pods on every node`
        : `${message.replace(/\.$/, '')} (${problem.ruleId})`
    return { title, kind: quickFixKind, problems: [problem], edits: fix.edits }
  })
}

/** Where a finding has a fix that others have too: those of its rule, and all. */
function fixesOfAll(snapshot: Snapshot, problems: readonly Problem[]): OfferedAction[] {
  const rules = new Set(problems.flatMap(({ fix, ruleId }) => (fix ? [ruleId] : [])))
  if (rules.size === 0) return []
  const all = fixable(snapshot)
  const actions: OfferedAction[] = []
  for (const ruleId of rules) {
    const ofRule = all.filter((problem) => problem.ruleId === ruleId)
    if (ofRule.length < 2) continue
    const title = `Fix all ${ruleId} problems in this file`
    actions.push({ title, kind: quickFixKind, problems: ofRule, fixAll: { ruleId } })
  }
  if (all.some(({ ruleId }) => ruleId !== all[0]!.ruleId)) {
    const title = 'Fix all fixable problems in this file'
    actions.push({ title, kind: quickFixKind, problems: all, fixAll: {} })
  }
  return actions
}

function disabling(snapshot: Snapshot, problems: readonly Problem[], reason: string): OfferedAction[] {
  const linted = { result: snapshot.result, config: snapshot.config, reason }
  const actions: OfferedAction[] = []
  const add = (title: string, hidden: readonly Problem[], made: Disabling | null) => {
    if (made) actions.push({ title, kind: quickFixKind, problems: hidden, ...made })
    return made !== null
  }
  const lines = groupBy(problems, ({ ruleId, position }) => `${position.start.line} ${ruleId}`)
  for (const same of lines.values()) {
    const [problem] = same
    const { ruleId, manifest, container } = problem!
    if (add(`Disable ${ruleId} for this line`, same, disableLine(problem!, linted))) continue
    const whole = container === undefined ? `${manifest?.kind} ${manifest?.name}` : `container ${container}`
    add(`Disable ${ruleId} for ${whole} by an annotation`, [problem!], disableByAnnotation(problem!, linted))
  }
  for (const [ruleId, [problem]] of groupBy(problems, ({ ruleId }) => ruleId)) {
    const ofRule = snapshot.result.problems.filter((one) => one.ruleId === ruleId)
    add(`Disable ${ruleId} for this file`, ofRule, disableFile(problem!, linted))
  }
  return actions
}
