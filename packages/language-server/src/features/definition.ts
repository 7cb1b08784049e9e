import type { FoundResource, Manifest, Path, Position } from '@daemonlint/core'
import { selectedAround } from '@daemonlint/rules/references'
import type { Snapshot } from '../snapshot.ts'
import { holds, linksOf, manifestsAt, type ResourceLink } from './resource-links.ts'
import { findWanted, type ResourceLookup } from './resource-lookup.ts'

/** A place in this document or another file. */
export interface Place {
  /** Absolute; undefined for the document itself. */
  filePath: string | undefined
  /** Of the whole file, which the positions speak of. */
  text: string
  /** All that belongs to what is there. */
  range: Position
  /** Its name; within the range. */
  selection: Position
}

export interface Definition extends Place {
  /** What of the document leads there. */
  origin: Position
}

/**
 * Where that is made which a name in a document means: the ConfigMap of a volume, the role of a binding, the volume of a
 * mount, the workloads that a Service selects …
 */
export function definitions(snapshot: Snapshot, offset: number, lookup: ResourceLookup): Definition[] {
  return manifestsAt(snapshot, offset).flatMap((manifest) =>
    linksOf(manifest)
      .filter(({ at }) => holds(at, offset))
      .flatMap((link) => placesOf(link, manifest, lookup).map((place) => ({ ...place, origin: link.at }))),
  )
}

function placesOf(link: ResourceLink, manifest: Manifest, lookup: ResourceLookup): Place[] {
  if (link.to === 'place') return [placeIn({ manifest, filePath: undefined }, link.path)]
  if (link.to === 'pods') {
    for (const scope of ['applied', 'folder', 'run'] as const) {
      const found = [...selectedAround(lookup, manifest, link.selector, { scope })]
      if (found.length > 0) return found.map((one) => placeOf(one))
    }
    return []
  }
  return findWanted(link.wanted, manifest, lookup).map((found) => {
    const { key } = link
    const path = ['data', 'stringData', 'binaryData']
      .map((field) => [field, key ?? ''])
      .find((path) => key !== undefined && found.manifest.keyAt(...path))
    return path ? placeIn(found, path) : placeOf(found)
  })
}

/** A resource, by its name. */
export function placeOf(found: FoundResource): Place {
  const { manifest, filePath } = found
  const name = manifest.at('metadata', 'name') ?? manifest.at('metadata', 'generateName')
  const selection = name ??
    manifest.keyAt('kind') ?? { start: manifest.position.start, end: manifest.position.start }
  return { filePath, text: manifest.yaml.text, range: manifest.position, selection }
}

/** A part of a resource: by its key, or where it is a name, by that. */
export function placeIn({ manifest, filePath }: FoundResource, path: Path): Place {
  const value = manifest.at(...path)
  const key = manifest.keyAt(...path) ?? manifest.position
  const selection = path.at(-1) === 'name' ? (value ?? key) : key
  // A name stands for the item of the list that it is in.
  const whole = path.at(-1) === 'name' ? manifest.at(...path.slice(0, -1)) : undefined
  return {
    filePath,
    text: manifest.yaml.text,
    range: whole ?? { start: key.start, end: (value ?? key).end },
    selection,
  }
}
