import { judge } from '../apiserver/index.ts'
import type { FileContext } from '../parse/file-context.ts'
import { parse } from '../parse/index.ts'
import type { Manifest, Root } from '../parse/tree.ts'
import type { Problem } from '../problem.ts'
import { applyDirectives } from './apply-directives.ts'
import { type Counts, countWorkloads } from './counts.ts'
import { touchesEntry } from './match-resource.ts'
import { type IsBeside, mayHoldWord, type Needs, needsOf } from './needs.ts'
import { emptyProject, type Project } from './project.ts'
import { withRejectionSeverities } from './rejection-severities.ts'
import type { ResolvedConfig } from './resolved.ts'
import { runRules } from './run-rules.ts'
import { withoutSuperseded } from './supersede.ts'
import { clustersOf } from './surroundings.ts'

export interface LintOptions {
  config: ResolvedConfig
  /** Absolute, as the project knows it. */
  filePath?: string | undefined
  /** The other files of the run. */
  project?: Project | undefined
  /** Instead of `settings.kubernetesVersion`. */
  kubernetesVersions?: readonly string[] | undefined
  /** What the documents are judged as, instead of what the project says. */
  role?: FileContext['role'] | undefined
  /** The tree of an earlier version of the text: what did not change in it is not read again. */
  previous?: Root | undefined
  /** For tests: a message whose placeholder has no data throws. */
  strict?: boolean
}

export interface LintResult {
  root: Root
  /** Sorted by offset, then by rule. */
  problems: Problem[]
  /** Findings that directives or the configuration turn off, with `suppressions`. */
  suppressed: Problem[]
  counts: Counts
  /** Manifests that rules did not see: their shape cannot be trusted, or they are no manifests of a cluster. */
  hidden: ReadonlySet<Manifest>
  /** Ids of the configuration's `resources` entries that did something here. */
  usedEntries: Set<string>
}

/**
 * Judges a file: what the API server would refuse, and what the rules of a configuration find.
 * Rule options are not checked here, for that needs ajv: `await prepareConfig(config)` once before.
 * @param text YAML or JSON; bytes are decoded as UTF-8
 * @throws RuleError when a rule throws
 */
export function lint(text: string | Uint8Array, options: LintOptions): LintResult {
  const wants = wantsOfConfig(options.config)
  const isBeside = besideOf(text, options)
  const { previous } = options
  const root = parse(text, {
    wants: (document) => wants(document, isBeside),
    context: contextOf(options),
    previous,
  })
  return lintRoot(root, options)
}

/** What the project and the caller know of the file. */
export function contextOf({ filePath, project, role }: Omit<LintOptions, 'config'>): FileContext {
  const context = filePath === undefined ? {} : (project ?? emptyProject).contextOf(filePath)
  return role ? { ...context, role } : context
}

/** Tells what may stand around a file: in its own text, or as far as the project knows. Looks for each kind once. */
function besideOf(text: string | Uint8Array, { config, filePath, project }: LintOptions): IsBeside {
  const known = new Map<string, boolean>()
  const mayBe = (kind: string): boolean => {
    if (typeof text !== 'string' || mayHoldWord(text, kind)) return true
    if (filePath === undefined) return false
    return project?.mayHold?.(filePath, kind, clustersOf(config)) ?? true
  }
  return (kinds) =>
    kinds.some((kind) => {
      const answer = known.get(kind) ?? mayBe(kind)
      known.set(kind, answer)
      return answer
    })
}

/** Tells which documents of a file must be parsed under a configuration. */
export function wantsOfConfig(config: ResolvedConfig): Needs['wants'] {
  return needsOf(config.runs).wants
}

/**
 * False when {@link lint} would find nothing in a text, told without parsing it: for hosts that ask of many files, most
 * of which hold no manifest that matters.
 */
export function mayConcern(text: string, options: LintOptions): boolean {
  if (text.includes('DaemonSet') || text.includes('daemonlint-')) return true
  const wants = wantsOfConfig(options.config)
  const isBeside = besideOf(text, options)
  let found = false
  const { documents } = parse(text, {
    wants(document) {
      found ||= wants(document, isBeside)
      return false
    },
  })
  return found || documents.some(({ status }) => status !== 'skipped' && status !== 'empty')
}

/**
 * Judges a tree that is parsed already.
 * @throws RuleError when a rule throws
 */
export function lintRoot(root: Root, options: LintOptions): LintResult {
  const { config, filePath } = options
  const { runs } = config
  const kubernetesVersions = options.kubernetesVersions ?? config.kubernetesVersions
  const { problems: rejections, judged: daemonSets, hidden } = judge(root, { kubernetesVersions })
  if (root.children.length === 0 && root.comments.length === 0) {
    // Most files of a repository: nothing for rules, and nothing that could turn a refusal off.
    const usedEntries = new Set<string>()
    const problems = withRejectionSeverities(rejections, config, usedEntries).sort(compareProblems)
    return { root, problems, suppressed: [], counts: countWorkloads(root, [], hidden), hidden, usedEntries }
  }
  const found = runRules(root, runs, {
    config,
    filePath,
    kubernetesVersions,
    project: options.project ?? emptyProject,
    role: options.role,
    strict: options.strict,
    hidden,
  })
  const { kinds, ids } = needsOf(runs)
  const seen = (manifest: Manifest) =>
    manifest.type !== 'manifest' && kinds.has(manifest.kind) && !hidden.has(manifest)
  const judged = root.children.filter((manifest) => daemonSets.has(manifest) || seen(manifest))
  const usedEntries = found.usedEntries
  for (const entry of config.entries) {
    if (entry.severity !== 'off' && judged.some((manifest) => touchesEntry(entry, manifest))) {
      usedEntries.add(entry.id)
    }
  }
  const verdicts = withoutSuperseded(rejections, found.findings)
  const rejected = withRejectionSeverities(verdicts, config, usedEntries)
  const { problems, suppressed } = applyDirectives([...rejected, ...found.problems], {
    root,
    config,
    hidden,
    superseded: found.superseded,
    enabled: ids,
  })
  return {
    root,
    problems: problems.sort(compareProblems),
    suppressed: suppressed.sort(compareProblems),
    counts: countWorkloads(root, judged, hidden),
    hidden,
    usedEntries,
  }
}

function compareProblems(a: Problem, b: Problem): number {
  return (
    (a.position.start.offset ?? 0) - (b.position.start.offset ?? 0) ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.message, b.message)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
