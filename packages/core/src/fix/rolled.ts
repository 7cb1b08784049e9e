import type { Manifest, Root } from '../parse/tree.ts'
import { valueAt } from '../parse/value.ts'
import type { Problem } from '../problem.ts'

/** A workload whose pods restart on every node once the output is applied. */
export interface RolledWorkload {
  kind: string
  namespace: string
  name: string
}

/** Collects, over the passes, the workloads whose pod templates fixes changed. */
export interface RollWatch {
  /** Takes a pass: what was there, what came of it, and whose fixes were applied. */
  see(before: Root, after: Root, applied: readonly Problem[]): void
  /** Those that roll, as the output has them. */
  rolled(output: Root): RolledWorkload[]
}

/** What is known of workloads by their place in the file, for a fix may change their kind. */
export function watchRolls(): RollWatch {
  const places = new Map<string, Manifest>()
  return {
    see(before, after, applied) {
      const touched = new Set(applied.flatMap(({ manifest }) => manifest ?? []))
      // A templated value is not among the values that are compared, though the key above it may have changed.
      const announced = new Set(applied.filter(({ rollsPods }) => rollsPods).map(({ manifest }) => manifest))
      const outcome = byPlace(after)
      for (const [place, manifest] of byPlace(before)) {
        if (!touched.has(manifest)) continue
        const now = outcome.get(place)
        const changed = now !== undefined && templateOf(now) !== templateOf(manifest)
        if (changed || announced.has(manifest)) places.set(place, manifest)
      }
    },
    rolled(output) {
      const outcome = byPlace(output)
      return [...places]
        .map(([place, manifest]) => outcome.get(place) ?? manifest)
        .filter((manifest) => !waitsForDeletion(manifest))
        .map(({ kind, namespace, name }) => ({ kind, namespace, name }))
    },
  }
}

/** Manifests by their document, and by their number in it, for a list holds several. */
function byPlace(root: Root): Map<string, Manifest> {
  const places = new Map<string, Manifest>()
  let [document, number] = [-1, 0]
  for (const manifest of root.children as Manifest[]) {
    number = manifest.document === document ? number + 1 : 0
    document = manifest.document
    places.set(`${document}/${number}`, manifest)
  }
  return places
}

/** The values of the pod template as text; what only looks different, such as a comment, restarts nothing. */
function templateOf(manifest: Manifest): string {
  const values = manifest.children.map(({ value }) => value as unknown)
  // Before its kind is mended, a workload has no nodes.
  const templates = values.length > 0 ? values : [valueAt(manifest.value, ['spec', 'template'])]
  return JSON.stringify(templates, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
}

/** With the strategy `OnDelete` nothing restarts until someone deletes the pods. */
function waitsForDeletion(manifest: Manifest): boolean {
  return valueAt(manifest.value, ['spec', 'updateStrategy', 'type']) === 'OnDelete'
}
