import type { SeverityOrOff } from '../problem.ts'
import type { AnyRule } from './rule.ts'

export type RuleEntry = SeverityOrOff | 0 | 1 | 2 | [SeverityOrOff | 0 | 1 | 2, ...unknown[]]

/** Rules and presets that come together. Plain data: copies of core may differ. */
export interface Plugin {
  meta?: { name?: string; version?: string }
  rules?: Record<string, AnyRule>
  configs?: Record<string, Config | Config[]>
  /** JSON Schemas of the settings that its rules read, by their names in `settings`. */
  settings?: Record<string, object>
  /** Presets of the generator, which `daemonlint generate` lists beside its own. */
  presets?: readonly object[]
}

/** Which resources an entry speaks of; globs (`*`, `?`), and a resource must match all that is given. */
export interface ResourceMatch {
  kind?: string | string[]
  namespace?: string | string[]
  name?: string | string[]
  labels?: Record<string, string>
  container?: string | string[]
}

export interface Settings {
  /** Kubernetes versions the manifests are for, such as '1.31' or ['1.29', '1.36']; default: the newest known. */
  kubernetesVersion?: string | string[]
  [name: string]: unknown
}

export interface LinterOptions {
  /** Directives in comments and annotations do not count. */
  noInlineConfig?: boolean
  /** Directives that suppress nothing; default 'warn'. */
  reportUnusedDisableDirectives?: SeverityOrOff | boolean
  /** Lets directives, `off` and `resources` entries hide what the API server refuses. */
  allowRejected?: boolean
  /** Charts that are found are rendered by helm, as with --helm, and linted. */
  renderCharts?: boolean
  /** Kustomizations that are found, and no other builds on, are built, as with --kustomize, and linted. */
  renderKustomizations?: boolean
}

/** One object of a flat configuration. */
export interface Config {
  name?: string
  /** Globs from the folder of the configuration file; all files when absent. */
  files?: (string | string[])[]
  /** Globs; alone in an object, the files are not linted at all. */
  ignores?: string[]
  /** Presets by name (`daemonlint/recommended`, `my-plugin/recommended`), or configurations. */
  extends?: string | Config | (string | Config | Config[])[]
  /** By namespace. A string is resolved from the folder of the configuration file. */
  plugins?: Record<string, Plugin | string>
  rules?: Record<string, RuleEntry>
  /** The rules of this object hold only for resources that match one of these. */
  resources?: ResourceMatch[]
  /** Why; shown beside what the entry suppresses. */
  reason?: string
  settings?: Settings
  linterOptions?: LinterOptions
}
