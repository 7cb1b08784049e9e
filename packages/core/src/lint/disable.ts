import { type Document, type Scalar, visit } from 'yaml'
import { createFixer } from '../fix/fixer.ts'
import { beforeBreak, breakAt, lineBreakNear, lineEnd, lineStart } from '../fix/lines.ts'
import { groupBy } from '../group-by.ts'
import { isJson } from '../parse/read.ts'
import type { Manifest, Root } from '../parse/tree.ts'
import type { Edit, Problem } from '../problem.ts'
import { disableAnnotation, readAnnotation } from './annotation.ts'
import { lineOf, linesAfterComments } from './apply-directives.ts'
import { type Directive, readDirective } from './directives.ts'
import { addRule, removeComment, removeRule } from './edit-directives.ts'
import type { LintResult } from './lint.ts'
import type { ResolvedConfig } from './resolved.ts'
import { unusedDirective } from './unused-directives.ts'

/** A change of the text that hides a finding. */
export interface Disabling {
  edits: Edit[]
  /** Where a person says why: a stretch of the text of one of the edits. Absent where a reason stands already. */
  reason?: { edit: number; range: [number, number] }
}

/** What a file came to, and under which configuration. */
export interface Linted {
  result: Pick<LintResult, 'root' | 'problems' | 'suppressed'>
  config: ResolvedConfig
  /** What is written as the reason, for a person to write over; '' leaves ` -- ` at the end. */
  reason: string
}

/** True for a finding that a directive may hide: not for what the API server refuses, nor for one about directives. */
export function mayDisable({ rejected, ruleId }: Problem, { linterOptions }: ResolvedConfig): boolean {
  if (linterOptions.noInlineConfig || ruleId === unusedDirective) return false
  return !rejected || linterOptions.allowRejected
}

/**
 * Hides the findings of a rule on the line of a finding: adds the rule to a directive that is there for that line, or
 * writes one above it. Where no comment can stand, in a text of several lines, it goes around that text.
 * @returns null where no comment can stand at all, as in JSON
 */
export function disableLine(problem: Problem, linted: Linted): Disabling | null {
  const { ruleId, position } = problem
  const { root } = linted.result
  const { text } = root
  const offset = position.start.offset ?? 0
  const document = problem.manifest && documentAt(root, problem.manifest, offset)
  if (!document || !mayDisable(problem, linted.config)) return null
  const other = directivesFor(root, position.start.line).find(({ rules }) => rules.length > 0)
  if (other) return { edits: [addRule(other, ruleId)] }
  const texts = spansOver(text, document)
  const isFree = (at: number) => !texts.some(([start, end]) => start < at && at < end)
  const start = lineStart(text, offset)
  if (isFree(start)) return ownLine(text, start, 'disable-next-line', linted.reason, ruleId)
  const end = lineEnd(text, offset)
  if (isFree(end) && !root.comments.some(({ position }) => position.end.offset === end)) {
    const comment = ` # daemonlint-disable-line ${ruleId} -- `
    return withReason({ range: [end, end], text: comment }, comment.length, linted.reason)
  }
  return around(text, start, isFree, endOfDocument(root, problem.manifest!), linted.reason, ruleId)
}

/**
 * Hides all findings of a rule in a file, by a directive at its top, below a licence. Directives for single lines that
 * thereby hide nothing go.
 * @returns null where no comment can stand, as in JSON, or one at the top would not reach all findings, or would leave
 *   an annotation or another directive with nothing to hide
 */
export function disableFile(problem: Problem, linted: Linted): Disabling | null {
  const { ruleId } = problem
  const { root, problems } = linted.result
  const { text } = root
  if (!mayDisable(problem, linted.config)) return null
  const top = topOf(text)
  const first = root.documents.find(({ status }) => status !== 'empty')
  if (!first || isJson(text.slice(first.position.start.offset, first.position.end.offset))) return null
  const { directives } = indexOf(root)
  const last = problems.findLast((one) => one.ruleId === ruleId) ?? problem
  const ends = directives.some(
    (one) => one.type === 'enable' && speaksOf(one, ruleId) && offsetOf(one.comment) <= offsetOf(last),
  )
  const idle = ends ? null : idleBelow(linted, ruleId)
  if (!idle) return null
  const head = directives.find(
    (one) =>
      one.type === 'disable' &&
      one.rules.length > 0 &&
      one.comment.ownLine &&
      offsetOf(one.comment) < top.content,
  )
  const written = head
    ? { edits: [addRule(head, ruleId)] }
    : ownLine(text, top.comments, 'disable', linted.reason, ruleId)
  return { ...written, edits: [...written.edits, ...idle] }
}

/**
 * Hides the findings of a rule in a resource, or in the container that the finding is in, by the annotation.
 * @returns null where the annotation cannot be written
 */
export function disableByAnnotation(problem: Problem, { config, reason }: Linted): Disabling | null {
  const { manifest, ruleId, container } = problem
  if (!manifest || !mayDisable(problem, config)) return null
  const path = ['metadata', 'annotations', disableAnnotation]
  const entry = container === undefined ? ruleId : `${ruleId}/${container}`
  const before = readAnnotation(manifest, (id) => config.knownRules.includes(id))
  if (/[\s,]/.test(entry) || (!before && manifest.at(...path))) return null
  const list = [...(before?.entries.map(({ text }) => text) ?? []), entry].join(', ')
  const why = before ? before.reason : reason
  const edits = createFixer(manifest).set(path, why === '' ? list : `${list} -- ${why}`)
  if (!edits || edits.length === 0) return null
  const edit = edits.findIndex(({ text }) => text.includes(`${list} -- ${reason}`))
  if (before || reason === '' || edit < 0) return { edits }
  const start = edits[edit]!.text.indexOf(`${list} -- ${reason}`) + list.length + ' -- '.length
  return { edits, reason: { edit, range: [start, start + reason.length] } }
}

const offsetOf = ({ position }: Pick<Problem, 'position'>): number => position.start.offset ?? 0

interface Index {
  directives: readonly Directive[]
  lines: ReadonlyMap<number | undefined, readonly Directive[]>
}

const indexes = new WeakMap<Root, Index>()

/** The directives of a file, looked through once, for an editor asks about each finding. */
function indexOf(root: Root): Index {
  const known = indexes.get(root)
  if (known) return known
  const directives = root.comments.flatMap((comment) => {
    const directive = readDirective(comment)
    return directive && 'type' in directive ? [directive] : []
  })
  const nextLines = linesAfterComments(root.comments)
  const index = { directives, lines: groupBy(directives, (directive) => lineOf(directive, nextLines)) }
  indexes.set(root, index)
  return index
}

const speaksOf = ({ rules }: Directive, ruleId: string): boolean =>
  rules.length === 0 || rules.some(({ id }) => id === ruleId)

/** The directives for a line alone. */
const directivesFor = (root: Root, line: number): readonly Directive[] => indexOf(root).lines.get(line) ?? []

/** The YAML in which an offset stands; undefined where it is JSON, or in another document than the resource. */
function documentAt(root: Root, manifest: Manifest, offset: number): Document | undefined {
  const [start, end] = rangeOfDocument(root, manifest)
  if (offset < start || offset > end || isJson(root.text.slice(start, end))) return undefined
  return manifest.yaml.document
}

function rangeOfDocument({ documents }: Root, { document }: Manifest): [number, number] {
  const { position } = documents[document]!
  return [position.start.offset ?? 0, position.end.offset ?? 0]
}

const endOfDocument = (root: Root, manifest: Manifest): number => rangeOfDocument(root, manifest)[1]

const spans = new WeakMap<Document, readonly [number, number][]>()

/** The texts of a document that stand on several lines, in which `#` begins no comment. */
function spansOver(text: string, document: Document): readonly [number, number][] {
  let found = spans.get(document) as [number, number][] | undefined
  if (found) return found
  found = []
  for (const node of scalarsOf(document)) {
    const [start, end] = node.range ?? [0, 0]
    if (/[\r\n]/.test(text.slice(start, end))) found.push([start, end])
  }
  spans.set(document, found)
  return found
}

function scalarsOf(document: Document): Scalar[] {
  const scalars: Scalar[] = []
  visit(document, {
    Scalar(_, scalar) {
      scalars.push(scalar)
    },
  })
  return scalars
}

/** A directive on a line of its own, above the line that begins at an offset and indented as that is. */
function ownLine(text: string, start: number, type: string, reason: string, ruleId: string): Disabling {
  const comment = `${indentAt(text, start)}# daemonlint-${type} ${ruleId} -- `
  const edit = { range: [start, start] as [number, number], text: comment + lineBreakNear(text, start) }
  return withReason(edit, comment.length, reason)
}

const indentAt = (text: string, start: number): string =>
  /^ */.exec(text.slice(start, lineEnd(text, start)))![0]

function withReason(edit: Edit, at: number, reason: string): Disabling {
  const text = edit.text.slice(0, at) + reason + edit.text.slice(at)
  return { edits: [{ ...edit, text }], reason: { edit: 0, range: [at, at + reason.length] } }
}

/** Directives before and after the text of several lines in which an offset is. */
function around(
  text: string,
  offset: number,
  isFree: (at: number) => boolean,
  limit: number,
  reason: string,
  ruleId: string,
): Disabling | null {
  let start = offset
  while (start > 0 && !isFree(start)) start = lineStart(text, beforeBreak(text, start))
  const before = ownLine(text, start, 'disable', reason, ruleId)
  let end = offset
  while (end < limit && !isFree(end)) end = nextLine(text, end)
  // At the end of the file there is nothing to enable for, and a line more might belong to the text.
  if (end >= text.length) return before
  const comment = `${indentAt(text, start)}# daemonlint-enable ${ruleId}${lineBreakNear(text, start)}`
  return { ...before, edits: [...before.edits, { range: [end, end], text: comment }] }
}

function nextLine(text: string, offset: number): number {
  const end = lineEnd(text, offset)
  return end + breakAt(text, end).length
}

/** A comment that speaks of the file, not of what stands below it: a licence, or what an editor or a shell reads. */
const ofTheFile = /copyright|licen[cs]e|SPDX|^#!|^# *(?:yaml-language-server|-\*-|vim?:)/i

/**
 * Where a file has room for a directive that holds for all of it, and where what is no comment begins.
 */
function topOf(text: string): { comments: number; content: number } {
  const lineAt = (at: number) => text.slice(at, lineEnd(text, at))
  const skip = (from: number, pattern: RegExp) => {
    let at = from
    while (at < text.length && pattern.test(lineAt(at))) at = nextLine(text, at)
    return at
  }
  const content = skip(0, /^[ \t]*(?:#|$)|^---[ \t]*(?:#|$)/)
  let comments = skip(0, /^[ \t]*$/)
  for (;;) {
    const end = skip(comments, /^[ \t]*#/)
    const isHeader = text
      .slice(comments, end)
      .split(/\r\n?|\n/)
      .some((line) => ofTheFile.test(line))
    const next = isHeader
      ? end
      : /^---[ \t]*(?:#|$)/.test(lineAt(comments))
        ? nextLine(text, comments)
        : comments
    if (next === comments) break
    comments = skip(next, /^[ \t]*$/)
  }
  // At the end of a file without a line break a comment would join the last line; there is no finding either.
  return { comments: Math.min(comments, content), content }
}

/**
 * Edits that take away what would hide nothing below a directive for the whole file: of directives for single lines,
 * the rule.
 * @returns null where something else would hide nothing
 */
function idleBelow({ result }: Linted, ruleId: string): Edit[] | null {
  const { root, suppressed } = result
  const idle = new Map<Directive, Edit>()
  for (const one of suppressed) {
    if (one.ruleId !== ruleId) continue
    if (one.suppressions?.some(({ kind }) => kind === 'annotation')) return null
    for (const directive of directivesFor(root, one.position.start.line)) {
      if (directive.rules.length === 0) return null
      const index = directive.rules.findIndex(({ id }) => id === ruleId)
      if (index < 0) continue
      const edit =
        directive.rules.length === 1 ? removeComment(root.text, directive) : removeRule(directive, index)
      idle.set(directive, edit)
    }
  }
  return [...idle.values()]
}
