import { basename, dirname, resolve, sep } from 'node:path'
import { type Clusters, filesMatcher, type ResourceScope } from '@daemonlint/core'
import { isManifestName } from './find-files.ts'
import type { KustomizeGraph } from './kustomize/graph.ts'
import { kustomizationNames } from './kustomize/kustomization.ts'
import type { Listings } from './listings.ts'
import { relativePath } from './paths.ts'
import { skippedDirectories } from './walk.ts'

/** Which files belong with a file. */
export interface Scopes {
  /** The other files of a scope, absolute and sorted; those on disk count, whether the run was given them or not. */
  filesAround(path: string, scope: ResourceScope, clusters: Clusters): readonly string[]
  /**
   * The same files as several sets, the file itself among them. A set that serves many files is one object.
   */
  setsAround(path: string, scope: ResourceScope, clusters: Clusters): readonly ReadonlySet<string>[]
}

/** How many files of a cluster are looked for beyond those of the run, and in how many folders. */
const maxFiles = 10_000

/** @param files those of the run, absolute */
export function createScopes(files: readonly string[], graph: KustomizeGraph, listings: Listings): Scopes {
  const clusterFiles = new Map<string, ReadonlySet<string>>()
  const folderFiles = new Map<string, ReadonlySet<string>>()
  let filesOfRun: ReadonlySet<string> | undefined

  function filesIn(directory: string): ReadonlySet<string> {
    let found = folderFiles.get(directory)
    if (!found) {
      const manifests = entriesOf(directory).filter(
        (entry) => !entry.isDirectory() && mayHoldResources(entry.name),
      )
      found = new Set(manifests.map(({ name }) => resolve(directory, name)))
      folderFiles.set(directory, found)
    }
    return found
  }

  function entriesOf(directory: string) {
    try {
      return listings.list(directory)
    } catch {
      return []
    }
  }

  function filesBelow(start: string): string[] {
    const found: string[] = []
    const queue = [start]
    let folders = 0
    for (let directory = queue.pop(); directory !== undefined; directory = queue.pop()) {
      for (const file of filesIn(directory)) found.push(file)
      if (found.length > maxFiles || ++folders > maxFiles) break
      for (const entry of entriesOf(directory)) {
        if (entry.isDirectory() && !skippedDirectories.has(entry.name))
          queue.push(resolve(directory, entry.name))
      }
    }
    return found
  }

  /** The files of the clusters that a file belongs to, by the globs of its configuration. */
  function filesOfClusters(path: string, { basePath, globs }: Clusters): ReadonlySet<string>[] {
    if (basePath === undefined) return []
    return Object.entries(globs).flatMap(([name, patterns]) => {
      const matches = filesMatcher([...patterns])
      if (!matches(relativePath(basePath, path))) return []
      const key = `${basePath}\0${name}\0${patterns.join('\0')}`
      let found = clusterFiles.get(key)
      if (!found) {
        const candidates = new Set([
          ...files,
          ...patterns.flatMap((glob) => filesBelow(folderOf(basePath, glob))),
        ])
        found = new Set([...candidates].filter((file) => matches(relativePath(basePath, file))))
        clusterFiles.set(key, found)
      }
      return [found]
    })
  }

  function setsAround(path: string, scope: ResourceScope, clusters: Clusters): ReadonlySet<string>[] {
    const sets = [graph.builtWith(path), ...filesOfClusters(path, clusters)]
    if (scope !== 'applied') sets.push(filesIn(dirname(path)))
    filesOfRun ??= new Set(files.filter((file) => mayHoldResources(basename(file))))
    if (scope === 'run') sets.push(filesOfRun)
    return sets
  }

  function findAround(path: string, scope: ResourceScope, clusters: Clusters): string[] {
    const found = new Set(setsAround(path, scope, clusters).flatMap((set) => [...set]))
    found.delete(path)
    return [...found].sort()
  }

  const known = new Map<string, readonly string[]>()
  return {
    setsAround,
    filesAround(path, scope, clusters) {
      // Not kept: it would be all files of the run for each of them.
      if (scope === 'run') return findAround(path, scope, clusters)
      const key = `${scope} ${path}`
      const around = known.get(key) ?? findAround(path, scope, clusters)
      known.set(key, around)
      return around
    },
  }
}

const others: ReadonlySet<string> = new Set(kustomizationNames)

/** False for files that are none of resources by their name. */
export const mayHoldResources = (name: string): boolean => isManifestName(name) && !others.has(name)

/** The folder below which everything stands that a glob can match. */
function folderOf(basePath: string, glob: string): string {
  // A slash in front stands for the configuration's folder, as in every glob.
  const steps = glob.replace(/^!?(?:\.?\/)*/, '').split('/')
  const first = steps.findIndex((step) => /[*?[\]{}()!]/.test(step))
  return resolve(basePath, steps.slice(0, first < 0 ? -1 : first).join(sep))
}
