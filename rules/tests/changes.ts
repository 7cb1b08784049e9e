import { applyEdits, type Fix, lint, type Problem, parse, resolveConfig } from '@daemonlint/core'
import plugin, { configs } from '../src/index.ts'
import { independent } from './lint.ts'

/** A preset with every rule for itself: none keeps quiet because another has spoken. */
function linter(name: 'strict', builtin: typeof plugin | typeof independent) {
  const config = resolveConfig([configs[name]], { filePath: 'manifest.yaml', builtin })
  return (text: string) => lint(text, { config, filePath: 'manifest.yaml' })
}

const strict = linter('strict', plugin)
const everything = linter('strict', independent)

/** What is wrong with one change that is offered for a text. */
export interface BadChange {
  /** `12:3 image-tag: Name a version` */
  change: string
  /** `raises 9:5 memory-limit: …` */
  wrong: string[]
}

/** True for what mends a manifest that rules did not see, or not as a DaemonSet: they see it for the first time. */
const wasHidden = ({ rejected, ruleId }: Problem): boolean =>
  rejected === true || ruleId === 'deployment-as-daemonset'

/**
 * Applies each fix and each suggestion that the preset `strict` offers for a text, one at a time.
 * @returns those after which there is a finding that was not there, or only silenced by another; after which the API
 *   server refuses what it took; or that lose a comment
 */
export function badChanges(text: string): { tried: number; bad: BadChange[] } {
  const before = strict(text)
  const known = count(everything(text).problems)
  const wasRefused = before.problems.some(({ rejected }) => rejected)
  const bad: BadChange[] = []
  const offered = before.problems.flatMap((problem) =>
    changesOf(problem).map((change) => ({ problem, ...change })),
  )
  for (const { problem, message, fix } of offered) {
    const { output, applied } = applyEdits(text, [fix])
    const after = strict(output)
    const left = new Map(known)
    const wrong = applied.length === 1 ? [] : ['cannot be applied']
    for (const found of after.problems) {
      if (found.rejected ? wasRefused : wasHidden(problem)) continue
      const count = left.get(identity(found)) ?? 0
      if (count === 0) wrong.push(`raises ${place(found)} ${found.ruleId}: ${found.message}`)
      left.set(identity(found), count - 1)
    }
    const now = commentsOf(output)
    const lost = commentsOf(text).filter((comment) => !now.includes(comment))
    for (const comment of lost) wrong.push(`loses the comment ${comment}`)
    if (wrong.length > 0) bad.push({ change: `${place(problem)} ${problem.ruleId}: ${message}`, wrong })
  }
  return { tried: offered.length, bad }
}

/** Those of all documents, whatever rules look at. */
const commentsOf = (text: string): string[] => parse(text).comments.map(({ value }) => value.trim())

function changesOf({ fix, suggestions = [] }: Problem): { message: string; fix: Fix }[] {
  return [...(fix ? [{ message: 'the fix', fix }] : []), ...suggestions]
}

/** What a finding says, and of what, wherever it has moved; it may say it of less than before. */
const identity = ({ ruleId, messageId, manifest }: Problem): string =>
  [ruleId, messageId, manifest?.kind].join(' ')

function count(problems: readonly Problem[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const problem of problems) counts.set(identity(problem), (counts.get(identity(problem)) ?? 0) + 1)
  return counts
}

const place = ({ position: { start } }: Problem): string => `${start.line}:${start.column}`
