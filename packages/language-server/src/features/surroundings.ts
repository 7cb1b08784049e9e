/** Resources beside the one that is edited. */
import { clustersOf, findResources, type KubernetesValue, type Project } from '@daemonlint/core'
import type { Snapshot } from '../snapshot.ts'
import type { NamedResource } from './suggestions.ts'

export interface Surroundings {
  /** The other files, where the server knows of them. */
  project?: Project | undefined
}

/** Finds the resources of a kind in a document and in the files of its folder, when it is asked; each name once. */
export function resourcesAround(
  { text, filePath, config }: Snapshot,
  { project }: Surroundings,
): (kind: string) => readonly NamedResource[] {
  return (kind) => {
    const query = { kinds: [kind], scope: 'folder' } as const
    const own = findResources(text, query).map((manifest) => ({ manifest, filePath: undefined }))
    const others =
      filePath === undefined ? [] : (project?.resources?.(filePath, query, clustersOf(config)) ?? [])
    const byName = new Map<string, NamedResource>()
    for (const { manifest, filePath } of [...own, ...others]) {
      if (!manifest.name || byName.has(manifest.name)) continue
      const value = manifest.value as { [key: string]: KubernetesValue }
      byName.set(manifest.name, { name: manifest.name, filePath, value })
    }
    return [...byName.values()]
  }
}
