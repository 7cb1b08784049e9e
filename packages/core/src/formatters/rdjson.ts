import type { Point } from 'unist'
import { createLines, type Lines } from '../parse/lines.ts'
import { TextEncoder } from '../parse/platform.ts'
import type { Fix, Problem, Severity } from '../problem.ts'
import { type FileResult, type FormatOptions, textOf } from './format.ts'
import { mergedEdit } from './json.ts'

const SEVERITY: Record<Severity, string> = { info: 'INFO', warn: 'WARNING', error: 'ERROR' }

/**
 * reviewdog's diagnostics (`DiagnosticResult` of its `reviewdog.proto`). Columns count bytes of UTF-8. The automatic fix
 * is the one suggestion where there is one; else the choices are, and a person takes one.
 */
export function rdjson(results: readonly FileResult[], options: FormatOptions): string {
  const diagnostics = results.flatMap((result) => {
    const text = result.problems.length > 0 ? textOf(result, options) : undefined
    const lines = text === undefined ? undefined : createLines(text)
    const source = text === undefined || !lines ? undefined : { text, lines, encoder: new TextEncoder() }
    return result.problems.map((problem) => toDiagnostic(problem, result.displayPath, source))
  })
  return JSON.stringify({ source: { name: 'daemonlint' }, diagnostics })
}

export default rdjson

interface Text {
  text: string
  lines: Lines
  encoder: { encode(text: string): Uint8Array }
}

function toDiagnostic(problem: Problem, path: string, source: Text | undefined) {
  const { ruleId, severity, message, position, url, related } = problem
  const suggestions = source ? suggestionsOf(problem, source) : []
  return {
    message: related ? `${message} (${related.message}: line ${related.position.start.line})` : message,
    location: {
      path,
      range: { start: toPosition(position.start, source), end: toPosition(position.end, source) },
    },
    severity: SEVERITY[severity],
    code: { value: ruleId, ...(url !== undefined && { url }) },
    ...(suggestions.length > 0 && { suggestions }),
  }
}

function suggestionsOf({ fix, suggestions = [] }: Problem, source: Text) {
  const fixes: Fix[] = fix ? [fix] : suggestions.map((suggestion) => suggestion.fix)
  return fixes.flatMap((fix) => {
    const edit = mergedEdit(fix, source.text)
    if (!edit) return []
    const { start, end } = source.lines.positionOf(...edit.range)
    return [{ range: { start: toPosition(start, source), end: toPosition(end, source) }, text: edit.text }]
  })
}

/** A place whose column counts bytes. Where the text is not known, the line alone. */
function toPosition({ line, column, offset }: Point, source: Text | undefined) {
  if (!source) return { line }
  // Problems of other hosts may have no offsets.
  const start = offset === undefined ? undefined : offset - (column - 1)
  const before = start === undefined ? '' : source.text.slice(start, offset)
  return { line, column: start === undefined ? column : source.encoder.encode(before).length + 1 }
}
