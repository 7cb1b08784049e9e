import type { Problem, Severity } from '../problem.ts'
import { count, countSeverities, severities } from './counts.ts'
import type { FileResult, FormatOptions } from './format.ts'
import { oneLine } from './frame.ts'
import { painter } from './paint.ts'
import { spansOf } from './spans.ts'
import { aboutRun } from './summary.ts'

const MARK: Record<Severity, string> = { error: '❌', warn: '⚠️', info: 'ℹ️' }

/** GitHub takes 65,536 characters in a comment, and a workflow may put something before and after it. */
const most = 60_000
/** A name of a megabyte would leave no room for anything else. */
const longest = 600

/**
 * For a comment on a pull request, or the summary of a job: a heading, a table of findings for each file with the worst
 * first, and how much there is. It stops before 60,000 characters and says how many findings are left out.
 */
export function markdown(results: readonly FileResult[], options: FormatOptions): string {
  const { failures = [] } = options.summary
  const head = [heading(results, options), '']
  const foot = ['', ...failures.map((text) => `- ❗ ${inline(text)}`), ...(failures.length > 0 ? [''] : [])]
  foot.push(...summaryLines(results, options))
  const room = most - [...head, ...foot].join('\n').length
  const { lines, left } = tables(results, room)
  const cut = left > 0 ? ['', `…and ${count(left, 'more finding')}, left out for length.`] : []
  return [...head, ...lines, ...cut, ...foot]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

export default markdown

function heading(results: readonly FileResult[], { summary }: FormatOptions): string {
  const { failures = [], hidden = 0, workloads } = summary
  const counts = countSeverities(results.flatMap(({ problems }) => problems))
  const [worst] = counts
  if (worst) return `### ${MARK[worst.severity]} daemonlint: ${counts.map(({ text }) => text).join(', ')}`
  if (failures.length > 0) return '### ❗ daemonlint: not all was checked'
  if (hidden > 0) {
    return `### ✅ daemonlint: no errors, ${count(hidden, 'other finding')} not shown`
  }
  return workloads > 0 ? '### ✅ daemonlint: nothing found' : '### daemonlint: nothing to check'
}

/** What the report for people says at its end, but for the counts, which are the heading. */
function summaryLines(results: readonly FileResult[], { summary }: FormatOptions): string[] {
  return aboutRun(results, summary, painter(false)).map((line) => `${inline(line)}  `)
}

/** Tables until the room is used up. */
function tables(results: readonly FileResult[], room: number) {
  const files = results
    .filter(({ problems }) => problems.length > 0)
    .map((result) => ({
      result,
      worst: result.problems.reduce((worst, problem) => Math.min(worst, rankOf(problem)), 9),
    }))
    .sort((a, b) => a.worst - b.worst)
  const total = files.reduce((sum, { result }) => sum + result.problems.length, 0)
  const lines: string[] = []
  let used = 0
  let shown = 0
  for (const { result } of files) {
    const head = [
      '',
      `**${code(excerpt(oneLine(result.displayPath)))}**`,
      '',
      '| | line | finding | rule |',
      '|-|-:|-|-|',
    ]
    const rows = result.problems.toSorted((a, b) => rankOf(a) - rankOf(b)).map(toRow)
    const cost = head.join('\n').length
    if (used + cost + rows[0]!.length > room) break
    lines.push(...head)
    used += cost
    for (const row of rows) {
      if (used + row.length > room) return { lines, left: total - shown }
      lines.push(row)
      used += row.length + 1
      shown++
    }
  }
  return { lines, left: total - shown }
}

const rankOf = ({ severity }: Problem): number => severities.indexOf(severity)

function toRow({ severity, position, message, ruleId, url }: Problem): string {
  const rule = url && /^https?:\/\//.test(url) ? `[${code(ruleId)}](${linkTarget(url)})` : code(ruleId)
  return `| ${MARK[severity]} | ${position.start.line} | ${inline(excerpt(oneLine(message)))} | ${rule} |`
}

const excerpt = (text: string): string =>
  text.length > longest ? `${text.slice(0, longest).replace(/\p{Surrogate}$/u, '')}…` : text

const linkTarget = (url: string): string =>
  url.replace(/[\s<>()\\|"`]/g, (character) => encodeURIComponent(character))

/** A message on one line, with what stands in backticks as code. */
function inline(text: string): string {
  return spansOf(text)
    .map(({ text, code: isCode }) => (isCode ? code(text) : prose(text)))
    .join('')
}

/** `<code>` rather than backticks: a table splits its rows at pipes even within those. */
const code = (text: string): string => `<code>${encode(text)}</code>`

/** Text in which nothing is markup, nor tells a person (`@name`) or links an issue (`#1`). */
function prose(text: string): string {
  return encode(text).replace(/(&#64;|&#35;)(?=\w)/g, '$1&#8203;')
}

/** All that Markdown or HTML might take for markup, as character references, which neither does. */
function encode(text: string): string {
  // A colon before a space neither ends the scheme of a link nor names an emoji.
  return text.replace(/:(?!\s|$)|[^\p{L}\p{N}\p{M}\p{Zs}.,:;=?()\u2026'/-]/gu, (character) =>
    character.codePointAt(0)! < 0x80 ? `&#${character.codePointAt(0)};` : character,
  )
}
