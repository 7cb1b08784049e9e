import type { DaemonSetNode, Manifest, Path, Root, SourceDocument } from '../parse/tree.ts'
import type { Problem } from '../problem.ts'
import type { DaemonSet } from '../schema/decoded.generated.ts'
import type { StructureFinding } from '../schema/finding.ts'
import { checkKind, namesDaemonSet } from '../schema/kinds.ts'
import { checkStructure } from '../schema/structure.ts'
import { trustsShape } from '../schema/trust.ts'
import { decodingProblems, directiveProblem, isRejected, listProblem } from './decoding.ts'
import { featuresOf } from './features.ts'
import { reportOfFinding } from './finding-report.ts'
import { lonePlaceholder } from './lone-placeholder.ts'
import type { RejectionReport } from './rejection-report.ts'
import { withoutRepeats } from './repeats.ts'
import { findingReporter, rejectionReporter } from './reporter.ts'
import { validateDaemonSet } from './validation/daemon-set.ts'

export interface JudgeOptions {
  /** The versions the manifests are for, oldest first. */
  kubernetesVersions: readonly string[]
}

export interface Judgement {
  /** What the API server refuses or warns of, and text that it ignores, in no particular order. */
  problems: Problem[]
  /** The manifests that are, or are plainly meant to be, DaemonSets. */
  judged: Set<Manifest>
  /**
   * The manifests that rules must not see: their shape cannot be trusted, or they only look like a DaemonSet, as the
   * values of a Helm chart do.
   */
  hidden: Set<Manifest>
}

/**
 * Says what the API server would refuse. DaemonSets are judged, and what is plainly meant to be one; of other
 * workloads only whether rules can read them.
 */
export function judge(root: Root, options: JudgeOptions): Judgement {
  const judgement: Judgement = { problems: [], judged: new Set(), hidden: new Set() }
  const add = withoutRepeats(judgement.problems)
  for (const manifest of root.children) {
    const document = root.documents[manifest.document]!
    judgeManifest(manifest, root, options, judgement, add)
    if (isRejected(document)) judgement.hidden.add(manifest)
  }
  const ours = new Set([...judgement.judged].map(({ document }) => document))
  const filled = new Set(root.children.map(({ document }) => document))
  for (const document of root.documents) {
    const list = filled.has(document.index) ? undefined : listProblem(document, textOf(root, document))
    if (list) judgement.problems.push(list)
    const directive = ours.has(document.index + 1) && directiveProblem(document, textOf(root, document))
    if (directive) judgement.problems.push(directive)
    if (directive || document.errors.length === 0) continue
    const concerns =
      ours.has(document.index) ||
      (document.status === 'broken' && mayHoldDaemonSet(root, document)) ||
      (hasSecondKind(document) && namesDaemonSet(textOf(root, document)))
    if (concerns) for (const problem of decodingProblems(document)) judgement.problems.push(problem)
  }
  return judgement
}

function judgeManifest(
  manifest: Manifest,
  root: Root,
  { kubernetesVersions }: JudgeOptions,
  { judged, hidden }: Judgement,
  add: (problem: Problem) => void,
): void {
  const report = rejectionReporter(manifest, add)
  let reported = false
  const reportShape = (finding: StructureFinding) => {
    if (report(reportOfFinding(finding))) reported = true
  }
  const kind = checkKind(manifest, textOf(root, root.documents[manifest.document]!))
  kind.findings.forEach(reportShape)
  if (!kind.ours) {
    if (manifest.type === 'daemonSet' || !trustsShape(manifest.type, manifest.value)) hidden.add(manifest)
    return
  }
  judged.add(manifest)
  const structure = checkStructure(manifest, kubernetesVersions)
  structure.findings.forEach(reportShape)
  if (reported) hidden.add(manifest)
  if (structure.trusted) {
    const daemonSet = manifest.value as unknown as DaemonSet
    const reportField = unlessMeant(report, structure.meant)
    validateDaemonSet(
      {
        node: manifest as DaemonSetNode,
        kubernetesVersions,
        ...featuresOf(kubernetesVersions),
        report: findingReporter(manifest, reportField),
      },
      daemonSet,
    )
    const placeholder = lonePlaceholder(root, manifest)
    if (placeholder) reportField(placeholder)
  }
}

/** What is missing where a misplaced or misspelt field belongs has been said. */
function unlessMeant(report: (descriptor: RejectionReport) => boolean, meant: readonly Path[]) {
  if (meant.length === 0) return report
  return (descriptor: RejectionReport): boolean => {
    const concerned = [descriptor.path ?? [], ...(descriptor.needs ?? [])]
    return !concerned.some((path) => meant.some((place) => touches(path, place))) && report(descriptor)
  }
}

/** True when one path is the other, or leads to it; `*` in it stands for all items of a list. */
const touches = (one: Path, other: Path): boolean =>
  one.every(
    (step, index) =>
      index >= other.length || step === other[index] || (step === '*' && typeof other[index] === 'number'),
  )

const textOf = (root: Root, { position }: SourceDocument): string =>
  root.text.slice(position.start.offset, position.end.offset)

/** What it is depends on who reads it. */
const hasSecondKind = ({ errors }: SourceDocument): boolean =>
  errors.some(({ code, field }) => code === 'duplicate-key' && field === 'kind')

/** A broken document concerns us only where its text plausibly is a DaemonSet's. */
function mayHoldDaemonSet(root: Root, document: SourceDocument): boolean {
  if (document.kind !== '') return document.kind === 'DaemonSet' || namesDaemonSet(document.kind)
  return namesDaemonSet(textOf(root, document))
}
