import { basename, dirname, join, resolve, sep } from 'node:path'
import type { FileContext, OverlaidField } from '@daemonlint/core'
import { type Kustomization, kustomizationNames, parseKustomization } from './kustomization.ts'
import { type Effect, effectsOf } from './overlay.ts'
import { parseTransformers } from './transformers.ts'

/** The file system as kustomizations need it. */
export interface ProjectHost {
  /** The text of a file, or undefined when it cannot be read. */
  readText(path: string): string | undefined
  /** Names of the directories in a directory, sorted; none when it cannot be read. */
  directories(path: string): readonly string[]
  has(directory: string, name: string): boolean
}

/** Answers for files from the kustomizations around them. Reads what it needs when it is first asked. */
export interface KustomizeGraph {
  /** @param path absolute */
  contextOf(path: string): FileContext
  /** The files that some kustomization builds together with a file; absolute. */
  builtWith(path: string): ReadonlySet<string>
}

interface Node {
  directory: string
  kustomization: Kustomization
  /** Kustomizations that build on it. */
  parents: Set<Node>
  components: Node[]
  /** The files among its resources, absolute. */
  files: string[]
  /** The kustomizations that it builds on. */
  bases: Node[]
  effects?: Effect[]
}

/** How many directories beside one with a kustomization are looked into. */
const maxSiblings = 100

/** Folders of overlays, by the names people give them. */
const overlayFolder = /^(overlays?|env(ironment)?s?|clusters?|variants?|stages?|regions?)$/i

/**
 * The kustomizations that say something about files: those of the run; those in a file's own folder and the folders
 * above it, up to the root of the repository; beside each of those, folders (and folders in `overlays`,
 * `environments` and the like) whose kustomization names it; and all that these name in turn.
 * @param files of the run, absolute
 * @param cwd where the way up ends outside a repository
 */
export function createKustomizeGraph(
  files: readonly string[],
  cwd: string,
  host: ProjectHost,
): KustomizeGraph {
  const nodes = new Map<string, Node | undefined>()
  const resourceOf = new Map<string, Set<Node>>()
  const patchOf = new Map<string, Set<Node>>()
  const looked = new Set<string>()
  let isRunLoaded = false

  function fileIn(directory: string): string | undefined {
    const name = kustomizationNames.find((name) => host.has(directory, name))
    return name === undefined ? undefined : join(directory, name)
  }

  function load(directory: string): Node | undefined {
    if (nodes.has(directory)) return nodes.get(directory)
    nodes.set(directory, undefined)
    const path = fileIn(directory)
    const text = path === undefined ? undefined : host.readText(path)
    const kustomization = text === undefined ? undefined : parseKustomization(text)
    if (!kustomization) return undefined
    expandTransformers(kustomization, directory)
    const node: Node = { directory, kustomization, parents: new Set(), components: [], files: [], bases: [] }
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

  function expandTransformers(kustomization: Kustomization, directory: string): void {
    for (const entry of kustomization.transformers) {
      const text = entry.includes('\n') ? entry : host.readText(resolve(directory, entry))
      for (const other of parseTransformers(text ?? '')) {
        for (const key of ['patches', 'images', 'labels', 'replicas', 'replacements'] as const) {
          for (const one of other[key]) (kustomization[key] as unknown[]).push(one)
        }
        Object.assign(kustomization.annotations, other.annotations)
        kustomization.namespace ??= other.namespace
        kustomization.namePrefix ||= other.namePrefix
        kustomization.nameSuffix ||= other.nameSuffix
      }
    }
  }

  function lookAround(start: string): void {
    if (!isRunLoaded) {
      isRunLoaded = true
      const names: readonly string[] = kustomizationNames
      for (const file of files) if (names.includes(basename(file))) load(dirname(file))
    }
    const top = rootOf(start)
    for (let directory = start; !looked.has(directory); directory = dirname(directory)) {
      looked.add(directory)
      if (load(directory) && directory !== top) loadSiblings(directory)
      if (directory === top) return
    }
  }

  const roots = new Map<string, string | undefined>()
  function repositoryOf(directory: string): string | undefined {
    if (roots.has(directory)) return roots.get(directory)
    const parent = dirname(directory)
    const root = host.has(directory, '.git')
      ? directory
      : parent === directory
        ? undefined
        : repositoryOf(parent)
    roots.set(directory, root)
    return root
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

  function effects(node: Node): Effect[] {
    node.effects ??= effectsOf(node.kustomization, (path) => host.readText(resolve(node.directory, path)))
    return node.effects
  }

  /** All that can be reached from some kustomizations. */
  function reach(start: Iterable<Node>, next: (node: Node) => Iterable<Node>): Set<Node> {
    const found = new Set<Node>()
    const queue = [...start]
    for (let node = queue.pop(); node; node = queue.pop()) {
      if (found.has(node)) continue
      found.add(node)
      queue.push(...next(node))
    }
    return found
  }

  function overlaidIn(path: string): OverlaidField[] {
    const found = reach([...(resourceOf.get(path) ?? []), ...(patchOf.get(path) ?? [])], (node) => [
      ...node.parents,
      ...node.components,
    ])
    // What a patch states is not unknown in the patch itself.
    const fields = [...found].flatMap((node) =>
      effects(node)
        .filter(({ source }) => source === undefined || resolve(node.directory, source) !== path)
        .map(({ field }) => field),
    )
    return [...fields, ...underOtherNames(fields, [...found])]
  }

  return {
    builtWith(path) {
      lookAround(dirname(path))
      const builders = reach(resourceOf.get(path) ?? [], ({ parents }) => parents)
      const built = reach(builders, ({ bases }) => bases)
      return new Set([...built].flatMap(({ files }) => files))
    },
    contextOf(path) {
      lookAround(dirname(path))
      const isPatch = patchOf.has(path)
      if (!isPatch && !resourceOf.has(path)) return {}
      let overlaid: OverlaidField[] | undefined
      return {
        role: isPatch ? 'patch' : undefined,
        /** Reads patches: only when somebody asks. */
        get overlaid() {
          overlaid ??= overlaidIn(path)
          return overlaid
        },
      }
    },
  }
}

/** An overlay may know a resource by the name that a prefix or suffix below it made. */
function underOtherNames(fields: readonly OverlaidField[], nodes: readonly Node[]): OverlaidField[] {
  const prefixes = nodes.map(({ kustomization }) => kustomization.namePrefix).filter(Boolean)
  const suffixes = nodes.map(({ kustomization }) => kustomization.nameSuffix).filter(Boolean)
  if (prefixes.length + suffixes.length === 0) return []
  return fields.flatMap((field) => {
    const { name } = field
    if (name === undefined) return []
    let plain = name
    for (const prefix of prefixes) if (plain.startsWith(prefix)) plain = plain.slice(prefix.length)
    for (const suffix of suffixes) if (plain.endsWith(suffix)) plain = plain.slice(0, -suffix.length)
    return plain === name || plain === '' ? [] : [{ ...field, name: plain }]
  })
}

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
