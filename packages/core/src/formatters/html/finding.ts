import type { Lines } from '../../parse/lines.ts'
import type { Fix, Problem } from '../../problem.ts'
import { changedLines } from '../changed-lines.ts'
import { count, severityWords } from '../counts.ts'
import { resourceName } from '../resource.ts'
import { spansOf } from '../spans.ts'
import { attributes } from '../xml.ts'
import { cut, frame, textHtml } from './frame.ts'

/** A name of a megabyte would make a page of its own. */
const longest = 2000
/** Most lines of a change that are shown. */
const most = 20

/** The text of a file, whole and in lines. */
export interface PageText {
  whole: string
  lines: readonly string[]
  places: Lines
}

/** What a finding is shown with. */
export interface FindingContext {
  /** Its anchor on the page. */
  id: string
  /** The text that its positions speak of. */
  text: PageText | undefined
  /** Where its rule is explained. */
  url: string | undefined
}

/** One finding: what it says, where, the lines, what mends it. */
export function findingHtml(problem: Problem, { id, text, url }: FindingContext): string {
  const { lines = [] } = text ?? {}
  const { severity, ruleId, message, position, related, fix, suggestions = [] } = problem
  const head = { class: `finding ${severity}`, id, 'data-severity': severity, 'data-rule': ruleId }
  return [
    `<article${attributes(head)}>`,
    `<h3><span class="badge">${severityWords[severity]}</span> ${messageHtml(message)}</h3>`,
    metaHtml(problem, url),
    frame(lines, position),
    related ? relatedHtml(related, lines) : '',
    fix ? `<h4>The fix, which --fix applies${restarts(problem)}</h4>${changeHtml(text, fix)}` : '',
    suggestions.length > 0 ? choicesHtml(problem, suggestions, text) : '',
    '</article>',
  ].join('')
}

/** A message, what stands in backticks as code. */
export function messageHtml(message: string): string {
  const short = message.length > longest ? `${message.slice(0, longest)}…` : message
  return spansOf(short)
    .map(({ text, code }) => (code ? `<code>${textHtml(text)}</code>` : textHtml(text)))
    .join('')
}

/** A rule's id, as a link where it is explained on the web. */
export function ruleHtml(ruleId: string, url: string | undefined): string {
  const isSafe = url !== undefined && /^https?:\/\//i.test(url)
  return isSafe
    ? `<a${attributes({ class: 'rule', href: url, rel: 'noopener noreferrer' })}>${textHtml(ruleId)}</a>`
    : `<span class="rule">${textHtml(ruleId)}</span>`
}

function metaHtml(
  { ruleId, position, resource, container, field }: Problem,
  url: string | undefined,
): string {
  const { line, column } = position.start
  const parts = [
    `<span>line ${line}, column ${column}</span>`,
    ...(resource ? [`<span>${textHtml(cut(resourceName(resource), 0))}</span>`] : []),
    ...(container ? [`<span>container ${textHtml(cut(container, 0))}</span>`] : []),
    ...(field ? [`<span>${textHtml(cut(field, 0))}</span>`] : []),
  ]
  return `<p class="meta">${ruleHtml(ruleId, url)}${parts.join('')}</p>`
}

function relatedHtml(
  { position, message }: NonNullable<Problem['related']>,
  lines: readonly string[],
): string {
  const text = `<p class="related">Line ${position.start.line}: ${messageHtml(message)}</p>`
  return `${text}${frame(lines, position)}`
}

const restarts = ({ rollsPods }: Problem): string => (rollsPods ? '; it restarts the pods on every node' : '')

function choicesHtml(
  problem: Problem,
  suggestions: NonNullable<Problem['suggestions']>,
  text: PageText | undefined,
): string {
  const title =
    suggestions.length === 1 ? 'A suggestion' : `${suggestions.length} suggestions, of which to choose`
  const choices = suggestions.map(
    ({ message, fix }) => `<p class="choice">${messageHtml(message)}</p>${changeHtml(text, fix)}`,
  )
  return `<details><summary>${title}${restarts(problem)}</summary>${choices.join('')}</details>`
}

function changeHtml(text: PageText | undefined, fix: Fix): string {
  const change = text && changedLines(text.whole, text.places, fix)
  if (!change) return ''
  const { line, removed, added } = change
  const row = (kind: string, sign: string, number: number, content: string) =>
    `<span class="${kind}"><i>${number}</i>${sign} ${textHtml(cut(content, 0))}</span>`
  const rows = [
    ...removed.map((content, index) => row('removed', '-', line + index, content)),
    ...added.map((content, index) => row('added', '+', line + index, content)),
  ]
  const rest = rows.length - most
  const more = rest > 0 ? `<span><i></i>and ${count(rest, 'more line')}</span>` : ''
  return `<pre>${rows.slice(0, most).join('')}${more}</pre>`
}
