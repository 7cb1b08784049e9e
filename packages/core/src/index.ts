export { type Judgement, type JudgeOptions, judge, rejections } from './apiserver/index.ts'
export * from './define.ts'
export {
  type AppliedFixes,
  applyEdits,
  type FixableResult,
  type FixOptions,
  type FixResult,
  fixText,
  mergeEdits,
} from './fix/index.ts'
export type * from './fix/types.ts'
export {
  type FileResult,
  type FormatInfo,
  type FormatOptions,
  type Formatter,
  formatInfo,
  formatters,
  type JsonLine,
  type JsonMessage,
  type JsonResult,
  loadFormatter,
  type RuleInfo,
  type RunSummary,
} from './formatters/index.ts'
export type * from './lint/config.ts'
export { ConfigError, type ErrorPlace } from './lint/config-error.ts'
export type { Counts } from './lint/counts.ts'
export { type DeprecatedRuleUse, usedDeprecatedRules } from './lint/deprecated-rules.ts'
export { flatConfigs } from './lint/flat-configs.ts'
export { type LintOptions, type LintResult, lint, mayConcern } from './lint/lint.ts'
export { filesMatcher, type PathMatcher } from './lint/match-files.ts'
export { prepareConfig } from './lint/prepare-config.ts'
export type { Clusters, Project } from './lint/project.ts'
export { powerlessRules } from './lint/rejection-severities.ts'
export {
  type ConfigResolver,
  createConfigResolver,
  type ResolveOptions,
  resolveConfig,
} from './lint/resolve-config.ts'
export type { ResolvedConfig, ResolvedRule, ResourceEntry } from './lint/resolved.ts'
export {
  type FoundResource,
  findResources,
  hidesResources,
  mayHideKinds,
  type ResourceQuery,
  type ResourceScope,
} from './lint/resources.ts'
export type * from './lint/rule.ts'
export { clustersOf } from './lint/surroundings.ts'
export { type DaemonlintMessage, toVFileMessage } from './lint/vfile.ts'
export type * from './parse/file-context.ts'
export * from './parse/index.ts'
export type * from './parse/tree.ts'
export type * from './problem.ts'
export type * from './report/descriptor.ts'
export { RuleError } from './report/rule-error.ts'
export { kubernetesVersions, normaliseVersions } from './schema/index.ts'
export * from './suppressions/index.ts'
export { didYouMean, nearest } from './text/nearest.ts'
export { type DaemonlintData, kubernetesFix, kubernetesLint, kubernetesParse } from './unified.ts'
