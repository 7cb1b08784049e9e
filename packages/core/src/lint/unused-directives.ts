import type { Position } from 'unist'
import { groupBy } from '../group-by.ts'
import type { Manifest, Root } from '../parse/tree.ts'
import type { Edit, Problem, Severity } from '../problem.ts'
import type { ReportDescriptor } from '../report/descriptor.ts'
import { interpolate, type MessageData } from '../report/interpolate.ts'
import { toProblem } from '../report/report.ts'
import { didYouMean } from '../text/nearest.ts'
import {
  type Annotation,
  type AnnotationEntry,
  disableAnnotation,
  templateAnnotationPath,
  withoutEntries,
} from './annotation.ts'
import type { AnnotationUnit, DirectiveOptions, DirectiveUnit, FoundDirectives } from './apply-directives.ts'
import type { Directive } from './directives.ts'
import { removeComment, removeRule } from './edit-directives.ts'
import { isRejection } from './rejection-severities.ts'

/** The id under which directives that do nothing are reported. */
export const unusedDirective = 'daemonlint/unused-directive'

const unusedDirectiveMessages = {
  unused: 'This directive hides nothing: no rule reports anything here.',
  unusedRule: 'This directive hides nothing: {{rules}} nothing here.',
  unusedEnable: 'This directive ends nothing: no `daemonlint-disable` before it fits.',
  unknownRule: 'There is no rule `{{rule}}`, so this directive hides nothing.{{hint}}',
  rejected:
    'The API server refuses the manifest because of `{{rule}}`, so a directive cannot hide it unless `linterOptions.allowRejected` is set.',
  misspelt: '`{{word}}` is no directive. Did you mean `{{meant}}`?',
  noRules: 'The annotation `{{annotation}}` names no rule, so it hides nothing. Name rules, or write `all`.',
  template:
    "The annotation `{{annotation}}` does not count on the pod template, where changing it restarts the pods. It belongs in the workload's own metadata.",
  remove: 'Remove it.',
  move: "Move it to the workload's own metadata; this once, it restarts the pods.",
} as const

type MessageId = keyof typeof unusedDirectiveMessages
type Verdict = { messageId: MessageId; data?: MessageData }

/** Reports directives and annotations that do nothing, with fixes that remove them. */
export function reportDirectives(found: FoundDirectives, options: DirectiveOptions): Problem[] {
  const severity = options.config.linterOptions.reportUnusedDisableDirectives
  if (severity === 'off') return []
  const hiddenParts = hiddenRanges(options.root, options.hidden)
  const annotated = groupBy(found.annotationUnits, ({ annotation }) => annotation)
  return [
    ...found.misspelt.map(({ comment, word, meant }) =>
      problemAt(comment.position, severity, { messageId: 'misspelt', data: { word, meant } }),
    ),
    ...commentProblems(found.units, severity, options, hiddenParts),
    ...found.annotations.flatMap((annotation) =>
      annotationProblems(annotation, annotated.get(annotation) ?? [], severity, options),
    ),
    ...options.root.children.flatMap((manifest) => templateProblems(manifest, severity)),
  ]
}

function commentProblems(
  units: readonly DirectiveUnit[],
  severity: Severity,
  options: DirectiveOptions,
  hiddenParts: readonly [number, number][],
): Problem[] {
  markEnables(units)
  const byDirective = new Map<Directive, { unit: DirectiveUnit; verdict: Verdict | undefined }[]>()
  for (const unit of units) {
    const list = byDirective.get(unit.directive) ?? []
    list.push({ unit, verdict: verdictOf(unit.ruleId, unit.used, options, isHidden(unit, hiddenParts)) })
    byDirective.set(unit.directive, list)
  }
  const problems: Problem[] = []
  for (const [directive, list] of byDirective) {
    const idle = list.filter(({ verdict }) => verdict)
    const enables = directive.type === 'enable'
    if (idle.length === list.length && idle.every(({ verdict }) => verdict!.messageId.startsWith('unused'))) {
      const rules = directive.rules.map(({ id }) => `\`${id}\``).join(', ')
      const said = rules && `${rules} ${directive.rules.length > 1 ? 'report' : 'reports'}`
      const messageId = enables ? 'unusedEnable' : rules ? 'unusedRule' : 'unused'
      const fix = removeComment(options.root.text, directive)
      problems.push(
        problemAt(directive.comment.position, severity, { messageId, data: { rules: said } }, fix),
      )
      continue
    }
    for (const { unit, verdict } of idle) {
      const rule = directive.rules[unit.index!]!
      const said: Verdict =
        enables && verdict!.messageId === 'unusedRule' ? { messageId: 'unusedEnable' } : verdict!
      const fix =
        list.length === 1 ? removeComment(options.root.text, directive) : removeRule(directive, unit.index!)
      problems.push(problemAt(rule.position, severity, said, fix))
    }
  }
  return problems
}

/** What is wrong with naming a rule; undefined when nothing is, or when nobody can tell. */
function verdictOf(
  ruleId: string | undefined,
  used: boolean,
  { config, enabled }: DirectiveOptions,
  hidden: boolean,
  where: 'comment' | 'annotation' = 'comment',
): Verdict | undefined {
  if (used) return undefined
  if (ruleId === undefined) return hidden || enabled.size === 0 ? undefined : { messageId: 'unused' }
  const { knownRules, linterOptions } = config
  if (!knownRules.includes(ruleId)) {
    return { messageId: 'unknownRule', data: { rule: ruleId, hint: hintFor(ruleId, knownRules, where) } }
  }
  if (isRejection(ruleId) && !linterOptions.allowRejected)
    return { messageId: 'rejected', data: { rule: ruleId } }
  if (hidden || !(ruleId.startsWith('api-server/') || enabled.has(ruleId))) return undefined
  return { messageId: 'unusedRule', data: { rules: `\`${ruleId}\` reports` } }
}

/** What was meant by a rule that there is not. */
function hintFor(ruleId: string, knownRules: readonly string[], where: 'comment' | 'annotation'): string {
  if (ruleId === '*' || ruleId === 'all') {
    return where === 'comment' ? ' For all rules, name none.' : ' For all rules, write `all`.'
  }
  return /\s/.test(ruleId)
    ? ' Put commas between rules, and ` -- ` before a reason.'
    : didYouMean(ruleId, knownRules)
}

/** An `enable` is used when it ends a `disable`. */
function markEnables(units: readonly DirectiveUnit[]): void {
  /** Ids of the rules that are disabled; undefined for all of them. */
  const open = new Set<string | undefined>()
  for (const unit of units) {
    const { directive, ruleId } = unit
    if (directive.type === 'disable') open.add(ruleId)
    if (directive.type !== 'enable') continue
    unit.used = ruleId === undefined ? open.size > 0 : open.has(undefined) || open.has(ruleId)
    if (ruleId === undefined) open.clear()
    else open.delete(ruleId)
  }
}

/** Stretches of the text that rules did not see, in its order. */
function hiddenRanges(root: Root, manifests: ReadonlySet<Manifest>): [number, number][] {
  const hidden = new Set([...manifests].map(({ document }) => document))
  return root.documents
    .filter(({ status, index }) => status === 'broken' || status === 'template' || hidden.has(index))
    .map(({ position }) => [position.start.offset ?? 0, position.end.offset ?? 0])
}

function isHidden({ directive, line }: DirectiveUnit, hiddenParts: readonly [number, number][]): boolean {
  const offset = directive.comment.position.start.offset ?? 0
  if (line === undefined) return offset <= (hiddenParts.at(-1)?.[1] ?? -1)
  let low = 0
  let high = hiddenParts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (hiddenParts[middle]![1] < offset) low = middle + 1
    else high = middle
  }
  return low < hiddenParts.length && hiddenParts[low]![0] <= offset
}

function annotationProblems(
  annotation: Annotation,
  units: readonly AnnotationUnit[],
  severity: Severity,
  options: DirectiveOptions,
): Problem[] {
  const { manifest, path, entries } = annotation
  const hidden = options.hidden.has(manifest)
  if (entries.length === 0) {
    const data = { annotation: disableAnnotation }
    return report(
      { node: manifest, path, messageId: 'noRules', data, fix: (fixer) => fixer.remove(path) },
      severity,
    )
  }
  return units.flatMap((unit) => {
    const { ruleId, text } = unit.entry
    const verdict = verdictOf(ruleId === 'all' ? undefined : ruleId, unit.used, options, hidden, 'annotation')
    if (!verdict) return []
    const data = verdict.messageId === 'unusedRule' ? { rules: `\`${text}\` reports` } : verdict.data
    const rest = withoutEntries(annotation, new Set<AnnotationEntry>([unit.entry]))
    return report(
      {
        node: manifest,
        path,
        messageId: verdict.messageId,
        data,
        fix: (fixer) => (rest === '' ? fixer.remove(path) : fixer.set(path, rest)),
      },
      severity,
    )
  })
}

function templateProblems(manifest: Manifest, severity: Severity): Problem[] {
  const path = templateAnnotationPath(manifest)
  if (!path) return []
  const target = ['metadata', 'annotations', disableAnnotation]
  const data = { annotation: disableAnnotation }
  return report(
    {
      node: manifest,
      path,
      on: 'key',
      messageId: 'template',
      data,
      suggest: [{ messageId: 'move', fix: (fixer) => fixer.move(path, target) }],
    },
    severity,
    true,
  )
}

function report(descriptor: ReportDescriptor<MessageId>, severity: Severity, rollsPods = false): Problem[] {
  const problem = toProblem(descriptor, {
    ruleId: unusedDirective,
    severity,
    messages: unusedDirectiveMessages,
    rollsPods,
  })
  return problem ? [problem] : []
}

function problemAt(position: Position, severity: Severity, verdict: Verdict, fix?: Edit): Problem {
  const { messageId, data } = verdict
  const message = interpolate(unusedDirectiveMessages[messageId], data, () => {})
  const problem: Problem = { ruleId: unusedDirective, severity, message, messageId, position }
  if (fix) problem.fix = { edits: [fix] }
  return problem
}
