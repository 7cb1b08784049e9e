import type { FileContext } from '../parse/file-context.ts'
import type { Manifest, Root } from '../parse/tree.ts'
import type { Problem } from '../problem.ts'
import type { ReportDescriptor } from '../report/descriptor.ts'
import { containerOf, toProblem } from '../report/report.ts'
import { RuleError } from '../report/rule-error.ts'
import { checkVisitors } from './check-visitors.ts'
import { needsOf } from './needs.ts'
import type { Project } from './project.ts'
import type { ResolvedConfig, RuleRun } from './resolved.ts'
import type { AnyRule } from './rule.ts'
import { verdictOf } from './runs.ts'
import { type Finding, splitSuperseded } from './supersede.ts'
import { createSurroundings, type Surroundings } from './surroundings.ts'
import { type Walker, walk } from './walk.ts'

export interface RunOptions {
  config: ResolvedConfig
  project: Project
  kubernetesVersions: readonly string[]
  filePath: string | undefined
  /** What the documents are judged as, instead of what the project says. */
  role: FileContext['role'] | undefined
  strict: boolean | undefined
  /** Manifests that rules must not see. */
  hidden: ReadonlySet<Manifest>
}

export interface RulesResult {
  problems: Problem[]
  /** All that rules found, with the rules. */
  findings: readonly Finding[]
  /** Those that another finding makes pointless; a directive that speaks of one is not unused. */
  superseded: Problem[]
  /** Ids of configuration entries that turned a finding off. */
  usedEntries: Set<string>
}

/**
 * Runs rules over a tree in one walk.
 * @throws RuleError when a rule throws
 */
export function runRules(root: Root, runs: readonly RuleRun[], options: RunOptions): RulesResult {
  const seen = visibleRoot(root, options.hidden)
  const findings: Finding[] = []
  const usedEntries = new Set<string>()
  if (seen.children.length > 0) {
    const { kindsOfRun, concernedBy } = needsOf(runs)
    const found = (finding: Finding) => findings.push(finding)
    const surroundings = createSurroundings(seen, options)
    const kinds = new Set(seen.children.map(({ kind }) => kind))
    const walkers: Walker[] = []
    for (const run of concernedBy(root.text)) {
      const visited = kindsOfRun.get(run)!
      if (!sharesOne(visited, kinds)) continue
      walkers.push(createWalker(run, { kinds: visited, root: seen, surroundings, found }, options))
    }
    walk(seen, walkers)
  }
  const { kept, superseded } = splitSuperseded(findings)
  const problems = kept.map(({ problem, entry }) => {
    if (entry) {
      usedEntries.add(entry.id)
      problem.suppressions = [{ kind: 'config', justification: entry.reason ?? '' }]
    }
    return problem
  })
  return { problems, findings, superseded: superseded.map(({ problem }) => problem), usedEntries }
}

function sharesOne(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const item of one) if (other.has(item)) return true
  return false
}

interface Walk {
  /** Kinds whose manifests the rule visits. */
  kinds: ReadonlySet<string>
  root: Root
  surroundings: Surroundings
  found: (finding: Finding) => void
}

function createWalker(run: RuleRun, { kinds, root, surroundings, found }: Walk, options: RunOptions): Walker {
  const { id, rule } = run
  const { config, filePath, project, kubernetesVersions } = options
  const failed: Walker['failed'] = (error, node) => {
    throw new RuleError(id, { filePath, line: node.position?.start.line ?? 1 }, error)
  }
  const report = (descriptor: ReportDescriptor<string>): void => {
    checkMeta(rule, descriptor)
    const { node, path } = descriptor
    const verdict = verdictOf(run, node.manifest, containerOf(node, path))
    if (!verdict) return
    const { messages, docs, rollsPods } = rule.meta
    const problem = toProblem(descriptor, {
      ruleId: id,
      severity: verdict.severity,
      messages,
      rollsPods,
      filePath,
      url: docs?.url,
      strict: options.strict,
    })
    if (problem) found({ problem, node, rule, entry: verdict.suppressedBy })
  }
  try {
    const context = Object.freeze({
      id,
      options: run.options,
      settings: config.settings,
      filePath,
      root,
      project,
      kubernetesVersions,
      ...surroundings,
      report,
    })
    const visitors: unknown = rule.create(context)
    checkVisitors(visitors)
    return { visitors, kinds, failed }
  } catch (error) {
    return failed(error, root) as never
  }
}

/** As ESLint: what a rule offers must be announced, for people read it before they turn it on. */
function checkMeta({ meta }: AnyRule, descriptor: ReportDescriptor<string>): void {
  if (descriptor.fix && !meta.fixable) throw new Error("it gives a fix, but its `meta.fixable` is not 'code'")
  if (descriptor.suggest?.length && !meta.hasSuggestions) {
    throw new Error('it gives suggestions, but its `meta.hasSuggestions` is not true')
  }
}

/** The root without the resources whose shape cannot be trusted. */
function visibleRoot(root: Root, hidden: ReadonlySet<Manifest>): Root {
  if (hidden.size === 0) return root
  const children = root.children.filter((manifest) => !hidden.has(manifest))
  return { ...root, children }
}
