import { mergeEdits } from '../fix/edits.ts'
import type { Edit, Fix, Problem } from '../problem.ts'
import { type FileResult, type FormatOptions, textOf } from './format.ts'

/** ESLint's numbers, with 0 for what never changes the exit code. */
const SEVERITY: Record<Problem['severity'], 0 | 1 | 2> = { info: 0, warn: 1, error: 2 }

/** One finding, in the shape of ESLint's `LintMessage`; `field` is ours. */
export interface JsonMessage {
  ruleId: string
  severity: 0 | 1 | 2
  message: string
  messageId?: string
  line: number
  column: number
  endLine: number
  endColumn: number
  /** The API server refuses the manifest because of it. */
  fatal?: true
  /** As the API server prints it. */
  field?: string
  fix?: Edit
  suggestions?: { messageId?: string; desc: string; fix: Edit }[]
  url?: string
  suppressions?: { kind: string; justification: string }[]
}

/** One file, in the shape of ESLint's `LintResult`; the counts of remarks are ours. */
export interface JsonResult {
  filePath: string
  messages: JsonMessage[]
  suppressedMessages: JsonMessage[]
  errorCount: number
  fatalErrorCount: number
  warningCount: number
  infoCount: number
  fixableErrorCount: number
  fixableWarningCount: number
  fixableInfoCount: number
  usedDeprecatedRules: { ruleId: string; replacedBy: string[] }[]
  output?: string
  source?: string
}

/** For programs: ESLint's results, one for every file read, as JSON on one line. */
export function json(results: readonly FileResult[], options: FormatOptions): string {
  return JSON.stringify(results.map((result) => toJson(result, options)))
}

export default json

function toJson(result: FileResult, options: FormatOptions): JsonResult {
  const { problems, suppressed, output, source } = result
  const needsText = [...problems, ...suppressed].some(({ fix, suggestions }) => fix || suggestions)
  const text = needsText ? textOf(result, options) : undefined
  const number = (severity: Problem['severity'], fixable = false) =>
    problems.filter((problem) => problem.severity === severity && (!fixable || problem.fix)).length
  const json: JsonResult = {
    filePath: result.filePath,
    messages: problems.map((problem) => toMessage(problem, text)),
    suppressedMessages: suppressed.map((problem) => ({
      ...toMessage(problem, text),
      suppressions: (problem.suppressions ?? []).map(({ kind, justification }) => ({ kind, justification })),
    })),
    errorCount: number('error'),
    fatalErrorCount: problems.filter(({ rejected }) => rejected).length,
    warningCount: number('warn'),
    infoCount: number('info'),
    fixableErrorCount: number('error', true),
    fixableWarningCount: number('warn', true),
    fixableInfoCount: number('info', true),
    usedDeprecatedRules: (result.usedDeprecatedRules ?? []).map(({ ruleId, replacedBy }) => ({
      ruleId,
      replacedBy,
    })),
  }
  if (output !== undefined) json.output = output
  else if (source !== undefined && problems.length > 0) json.source = source
  return json
}

/** A finding in ESLint's shape; `text` is what its offsets speak of. */
export function toMessage(problem: Problem, text: string | undefined): JsonMessage {
  const { ruleId, severity, message, messageId, position, rejected, field, fix, suggestions, url } = problem
  const json: JsonMessage = {
    ruleId,
    severity: SEVERITY[severity],
    message,
    ...(messageId !== undefined && { messageId }),
    line: position.start.line,
    column: position.start.column,
    endLine: position.end.line,
    endColumn: position.end.column,
  }
  if (rejected) json.fatal = true
  if (field !== undefined) json.field = field
  const edit = fix && mergedEdit(fix, text)
  if (edit) json.fix = edit
  const offered = (suggestions ?? []).flatMap(({ messageId, message, fix }) => {
    const edit = mergedEdit(fix, text)
    return edit ? [{ ...(messageId !== undefined && { messageId }), desc: message, fix: edit }] : []
  })
  if (offered.length > 0) json.suggestions = offered
  if (url !== undefined) json.url = url
  return json
}

/** A fix as one edit, as ESLint has it. Several edits cannot be one where the text between them is not known. */
export function mergedEdit({ edits }: Fix, text: string | undefined): Edit | undefined {
  if (edits.length === 1) return { range: [...edits[0]!.range], text: edits[0]!.text }
  return text === undefined ? undefined : mergeEdits(text, edits)
}
