import { groupBy } from '../group-by.ts'
import { createLines } from '../parse/lines.ts'
import type { Problem } from '../problem.ts'
import { count, countSeverities, plural, severities, severityWords } from './counts.ts'
import { type FileResult, type FormatOptions, textOf } from './format.ts'
import { splitLines } from './frame.ts'
import { findingHtml, messageHtml, ruleHtml } from './html/finding.ts'
import { textHtml } from './html/frame.ts'
import { policy } from './html/policy.ts'
import { script } from './html/script.ts'
import { style } from './html/style.ts'
import { painter } from './paint.ts'
import { aboutRun } from './summary.ts'
import { attributes } from './xml.ts'

/**
 * A page that needs nothing but itself: how much there is by rule and by file, then every finding with its lines, its fix
 * and its suggestions. It can be filtered in a browser that runs its script, and read in one that does not.
 */
export function html(results: readonly FileResult[], options: FormatOptions): string {
  const files = results
    .filter(({ problems }) => problems.length > 0)
    .map((result, index) => ({ result, id: `f${index + 1}` }))
  const found = results.flatMap(({ problems }) => problems)
  const title = titleOf(found)
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>daemonlint: ${title}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    headHtml(results, options, found),
    failuresHtml(options),
    '<main>',
    found.length > 0 ? overviewHtml(files, found, options) : nothingHtml(options),
    found.length > 0 ? filterHtml(found) : '',
    ...files.map((file) => fileHtml(file, options)),
    '<p class="none-left" hidden>No finding fits the filter.</p>',
    '</main>',
    suppressedHtml(results, options),
    `<footer class="foot"><p>${footText(options)}</p></footer>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
  ]
    .filter((part) => part !== '')
    .join('\n')
}

export default html

interface NumberedFile {
  result: FileResult
  id: string
}

function titleOf(found: readonly Problem[]): string {
  const counts = countSeverities(found).map(({ text }) => text)
  return counts.join(', ') || 'nothing found'
}

function headHtml(results: readonly FileResult[], options: FormatOptions, found: readonly Problem[]): string {
  const { version, summary } = options
  const lines = aboutRun(results, { ...summary, offersChoice: false }, painter(false))
  const present = new Map(countSeverities(found).map(({ severity, number }) => [severity, number]))
  const counts = severities.map((severity) => {
    const number = present.get(severity) ?? 0
    return `<li class="${number > 0 ? severity : 'zero'}"><b>${number}</b>${plural(number, severityWords[severity])}</li>`
  })
  return [
    '<header class="top">',
    `<h1>daemonlint${version === undefined ? '' : ` <small>${textHtml(version)}</small>`}</h1>`,
    ...lines.map((line) => `<p>${messageHtml(line)}</p>`),
    `<ul class="counts">${counts.join('')}</ul>`,
    '</header>',
  ].join('\n')
}

function failuresHtml({ summary }: FormatOptions): string {
  const { failures = [] } = summary
  if (failures.length === 0) return ''
  const items = failures.map((text) => `<li>${messageHtml(text)}</li>`)
  return `<section class="failures"><div><strong>Not everything could be checked</strong><ul>${items.join('')}</ul></div></section>`
}

function nothingHtml({ summary }: FormatOptions): string {
  const { workloads, failures = [], hidden = 0 } = summary
  if (failures.length > 0 && workloads === 0) return ''
  const text = workloads === 0 ? 'Nothing was checked' : hidden > 0 ? 'No errors' : 'Nothing found'
  const more =
    workloads === 0
      ? 'There is no DaemonSet in what was read.'
      : hidden > 0
        ? `${count(hidden, 'finding is', 'findings are')} not shown.`
        : 'Every workload that was checked is fine.'
  return `<section class="nothing"><div><strong>${text}</strong>${more}</div></section>`
}

function pips(problems: readonly Problem[]): string {
  return countSeverities(problems)
    .map(({ severity, text }) => `<span class="pip ${severity}">${text}</span>`)
    .join(' ')
}

function overviewHtml(
  files: readonly NumberedFile[],
  found: readonly Problem[],
  { rules }: FormatOptions,
): string {
  const first = new Map<string, string>()
  for (const { result, id } of files) {
    result.problems.forEach(({ ruleId }, index) => {
      if (!first.has(ruleId)) first.set(ruleId, anchorOf(id, index))
    })
  }
  const byRule = [...groupByRule(found)].map(([ruleId, problems]) => {
    const description = rules?.(ruleId)?.description
    const link = attributes({ href: `#${first.get(ruleId)}`, 'data-rule': ruleId })
    return `<tr><td><a${link}>${textHtml(ruleId)}</a>${description ? `<p>${messageHtml(description)}</p>` : ''}</td><td class="pips">${pips(problems)}</td></tr>`
  })
  const byFile = files.map(
    ({ result, id }) =>
      `<tr><td><a href="#${id}">${textHtml(result.displayPath)}</a></td><td class="pips">${pips(result.problems)}</td></tr>`,
  )
  const table = (title: string, rows: readonly string[]) =>
    `<details open><summary>${title}</summary><div class="scroll"><table>${rows.join('')}</table></div></details>`
  return `<section class="overview">${table(count(byRule.length, 'rule'), byRule)}${table(`${count(files.length, 'file')} with findings`, byFile)}</section>`
}

/** Most severe first, then those with most findings. */
function groupByRule(found: readonly Problem[]): Map<string, Problem[]> {
  const groups = groupBy(found, ({ ruleId }) => ruleId)
  const worst = (problems: readonly Problem[]) => severities.indexOf(countSeverities(problems)[0]!.severity)
  return new Map([...groups].sort(([, a], [, b]) => worst(a) - worst(b) || b.length - a.length))
}

function filterHtml(found: readonly Problem[]): string {
  const boxes = countSeverities(found).map(
    ({ severity }) =>
      `<label><input type="checkbox" name="severity" value="${severity}" checked>${severityWords[severity]}s</label>`,
  )
  const options = [...groupByRule(found)]
    .map(([ruleId, { length }]) => ({ ruleId, length }))
    .sort((a, b) => (a.ruleId < b.ruleId ? -1 : 1))
    .map(
      ({ ruleId, length }) =>
        `<option${attributes({ value: ruleId })}>${textHtml(ruleId)} (${length})</option>`,
    )
  return [
    '<div class="filter" hidden><form autocomplete="off">',
    '<input type="search" name="text" placeholder="Filter by text  ( / )" aria-label="Filter by text">',
    `<fieldset aria-label="Severities">${boxes.join('')}</fieldset>`,
    `<select name="rule" aria-label="Rule"><option value="">All rules</option>${options.join('')}</select>`,
    '<button type="reset">Reset</button><output aria-live="polite"></output>',
    '</form></div>',
  ].join('')
}

const anchorOf = (file: string, index: number): string => `${file}-${index + 1}`

function fileHtml({ result, id }: NumberedFile, options: FormatOptions): string {
  const { problems, displayPath } = result
  const whole = textOf(result, options)
  const text =
    whole === undefined ? undefined : { whole, lines: splitLines(whole), places: createLines(whole) }
  const urls = new Map<string, string | undefined>()
  const urlOf = ({ ruleId, url }: Problem) => {
    if (url !== undefined) return url
    if (!urls.has(ruleId)) urls.set(ruleId, options.rules?.(ruleId)?.url)
    return urls.get(ruleId)
  }
  const findings = problems.map((problem, index) =>
    findingHtml(problem, { id: anchorOf(id, index), text, url: urlOf(problem) }),
  )
  const title = `<h2><span>${textHtml(displayPath)}</span><span>${pips(problems)}</span></h2>`
  return `<section class="file" id="${id}">${title}\n${findings.join('\n')}\n</section>`
}

function suppressedHtml(results: readonly FileResult[], { rules }: FormatOptions): string {
  const rows = results.flatMap(({ displayPath, suppressed }) =>
    suppressed.map(({ ruleId, message, position, suppressions = [], url }) => {
      const reasons = suppressions.map(({ justification }) => justification).filter(Boolean)
      const why = reasons.length > 0 ? messageHtml(reasons.join('; ')) : 'no reason given'
      return `<tr><td>${ruleHtml(ruleId, url ?? rules?.(ruleId)?.url)}<p>${textHtml(displayPath)}:${position.start.line}</p></td><td>${messageHtml(message)}<p>Suppressed: ${why}</p></td></tr>`
    }),
  )
  if (rows.length === 0) return ''
  return `<section class="suppressed"><details><summary>${rows.length} suppressed</summary><div class="scroll"><table>${rows.join('')}</table></div></details></section>`
}

function footText({ version }: FormatOptions): string {
  const by = version === undefined ? 'daemonlint' : `daemonlint ${textHtml(version)}`
  return `Made by ${by}. <code>daemonlint explain RULE</code> says what a rule asks for, and why.`
}
