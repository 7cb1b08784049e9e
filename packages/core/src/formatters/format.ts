import type { RolledWorkload } from '../fix/rolled.ts'
import type { DeprecatedRuleUse } from '../lint/deprecated-rules.ts'
import type { Problem, Severity } from '../problem.ts'

/** What a run found in one file. */
export interface FileResult {
  /** Absolute; `<stdin>` or the name given for it when text came from there. */
  filePath: string
  /** As a person wants to read it: relative to the working directory where it is below it. */
  displayPath: string
  /** In the order of the text. Positions speak of `output` where there is one. */
  problems: Problem[]
  /** What directives and the configuration turned off, with `suppressions`. */
  suppressed: Problem[]
  /** The text that was read. */
  source?: string
  /** The text with fixes applied, where some were. */
  output?: string
  /** Rules that were on and are deprecated, as ESLint lists them. */
  usedDeprecatedRules?: DeprecatedRuleUse[]
}

/** What a run did, over all files. */
export interface RunSummary {
  /** Files read. */
  files: number
  /** Workloads checked, patches among them. */
  workloads: number
  /** Documents passed over because placeholders break their YAML. */
  templates: number
  /** Workloads judged as patches. */
  patches: number
  /** Workloads that cannot be decoded, so that rules did not see them. */
  undecoded?: number
  /** Findings that were asked not to be shown (`--quiet`). */
  hidden?: number
  /** Findings that `--fix` would mend. */
  fixable: number
  /** Findings have suggestions, which the report for people does not show. */
  offersChoice?: boolean
  /** Workloads whose pods restart once what `--fix` wrote is applied. */
  rolled: readonly RolledWorkload[]
  /** Fixes were made in memory alone: no file was written. */
  dryRun?: boolean
  /** What was named but could not be found, read or checked: a sentence each. */
  failures?: readonly string[]
}

/** What a host knows of a rule, or of one of the API server's reasons. */
export interface RuleInfo {
  /** One line, without a full stop: "Require a memory limit". */
  description: string
  /** `security`; for the API server's reasons `api-server`. */
  category?: string
  /** How severe it is unless a configuration says otherwise. */
  severity?: Severity
  fixable?: boolean
  hasSuggestions?: boolean
  /** Applying its fix restarts the pods on every node. */
  rollsPods?: boolean
  /** Where it is explained. */
  url?: string
  /** Its page in Markdown, without its title. Only handed in for formats that ask for it, see `FormatInfo.needs`. */
  help?: string
}

/** A format, and what a host must have ready for it. */
export interface FormatInfo {
  /** One line for a list of formats. */
  description: string
  /**
   * `suggestions`: it prints them, so they must be made while the tree is there; `rules`: it says what rules are about;
   * `help`: it prints their pages.
   */
  needs: readonly ('suggestions' | 'rules' | 'help')[]
  /** Loads it. */
  load(): Promise<Formatter>
}

export interface FormatOptions {
  /** Whether to write ANSI colours. */
  color: boolean
  /** The working directory, absolute. */
  cwd: string
  summary: RunSummary
  /** The text of a file by `filePath`, for results that carry none. */
  sources?: (filePath: string) => string | undefined
  /** Of the linter: `1.2.3`. */
  version?: string
  /** What is known of a rule. */
  rules?: (ruleId: string) => RuleInfo | undefined
}

/** Writes the results of a run. The text has no line break at its end; '' where a format has nothing to say. */
export type Formatter = (results: readonly FileResult[], options: FormatOptions) => string

/** The text that a result's positions speak of, without a byte order mark. */
export function textOf(result: FileResult, { sources }: Pick<FormatOptions, 'sources'>): string | undefined {
  const text = result.output ?? result.source ?? sources?.(result.filePath)
  return text?.replace(/^\ufeff/, '')
}
