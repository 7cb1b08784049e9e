import { resolve } from 'node:path'
import { type Manifest, type Path, parse } from '@daemonlint/core'
import type { Kustomization } from '../kustomize/kustomization.ts'
import { createReader } from '../kustomize/reader.ts'
import { hostOf } from '../project.ts'
import type { FindPlace, Place } from './place.ts'

type Position = Place['position']

/** No overlay stands on as many others. */
const maxDepth = 20

/**
 * Finds what a built kustomization says in the files that it is built from. kustomize writes its output anew, so that
 * lines tell nothing: a place belongs to the same field of the same resource, and only where that file says the same. What
 * a patch or another part of a kustomization sets has no such place.
 * @param directory of the kustomization, absolute
 * @param built what it builds
 */
export function originsOf(directory: string, built: string): FindPlace {
  let known: { built: readonly Manifest[]; files: Source[] } | undefined
  return (position) => {
    known ??= { built: parse(built).children, files: sourcesOf(directory) }
    const manifest = known.built.find((one) => holds(one.position, position))
    if (!manifest) return undefined
    const found = known.files.flatMap((source) =>
      source.manifests
        .filter((own) => isSame(own, source, manifest))
        .map((own) => ({ filePath: source.filePath, text: source.text, own })),
    )
    const [only, ...others] = found
    if (!only || others.length > 0) return undefined
    const place = fieldAt(manifest, position)
    const own = place && placeIn(only.own, manifest, place)
    const { apiVersion, kind, namespace, name } = only.own
    const resource = { apiVersion, kind, namespace, name }
    return own && { filePath: only.filePath, text: only.text, position: own, resource }
  }
}

/** A file that a kustomization names, and what becomes of the names in it. */
interface Source {
  filePath: string
  text: string
  manifests: readonly Manifest[]
  prefix: string
  suffix: string
}

function sourcesOf(directory: string): Source[] {
  const host = hostOf()
  const reader = createReader(host)
  const found = new Map<string, Source>()
  function add(folder: string, prefix: string, suffix: string, depth: number): void {
    const kustomization: Kustomization | undefined = reader.read(folder)?.kustomization
    if (!kustomization || depth > maxDepth) return
    const names = { prefix: prefix + kustomization.namePrefix, suffix: kustomization.nameSuffix + suffix }
    for (const entry of [...kustomization.resources, ...kustomization.components]) {
      const path = resolve(folder, entry)
      const text = /\.(ya?ml|json)$/i.test(entry) ? host.readText(path) : undefined
      if (text === undefined) add(path, names.prefix, names.suffix, depth + 1)
      // The same file may be built twice, under other names.
      else
        found.set(`${path}\0${names.prefix}\0${names.suffix}`, {
          filePath: path,
          text,
          manifests: parse(text).children,
          ...names,
        })
    }
  }
  add(directory, '', '', 0)
  return [...found.values()]
}

function isSame(own: Manifest, { prefix, suffix }: Source, built: Manifest): boolean {
  return (
    own.kind === built.kind &&
    own.apiVersion === built.apiVersion &&
    prefix + own.name + suffix === built.name
  )
}

interface FieldPlace {
  path: Path
  on: 'key' | 'value'
}

/** The field whose key or value stands exactly at a place. */
function fieldAt(manifest: Manifest, position: Position): FieldPlace | undefined {
  const found: FieldPlace[] = []
  const isThere = (place: Position | undefined) =>
    place?.start.offset === position.start.offset && place?.end.offset === position.end.offset
  function visit(value: unknown, path: Path): void {
    if (value === null || typeof value !== 'object') {
      if (isThere(manifest.at(...path))) found.push({ path, on: 'value' })
    } else {
      const isList = Array.isArray(value)
      for (const [key, item] of Object.entries(value)) visit(item, [...path, isList ? Number(key) : key])
    }
    if (typeof path.at(-1) === 'string' && isThere(manifest.keyAt(...path))) found.push({ path, on: 'key' })
  }
  visit(manifest.value, [])
  return found.length === 1 ? found[0] : undefined
}

/** The same place in the resource's own file, where that says the same. */
function placeIn(own: Manifest, built: Manifest, { path, on }: FieldPlace): Position | undefined {
  const way = sameWay(own.value, built.value, path)
  if (!way) return undefined
  if (on === 'key') return own.keyAt(...way)
  // The name of the resource itself may have got a prefix.
  const isSameValue =
    valueAt(own.value, way) === valueAt(built.value, path) || path.join('.') === 'metadata.name'
  return isSameValue && own.knows(...way) ? own.at(...way) : undefined
}

/** A path with the items of lists where the other resource has them: by `name`, or else at the same index. */
function sameWay(own: unknown, built: unknown, path: Path): Path | undefined {
  const way: (string | number)[] = []
  let [here, there] = [own, built]
  for (const step of path) {
    there = valueAt(there, [step])
    let next = step
    if (Array.isArray(here) && typeof step === 'number') {
      const name = valueAt(there, ['name'])
      if (typeof name === 'string') next = here.findIndex((item) => valueAt(item, ['name']) === name)
      else if (typeof there === 'object') return undefined
    }
    here = valueAt(here, [next])
    if (here === undefined) return undefined
    way.push(next)
  }
  return way
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value
  for (const step of path) here = (here as Record<string | number, unknown> | null | undefined)?.[step]
  return here
}

function holds(outer: Position, inner: Position): boolean {
  return (
    (outer.start.offset ?? 0) <= (inner.start.offset ?? 0) &&
    (inner.end.offset ?? 0) <= (outer.end.offset ?? 0)
  )
}
