import { type Fix, mergeEdits, type Problem } from '@daemonlint/core'
import type { Rule } from 'eslint'
import { enableRule } from './judgement.ts'
import { type KubernetesSource, rootOf } from './source.ts'

/**
 * A rule of ESLint that reports what the judgement of the file says under one id. ESLint creates all rules before it
 * visits the first node, so that by then every rule that is on is known, and one judgement serves them all.
 */
export function createRule(id: string, meta: Rule.RuleMetaData): Rule.RuleModule {
  return {
    meta,
    create(context) {
      const source: KubernetesSource = context.sourceCode
      const root = rootOf(source)
      if (!root) return {}
      const judgement = enableRule(id, context.options, source, context)
      if (!judgement) return {}
      return {
        [root.type]() {
          for (const problem of judgement.problemsOf(id)) {
            context.report(descriptorOf(problem, source.text, root.firstColumn))
          }
        },
      }
    },
  }
}

/** @param firstColumn 0 or 1: where the file's language begins to count */
function descriptorOf(problem: Problem, text: string, firstColumn: number): Rule.ReportDescriptor {
  const { message, position, fix, suggestions = [] } = problem
  const pointOf = ({ line, column }: { line: number; column: number }) => ({
    line,
    column: column - 1 + firstColumn,
  })
  return {
    message,
    loc: { start: pointOf(position.start), end: pointOf(position.end) },
    fix: fix && fixFunction(fix, text),
    suggest: suggestions.flatMap(({ message: desc, fix }) => {
      const change = fixFunction(fix, text)
      return change ? [{ desc, fix: change }] : []
    }),
  }
}

/** All edits of a fix as one, which is how ESLint keeps it. */
function fixFunction({ edits }: Fix, text: string): ((fixer: Rule.RuleFixer) => Rule.Fix) | undefined {
  const edit = mergeEdits(text, edits)
  return edit && ((fixer) => fixer.replaceTextRange(edit.range, edit.text))
}
