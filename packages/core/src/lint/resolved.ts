import type { Severity, SeverityOrOff } from '../problem.ts'
import type { LinterOptions, ResourceMatch, Settings } from './config.ts'
import type { AnyRule } from './rule.ts'

/** A rule as the configuration of one file has it. */
export interface ResolvedRule {
  id: string
  rule: AnyRule
  severity: SeverityOrOff
  /** As given, without `meta.defaultOptions`. */
  options: readonly unknown[]
}

/** One rule of a configuration object that speaks of certain resources only. */
export interface ResourceEntry {
  /** Which entry it is, the same for every file: `config[2] "legacy agents": image-tag`. */
  id: string
  ruleId: string
  severity: SeverityOrOff
  /** Undefined when the entry changes the severity alone. */
  options?: readonly unknown[]
  /** A resource must match one of each list. */
  resources: readonly (readonly ResourceMatch[])[]
  reason?: string
}

/** One run of a rule over a file. A rule has several only where entries for certain resources give it other options. */
export interface RuleRun {
  id: string
  rule: AnyRule
  /** With the rule's defaults. */
  options: readonly unknown[]
  /** The entry whose options this run has; undefined for those of the rule itself. */
  source: ResourceEntry | undefined
  severity: Severity | 'off'
  /** Entries of the configuration about this rule, in order. */
  entries: readonly ResourceEntry[]
}

/** What holds for one file. Made by `resolveConfig`. */
export interface ResolvedConfig {
  /** True for a file that the configuration passes over; everything else is then empty. */
  ignored: boolean
  /** Rules by id: those that are on or off, and those that `entries` speak of. */
  rules: Readonly<Record<string, ResolvedRule>>
  /** In order: a later one overrides an earlier one. Those that a later plain rule overrides are not among them. */
  entries: readonly ResourceEntry[]
  /** What `rules` and `entries` come to; made once, for a configuration serves many files. */
  runs: readonly RuleRun[]
  /** Severities of what the API server refuses; they count only under `linterOptions.allowRejected`. */
  rejections: Readonly<Record<string, SeverityOrOff>>
  /** Every rule that could be turned on, for directives that name one that does not exist. */
  knownRules: readonly string[]
  settings: Readonly<Settings>
  /** Where the globs of the configuration start, absolute; undefined for one that is of no folder. */
  basePath: string | undefined
  /** What plugins say of settings: JSON Schemas by the settings' names. */
  settingsSchemas: Readonly<Record<string, object>>
  linterOptions: Readonly<Required<LinterOptions> & { reportUnusedDisableDirectives: SeverityOrOff }>
  /** `settings.kubernetesVersion` as a list, oldest first. */
  kubernetesVersions: readonly string[]
}

/** What a rule's report comes to for one resource. */
export interface Verdict {
  severity: Severity
  /** The entry that turns the rule off for this resource. */
  suppressedBy?: ResourceEntry
}
