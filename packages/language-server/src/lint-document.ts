import {
  type LintOptions,
  type LintResult,
  lint,
  type Problem,
  type Project,
  type ResolvedConfig,
  type Root,
} from '@daemonlint/core'
import type { OpenDocument } from './documents.ts'

/** The most characters that are linted while somebody types; the API server takes 3 MiB. */
const maxLength = 4 * 1024 * 1024
/** The most documents of one file. */
const maxDocuments = 10_000

/** A rule that threw; it was left out. */
export interface BrokenRule {
  ruleId: string
  error: Error
}

export interface LintedDocument {
  result: LintResult
  brokenRules: BrokenRule[]
  /** Why nothing was linted. */
  declined: string | undefined
}

export interface DocumentOptions {
  config: ResolvedConfig
  kubernetesVersions: readonly string[] | undefined
  project: Project | undefined
  /** The tree of an earlier version, whose unchanged documents are not read again. */
  previous: Root | undefined
  /** A file of a chart's `templates`: broken YAML is the template engine's business. */
  isTemplate: boolean
}

/** Lints one version of a document. Never throws: a rule that does is left out, and named. */
export function lintDocument(
  document: Pick<OpenDocument, 'text' | 'filePath'>,
  options: DocumentOptions,
): LintedDocument {
  const { text, filePath } = document
  const { kubernetesVersions, project, previous } = options
  const declined = reasonToDecline(text)
  const brokenRules: BrokenRule[] = []
  let { config } = options
  for (;;) {
    const lintOptions: LintOptions = { config, filePath, project, kubernetesVersions, previous }
    try {
      const result = lint(declined === undefined ? text : '', lintOptions)
      return { result: options.isTemplate ? withoutSyntax(result) : result, brokenRules, declined }
    } catch (error) {
      const broken = brokenRule(error)
      if (!broken || brokenRules.length > 1000) throw error
      brokenRules.push(broken)
      config = withoutRule(config, broken.ruleId)
    }
  }
}

function reasonToDecline(text: string): string | undefined {
  if (text.length > maxLength) {
    return `The file is ${Math.round(text.length / 2 ** 20)} MiB long, and more than ${maxLength / 2 ** 20} MiB are not linted while they are edited. Run daemonlint in a terminal.`
  }
  let count = 1
  for (let at = text.indexOf('\n---'); at >= 0; at = text.indexOf('\n---', at + 1)) {
    if (++count > maxDocuments) {
      return `The file holds more than ${maxDocuments} documents, which are not linted while they are edited. Run daemonlint in a terminal.`
    }
  }
  return undefined
}

/** Errors of any copy of core's RuleError. */
function brokenRule(error: unknown): BrokenRule | undefined {
  if (!(error instanceof Error) || error.name !== 'RuleError') return undefined
  const { ruleId } = error as Error & { ruleId?: unknown }
  return typeof ruleId === 'string' ? { ruleId, error } : undefined
}

const reduced = new WeakMap<ResolvedConfig, Map<string, ResolvedConfig>>()

/** Made once, for what rules need is worked out for each list of them. */
function withoutRule(config: ResolvedConfig, ruleId: string): ResolvedConfig {
  const known = reduced.get(config) ?? new Map<string, ResolvedConfig>()
  reduced.set(config, known)
  const found = known.get(ruleId) ?? { ...config, runs: config.runs.filter(({ id }) => id !== ruleId) }
  known.set(ruleId, found)
  return found
}

function withoutSyntax(result: LintResult): LintResult {
  const isWanted = ({ ruleId }: Problem) => ruleId !== 'api-server/yaml-syntax'
  return { ...result, problems: result.problems.filter(isWanted) }
}
