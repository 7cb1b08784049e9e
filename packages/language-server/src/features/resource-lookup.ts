import type { FoundResource, Manifest, Project } from '@daemonlint/core'
import { createSurroundings, emptyProject, type Surroundings } from '@daemonlint/core/editor'
import {
  isClusterWide,
  makersOf,
  mayBeSame,
  nameMadeBy,
  namespaceOf,
  sharesNamespace,
} from '@daemonlint/rules/references'
import type { Snapshot } from '../snapshot.ts'

/** Finds resources as rules do: those of the document, then those of other files, as far as a query looks. */
export type ResourceLookup = Pick<Surroundings, 'resources'>

/** @param project the other files, where the server knows of them */
export function lookupFor({ result, config, filePath }: Snapshot, project?: Project): ResourceLookup {
  return createSurroundings(result.root, {
    config,
    project: project ?? emptyProject,
    filePath,
    role: undefined,
  })
}

/** What a reference says of the resource that it means. */
export interface Wanted {
  kind: string
  name: string
  /** Where the reference says so itself, as a subject of a binding does. */
  namespace?: string
}

/**
 * The resources that a reference means. What stands in the document wins, then what is applied with it, then what is in
 * its folder; and what surely is in the namespace of the one that refers, over what may be.
 * @param from the resource that refers
 */
export function findWanted(wanted: Wanted, from: Manifest, lookup: ResourceLookup): FoundResource[] {
  for (const scope of ['applied', 'folder', 'run'] as const) {
    const around = lookup.resources({ kinds: makersOf(wanted.kind), text: wanted.name, scope })
    const found = around.filter(({ manifest }) => isWanted(manifest, wanted, from) !== false)
    const own = found.filter(({ filePath }) => filePath === undefined)
    const nearest = own.length > 0 ? own : found
    const sure = nearest.filter(({ manifest }) => isWanted(manifest, wanted, from))
    if (nearest.length > 0) return sure.length > 0 ? sure : nearest
  }
  return []
}

/** Whether a resource is the one that a reference means: `undefined` where that depends on how they are applied. */
export function isWanted(
  one: Manifest,
  { kind, name, namespace }: Wanted,
  from: Manifest,
): boolean | undefined {
  // A kustomization may add to the name: the reference is written without that, and so is what it means.
  if (!makersOf(kind).includes(one.kind) || ![nameMadeBy(one), writtenName(one)].includes(name)) return false
  if (isClusterWide(kind)) return true
  if (namespace === undefined) return sharesNamespace(one, from)
  const own = namespaceOf(one)
  if (own === namespace) return true
  return own === undefined || mayBeSame(own, namespace) ? undefined : false
}

function writtenName(manifest: Manifest): string | undefined {
  return manifest.source('metadata', 'name')?.replace(/^(["'])(.*)\1$/, '$2')
}
