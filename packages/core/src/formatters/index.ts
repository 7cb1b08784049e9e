export type {
  FileResult,
  FormatInfo,
  FormatOptions,
  Formatter,
  RuleInfo,
  RunSummary,
} from './format.ts'
export type { JsonMessage, JsonResult } from './json.ts'
export type { JsonLine } from './jsonl.ts'
export { formatInfo, formatters, loadFormatter } from './registry.ts'
