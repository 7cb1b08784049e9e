import { severityWords } from './counts.ts'
import type { FileResult, FormatOptions } from './format.ts'
import { oneLine } from './frame.ts'
import { painter } from './paint.ts'

/** One line for each finding, as compilers write them: `path:line:column: severity message [rule]`. */
export function concise(results: readonly FileResult[], { color }: FormatOptions): string {
  const paint = painter(color)
  const mark = { info: paint.blue, warn: paint.yellow, error: paint.red }
  return results
    .flatMap(({ displayPath, problems }) =>
      problems.map(({ ruleId, severity, message, position: { start } }) => {
        const place = paint.bold(`${oneLine(displayPath)}:${start.line}:${start.column}:`)
        const rule = paint.dim(`[${oneLine(ruleId)}]`)
        return `${place} ${mark[severity](severityWords[severity])} ${oneLine(message)} ${rule}`
      }),
    )
    .join('\n')
}

export default concise
