import type { FileContext } from '../parse/file-context.ts'
import type { Manifest, Root } from '../parse/tree.ts'
import type { Clusters, Project } from './project.ts'
import type { ResolvedConfig } from './resolved.ts'
import {
  type FoundResource,
  findResources,
  type ResourceQuery,
  resourcesOf,
  rootHidesResources,
} from './resources.ts'
import type { RuleContext } from './rule.ts'

/** The part of a rule's context that tells what stands around a file; the same for all rules. */
export type Surroundings = Pick<RuleContext, 'resources' | 'mayHide' | 'previous'>

interface Situation {
  config: ResolvedConfig
  project: Project
  filePath: string | undefined
  role: FileContext['role'] | undefined
}

/** The clusters that a configuration names. */
export function clustersOf({ basePath, settings }: ResolvedConfig): Clusters {
  return { basePath, globs: (settings.clusters ?? {}) as Record<string, readonly string[]> }
}

/** Reads nothing before it is asked, and the same only once. */
export function createSurroundings(root: Root, { config, project, filePath, role }: Situation): Surroundings {
  const known = new Map<string, readonly FoundResource[]>()
  let context: FileContext | undefined
  const contextOf = () => {
    context ??= { ...(filePath === undefined ? {} : project.contextOf(filePath)), ...(role && { role }) }
    return context
  }
  const clusters = clustersOf(config)

  function find(query: ResourceQuery): readonly FoundResource[] {
    const own = resourcesOf(root, query, contextOf()).map((manifest) => ({ manifest, filePath: undefined }))
    const others = filePath === undefined ? [] : (project.resources?.(filePath, query, clusters) ?? [])
    return others.length === 0 ? own : [...own, ...others]
  }

  const hidden = new Map<string, boolean>()
  function mayHide(query: ResourceQuery): boolean {
    if (rootHidesResources(root, query, contextOf())) return true
    return filePath !== undefined && (project.mayHide?.(filePath, query, clusters) ?? false)
  }

  const before = new Map<string, Manifest[]>()
  function previousOnes(kind: string): Manifest[] {
    const text = filePath === undefined ? undefined : project.previousText?.(filePath)
    return text === undefined ? [] : findResources(text, { kinds: [kind] }, contextOf())
  }

  return {
    resources(query) {
      const key = `${query.kinds.join()} ${query.scope ?? 'applied'} ${query.text ?? ''}`
      let found = known.get(key)
      if (!found) {
        found = find(query)
        known.set(key, found)
      }
      return found
    },
    mayHide(query) {
      const key = `${query.kinds.join()} ${query.scope ?? 'applied'}`
      const answer = hidden.get(key) ?? mayHide(query)
      hidden.set(key, answer)
      return answer
    },
    previous({ kind, namespace, name }) {
      if (name === '' || !project.previousText) return undefined
      const ones = before.get(kind) ?? previousOnes(kind)
      before.set(kind, ones)
      return ones.find((one) => one.namespace === namespace && one.name === name)
    },
  }
}
