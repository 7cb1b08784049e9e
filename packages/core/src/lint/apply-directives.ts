import type { Comment, Manifest, Root } from '../parse/tree.ts'
import type { Problem } from '../problem.ts'
import { type Annotation, type AnnotationEntry, readAnnotation } from './annotation.ts'
import { type Fitting, indexDirectives } from './directive-index.ts'
import { type Directive, type MisspeltDirective, readDirective } from './directives.ts'
import type { ResolvedConfig } from './resolved.ts'
import { reportDirectives } from './unused-directives.ts'

export interface DirectiveOptions {
  root: Root
  config: ResolvedConfig
  /** Manifests that rules did not see. */
  hidden: ReadonlySet<Manifest>
  /** Ids of the rules that ran. */
  enabled: ReadonlySet<string>
  /** Findings that were dropped for another one; directives that speak of them are not unused. */
  superseded?: readonly Problem[]
}

/** One rule of a directive, or all of them. */
export interface DirectiveUnit {
  directive: Directive
  /** Index in the directive's list; undefined: it names none, which means all. */
  index: number | undefined
  ruleId: string | undefined
  /** The line it speaks of; undefined for `disable` and `enable`. */
  line: number | undefined
  used: boolean
}

/** One rule of an annotation. */
export interface AnnotationUnit {
  annotation: Annotation
  entry: AnnotationEntry
  used: boolean
}

export interface FoundDirectives {
  units: DirectiveUnit[]
  annotations: Annotation[]
  annotationUnits: AnnotationUnit[]
  misspelt: MisspeltDirective[]
}

/**
 * Sets aside what directives turn off, with ESLint's meaning: `disable` holds from where it stands to an `enable` or
 * the end of the file, a finding belongs to the line where it starts, and of several directives that fit the last one
 * is the used one. Then adds reports of directives that do nothing. What the API server refuses stays, unless
 * `linterOptions.allowRejected` is set.
 */
export function applyDirectives(
  problems: readonly Problem[],
  options: DirectiveOptions,
): { problems: Problem[]; suppressed: Problem[] } {
  const { config, root } = options
  const { noInlineConfig, allowRejected } = config.linterOptions
  const found: FoundDirectives = noInlineConfig
    ? { units: [], annotations: [], annotationUnits: [], misspelt: [] }
    : findDirectives(root, config)
  const fitting = indexDirectives(found)
  const result = { problems: [] as Problem[], suppressed: [] as Problem[] }
  for (const problem of problems) {
    if (!problem.rejected || allowRejected) suppress(problem, fitting(problem))
    ;(problem.suppressions ? result.suppressed : result.problems).push(problem)
  }
  for (const problem of options.superseded ?? []) suppress(problem, fitting(problem))
  if (!noInlineConfig) for (const problem of reportDirectives(found, options)) result.problems.push(problem)
  return result
}

function findDirectives(root: Root, { knownRules }: ResolvedConfig): FoundDirectives {
  const found: FoundDirectives = { units: [], annotations: [], annotationUnits: [], misspelt: [] }
  const nextLines = linesAfterComments(root.comments)
  for (const comment of root.comments) {
    if (!comment.value.includes('daemonlint-')) continue
    const directive = readDirective(comment)
    if (!directive) continue
    if (!('type' in directive)) found.misspelt.push(directive)
    else for (const unit of unitsOf(directive, nextLines)) found.units.push(unit)
  }
  const isRule = (id: string) => knownRules.includes(id)
  for (const manifest of root.children) {
    const annotation = readAnnotation(manifest, isRule)
    if (!annotation) continue
    found.annotations.push(annotation)
    for (const entry of annotation.entries) found.annotationUnits.push({ annotation, entry, used: false })
  }
  return found
}

/** For each line that is a comment as a whole, the next that is not. */
export function linesAfterComments(comments: readonly Comment[]): ReadonlyMap<number, number> {
  const after = new Map<number, number>()
  for (const { ownLine, position } of comments.toReversed()) {
    const { line } = position.start
    if (ownLine) after.set(line, after.get(line + 1) ?? line + 1)
  }
  return after
}

function unitsOf(directive: Directive, nextLines: ReadonlyMap<number, number>): DirectiveUnit[] {
  const line = lineOf(directive, nextLines)
  const unit = (index?: number): DirectiveUnit => ({
    directive,
    index,
    ruleId: index === undefined ? undefined : directive.rules[index]!.id,
    line,
    used: false,
  })
  return directive.rules.length > 0 ? directive.rules.map((_, index) => unit(index)) : [unit()]
}

/** YAML has comments of one line only, so the next line is the next that is not a comment as a whole. */
export function lineOf(
  { type, comment }: Directive,
  nextLines: ReadonlyMap<number, number>,
): number | undefined {
  const { line } = comment.position.start
  if (type === 'disable-line') return line
  return type === 'disable-next-line' ? (nextLines.get(line + 1) ?? line + 1) : undefined
}

/** Gives a problem the reasons of all directives that fit, and marks the one that counts as used. */
function suppress(problem: Problem, { block, line, annotated }: Fitting): void {
  const used = block.at(-1) ?? line.at(-1) ?? annotated.at(-1)
  if (!used) return
  used.used = true
  problem.suppressions = [
    ...(problem.suppressions ?? []),
    ...[...block, ...line].map(({ directive }) => ({
      kind: 'directive' as const,
      justification: directive.reason,
    })),
    ...annotated.map(({ annotation }) => ({
      kind: 'annotation' as const,
      justification: annotation.reason,
    })),
  ]
}
