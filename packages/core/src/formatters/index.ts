export type { FileResult, FormatOptions, Formatter, RunSummary } from './format.ts'
export type { JsonMessage, JsonResult } from './json.ts'
export { formatters, loadFormatter } from './registry.ts'
