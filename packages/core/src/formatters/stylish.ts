import { VFile } from 'vfile'
import type { VFileMessage } from 'vfile-message'
import { reporter } from 'vfile-reporter'
import { fatal } from '../lint/vfile.ts'
import type { Problem } from '../problem.ts'
import { type FileResult, type FormatOptions, textOf } from './format.ts'
import { codeFrame, printable, splitLines } from './frame.ts'
import { type Paint, painter } from './paint.ts'
import { summarise } from './summary.ts'

/**
 * For people: each file with its findings, the line and a marker under each, and a summary. `vfile-reporter` writes
 * the findings; its own last line, which counts no remarks, gives way to the summary.
 */
export function stylish(results: readonly FileResult[], options: FormatOptions): string {
  const paint = painter(options.color)
  const files = results
    .filter(({ problems, output }) => problems.length > 0 || output !== undefined)
    .flatMap((result) => toFiles(result, options, paint))
  const report =
    files.length > 0 ? tidy(reporter(files, { color: options.color, verbose: true }), results, paint) : ''
  const summary = summarise(results, options.summary, paint)
  return report ? `${report}\n\n${summary}` : summary
}

export default stylish

/** The reporter hands all findings of a file to one call, which takes no more than the stack can hold. */
const most = 10_000
/** Ends the path of a file's second part and those after it; it sorts first, and no printable path holds it. */
const part = '\0'

/** The file with its findings, in parts where there are very many. */
function toFiles(result: FileResult, options: FormatOptions, paint: Paint): VFile[] {
  const path = printable(result.displayPath).replaceAll('\n', '\\n')
  const file = new VFile({ path })
  if (result.output !== undefined && !options.summary.dryRun) file.stored = true
  const { problems } = result
  const text = problems.length > 0 ? textOf(result, options) : undefined
  const lines = text === undefined ? undefined : splitLines(text)
  const files = [file]
  for (const [index, problem] of problems.entries()) {
    if (index > 0 && index % most === 0) files.push(new VFile({ path: path + part }))
    addMessage(files.at(-1)!, problem, lines, paint)
  }
  return files
}

function addMessage(file: VFile, problem: Problem, lines: string[] | undefined, paint: Paint): void {
  const { start } = problem.position
  // The rule stands right after the message: in a column of its own it would be far from all but the longest.
  const reason = `${shortened(printable(problem.message).replaceAll('\n', ' '))}${paint.aside(`  ${problem.ruleId}`)}`
  const message: VFileMessage = file.message(reason, { place: { line: start.line, column: start.column } })
  message.fatal = fatal[problem.severity]
  const mark =
    problem.severity === 'error' ? paint.red : problem.severity === 'warn' ? paint.yellow : paint.blue
  const note = lines ? codeFrame(lines, problem.position, { paint: mark, dim: paint.dim }) : []
  if (problem.related) {
    const { position, message: text } = problem.related
    note.push(`${position.start.line}:${position.start.column} ${printable(text)}`)
    if (lines) note.push(...codeFrame(lines, position, { paint: paint.dim, dim: paint.dim }))
  }
  if (problem.url) note.push(paint.dim(problem.url))
  if (note.length > 0) message.note = note.join('\n')
}

/** Where a name of a megabyte is in a message, the reporter would make all lines that long. */
function shortened(message: string): string {
  return message.length > longest ? `${message.slice(0, longest)}…` : message
}

const longest = 1000

/** The reporter's text without the headings of notes and of a file's further parts, and its last line. */
function tidy(report: string, results: readonly FileResult[], paint: Paint): string {
  const all = report.split('\n')
  const heading = `  ${paint.bold('[note]')}:`
  const isOfPart = (line: string | undefined) => line?.includes(part)
  const lines = all.filter(
    (line, index) => line !== heading && !isOfPart(line) && !(line === '' && isOfPart(all[index + 1])),
  )
  const hasByline = results.some(({ problems }) => problems.some(({ severity }) => severity !== 'info'))
  if (hasByline) lines.splice(-2)
  return lines.join('\n').replaceAll(paint.yellow('info'), paint.blue('info'))
}
