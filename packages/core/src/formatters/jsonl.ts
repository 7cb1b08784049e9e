import type { ProblemResource } from '../problem.ts'
import { type FileResult, type FormatOptions, textOf } from './format.ts'
import { type JsonMessage, toMessage } from './json.ts'

/** One finding of a run: what `json` has of it, and where it belongs. */
export interface JsonLine extends JsonMessage {
  filePath: string
  resource?: ProblemResource
  container?: string
}

/** For programs that read line by line: each finding as a JSON object on a line of its own. */
export function jsonl(results: readonly FileResult[], options: FormatOptions): string {
  return results
    .flatMap((result) => {
      const text = result.problems.length > 0 ? textOf(result, options) : undefined
      return result.problems.map((problem): JsonLine => {
        const { resource, container } = problem
        return {
          filePath: result.filePath,
          ...toMessage(problem, text),
          ...(resource && { resource }),
          ...(container !== undefined && { container }),
        }
      })
    })
    .map((line) => JSON.stringify(line))
    .join('\n')
}

export default jsonl
