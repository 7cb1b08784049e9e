import { dirname, join, resolve } from 'node:path'
import { type Kustomization, kustomizationNames, parseKustomization } from './kustomization.ts'
import { parseTransformers } from './transformers.ts'

/** The file system as kustomizations need it. */
export interface ProjectHost {
  /** The text of a file, or undefined when it cannot be read. */
  readText(path: string): string | undefined
  /** Names of the directories in a directory, sorted; none when it cannot be read. */
  directories(path: string): readonly string[]
  has(directory: string, name: string): boolean
}

/** Reads the kustomizations of folders, each once. */
export interface Reader {
  /** Its path; undefined where there is none. */
  fileIn(directory: string): string | undefined
  read(directory: string): ReadKustomization | undefined
  /** The root of the repository that a folder is in. */
  repositoryOf(directory: string): string | undefined
}

export interface ReadKustomization {
  kustomization: Kustomization
  /** The kustomization, and all files that are read to know what it does; absolute. */
  readFiles: readonly string[]
}

export function createReader(host: ProjectHost): Reader {
  const known = new Map<string, ReadKustomization | undefined>()

  function fileIn(directory: string): string | undefined {
    const name = kustomizationNames.find((name) => host.has(directory, name))
    return name === undefined ? undefined : join(directory, name)
  }

  function read(directory: string): ReadKustomization | undefined {
    const path = fileIn(directory)
    const text = path === undefined ? undefined : host.readText(path)
    const kustomization = text === undefined ? undefined : parseKustomization(text)
    if (!kustomization) return undefined
    const transformers = expandTransformers(kustomization, directory, host)
    const named = [...kustomization.patches, ...kustomization.replacements].flatMap(({ path }) => path ?? [])
    const readFiles = [path!, ...[...transformers, ...named].map((name) => resolve(directory, name))]
    return { kustomization, readFiles }
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

  return {
    fileIn,
    repositoryOf,
    read(directory) {
      if (!known.has(directory)) known.set(directory, read(directory))
      return known.get(directory)
    },
  }
}

/** Adds what transformers say. Returns the files among them, as they are named. */
function expandTransformers(kustomization: Kustomization, directory: string, host: ProjectHost): string[] {
  const files = kustomization.transformers.filter((entry) => !entry.includes('\n'))
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
  return files
}
