import type { Manifest, Root } from '../parse/tree.ts'
import { looksLikeDaemonSet } from '../schema/index.ts'

/** What a report's summary says of a file. */
export interface Counts {
  /**
   * Workloads that were judged: DaemonSets, those whose YAML is broken included, and workloads of other kinds that an
   * enabled rule looked at. Patches are among them.
   */
  workloads: number
  /** Documents passed over because their placeholders break the YAML or stand as keys. */
  templates: number
  /** Workloads judged as patches, in which nothing is called missing. */
  patches: number
  /** Workloads that the API server could not decode, so that rules did not see them. */
  undecoded: number
}

/**
 * @param manifests those that were judged, by the API server's checks or by rules
 * @param hidden those that rules did not see
 */
export function countWorkloads(
  root: Root,
  manifests: Iterable<Manifest>,
  hidden: ReadonlySet<Manifest>,
): Counts {
  const counts: Counts = { workloads: 0, templates: 0, patches: 0, undecoded: 0 }
  for (const manifest of manifests) {
    counts.workloads++
    if (manifest.role === 'patch') counts.patches++
    if (hidden.has(manifest)) counts.undecoded++
  }
  for (const { status, kind } of root.documents) {
    if (status === 'template') counts.templates++
    if (status === 'broken' && (kind === 'DaemonSet' || looksLikeDaemonSet(kind))) {
      counts.workloads++
      counts.undecoded++
    }
  }
  return counts
}
