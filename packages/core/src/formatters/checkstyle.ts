import type { Severity } from '../problem.ts'
import type { FileResult, FormatOptions } from './format.ts'
import { attributes } from './xml.ts'

const SEVERITY: Record<Severity, string> = { info: 'info', warn: 'warning', error: 'error' }

/** Checkstyle's XML: a `file` for each file read, an `error` in it for each finding, whatever its severity. */
export function checkstyle(results: readonly FileResult[], _options: FormatOptions): string {
  const files = results.flatMap(({ displayPath, problems }) => [
    `  <file${attributes({ name: displayPath })}>`,
    ...problems.map(({ ruleId, severity, message, position: { start } }) => {
      const { line, column } = start
      const source = `daemonlint.${ruleId}`
      return `    <error${attributes({ line, column, severity: SEVERITY[severity], message, source })}/>`
    }),
    '  </file>',
  ])
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<checkstyle version="4.3">',
    ...files,
    '</checkstyle>',
  ].join('\n')
}

export default checkstyle
