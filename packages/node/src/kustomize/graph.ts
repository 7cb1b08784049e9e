import { basename, dirname, resolve } from 'node:path'
import type { FileContext, OverlaidField } from '@daemonlint/core'
import { kustomizationNames } from './kustomization.ts'
import { type Around, lookAround, type Node } from './look-around.ts'
import { type Effect, effectsOf } from './overlay.ts'
import { createReader, type ProjectHost } from './reader.ts'

/**
 * Answers for files from the kustomizations around them. Reads what it needs when it is first asked. An answer does not
 * depend on what was asked before.
 */
export interface KustomizeGraph {
  /** @param path absolute */
  contextOf(path: string): FileContext
  /**
   * The files that some kustomization builds together with a file; absolute. The same object for all files that the same
   * kustomizations build.
   */
  builtWith(path: string): ReadonlySet<string>
  /**
   * What the context of a file rests on: as long as these files hold what they hold, it is the same. Files that the
   * kustomizations name and that do not exist are among them.
   * @returns the files in an order that counts too, absolute
   */
  basisOf(path: string): ContextBasis | undefined
}

export interface ContextBasis {
  role: 'manifest' | 'patch'
  files: readonly string[]
}

/**
 * The kustomizations that say something about files: those in the folders of the run's files and the folders above them,
 * up to the root of the repository; beside each of those, folders (and folders in `overlays`, `environments` and the
 * like) whose kustomization names it; and all that these name in turn. Of a file that is not of the run: those of the
 * run, and those around itself.
 * @param files of the run, absolute
 * @param cwd where the way up ends outside a repository
 */
export function createKustomizeGraph(
  files: readonly string[],
  cwd: string,
  host: ProjectHost,
): KustomizeGraph {
  const reader = createReader(host)
  const directories = new Set(files.map((file) => dirname(file)))
  let ofRun: Around | undefined
  const others = new Map<string, Around>()
  const builds = new Map<string, ReadonlySet<string>>()

  function around(path: string): Around {
    const directory = dirname(path)
    ofRun ??= lookAround([...directories], [], cwd, host, reader)
    if (directories.has(directory)) return ofRun
    let found = others.get(directory)
    if (!found) {
      found = lookAround([directory], kustomizedFolders(files), cwd, host, reader)
      others.set(directory, found)
    }
    return found
  }

  return {
    builtWith(path) {
      const { resourceOf } = around(path)
      const builders = reach(resourceOf.get(path) ?? [], ({ parents }) => parents)
      const built = [...reach(builders, ({ bases }) => bases)]
      const key = JSON.stringify(built.map(({ directory }) => directory).sort())
      const known = builds.get(key) ?? new Set(built.flatMap(({ files }) => files))
      builds.set(key, known)
      return known
    },
    contextOf(path) {
      const near = around(path)
      const role = roleOf(path, near)
      if (role === undefined) return {}
      let overlaid: OverlaidField[] | undefined
      return {
        role: role === 'patch' ? role : undefined,
        /** Reads patches: only when somebody asks. */
        get overlaid() {
          overlaid ??= overlaidIn(path, near, host)
          return overlaid
        },
      }
    },
    basisOf(path) {
      const near = around(path)
      const role = roleOf(path, near)
      return role && { role, files: [...overlaysOf(path, near)].flatMap(({ readFiles }) => readFiles) }
    },
  }
}

function kustomizedFolders(files: readonly string[]): string[] {
  const names: readonly string[] = kustomizationNames
  return files.filter((file) => names.includes(basename(file))).map((file) => dirname(file))
}

function roleOf(path: string, { patchOf, resourceOf }: Around): ContextBasis['role'] | undefined {
  return patchOf.has(path) ? 'patch' : resourceOf.has(path) ? 'manifest' : undefined
}

/** The kustomizations that a file goes through. */
function overlaysOf(path: string, { resourceOf, patchOf }: Around): Set<Node> {
  return reach([...(resourceOf.get(path) ?? []), ...(patchOf.get(path) ?? [])], (node) => [
    ...node.parents,
    ...node.components,
  ])
}

function overlaidIn(path: string, around: Around, host: ProjectHost): OverlaidField[] {
  const found = overlaysOf(path, around)
  // What a patch states is not unknown in the patch itself.
  const fields = [...found].flatMap((node) =>
    effects(node, host)
      .filter(({ source }) => source === undefined || resolve(node.directory, source) !== path)
      .map(({ field }) => field),
  )
  return [...fields, ...underOtherNames(fields, [...found])]
}

function effects(node: Node, host: ProjectHost): Effect[] {
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
