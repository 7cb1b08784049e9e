import { basename, dirname, join, resolve, sep } from 'node:path'
import type { Effect } from './overlay.ts'
import type { ProjectHost, Reader, ReadKustomization } from './reader.ts'

/** A kustomization among others. */
export interface Node extends ReadKustomization {
  directory: string
  /** Kustomizations that build on it. */
  parents: Set<Node>
  components: Node[]
  /** The files among its resources, absolute. */
  files: string[]
  /** The kustomizations that it builds on. */
  bases: Node[]
  effects?: Effect[]
}

/** Which kustomizations name which files. */
export interface Around {
  resourceOf: ReadonlyMap<string, ReadonlySet<Node>>
  patchOf: ReadonlyMap<string, ReadonlySet<Node>>
}

/**
 * Loads the kustomizations around folders, and all that these name in turn.
 * @param starts the folders to look around from
 * @param kustomized folders whose kustomizations count as well
 */
export function lookAround(
  starts: readonly string[],
  kustomized: readonly string[],
  cwd: string,
  host: ProjectHost,
  { fileIn, read, repositoryOf }: Reader,
): Around {
  const nodes = new Map<string, Node | undefined>()
  const resourceOf = new Map<string, Set<Node>>()
  const patchOf = new Map<string, Set<Node>>()
  const looked = new Set<string>()
  for (const directory of kustomized) load(directory)
  for (const directory of starts) lookUp(directory)
  return { resourceOf, patchOf }

  function load(directory: string): Node | undefined {
    if (nodes.has(directory)) return nodes.get(directory)
    nodes.set(directory, undefined)
    const found = read(directory)
    if (!found) return undefined
    const { kustomization } = found
    const node: Node = { ...found, directory, parents: new Set(), components: [], files: [], bases: [] }
    nodes.set(directory, node)
    for (const entry of kustomization.resources) link(node, entry)
    for (const entry of kustomization.components) {
      const component = link(node, entry)
      if (component) node.components.push(component)
    }
    for (const { path: patch } of kustomization.patches) {
      if (patch !== undefined) addTo(patchOf, resolve(directory, patch), node)
    }
    return node
  }

  function link(node: Node, entry: string): Node | undefined {
    if (isRemote(entry)) return undefined
    const path = resolve(node.directory, entry)
    const child = /\.(ya?ml|json)$/i.test(entry) ? undefined : load(path)
    if (child) {
      child.parents.add(node)
      node.bases.push(child)
    } else {
      addTo(resourceOf, path, node)
      node.files.push(path)
    }
    return child
  }

  function lookUp(start: string): void {
    const top = rootOf(start)
    for (let directory = start; !looked.has(directory); directory = dirname(directory)) {
      looked.add(directory)
      if (load(directory) && directory !== top) loadSiblings(directory)
      if (directory === top) return
    }
  }

  function rootOf(directory: string): string {
    return repositoryOf(directory) ?? (directory === cwd || directory.startsWith(cwd + sep) ? cwd : directory)
  }

  /** When a base alone is asked for, its overlays are near it. */
  function loadSiblings(directory: string): void {
    const parent = dirname(directory)
    const name = basename(directory)
    const loadIfItNames = (sibling: string) => {
      if (nodes.has(sibling)) return
      const path = fileIn(sibling)
      if (path !== undefined && host.readText(path)?.includes(name)) load(sibling)
    }
    for (const sibling of host.directories(parent).slice(0, maxSiblings)) {
      const path = join(parent, sibling)
      if (path === directory) continue
      loadIfItNames(path)
      if (!overlayFolder.test(sibling)) continue
      for (const overlay of host.directories(path).slice(0, maxSiblings)) loadIfItNames(join(path, overlay))
    }
  }
}

/** How many directories beside one with a kustomization are looked into. */
const maxSiblings = 100

/** Folders of overlays, by the names people give them. */
const overlayFolder = /^(overlays?|env(ironment)?s?|clusters?|variants?|stages?|regions?)$/i

function isRemote(entry: string): boolean {
  return /^[a-z][\w+.-]*:/i.test(entry)
    ? !/^[a-z]:[\\/]/i.test(entry)
    : /^(github\.com|git@)|\?ref=/.test(entry)
}

function addTo(map: Map<string, Set<Node>>, key: string, node: Node): void {
  const set = map.get(key)
  if (set) set.add(node)
  else map.set(key, new Set([node]))
}
