import type { FoundResource, Manifest, Position } from '@daemonlint/core'
import { bindingKinds, workloadKinds } from '@daemonlint/rules/references'
import type { Snapshot } from '../snapshot.ts'
import { type Place, placeIn, placeOf } from './definition.ts'
import { holds, linksOf, manifestsAt, type ResourceLink } from './resource-links.ts'
import { findWanted, isWanted, type ResourceLookup, type Wanted } from './resource-lookup.ts'

/** Kinds of resources that name others. */
const referring = [...workloadKinds, ...bindingKinds, 'HorizontalPodAutoscaler', 'VerticalPodAutoscaler']

/**
 * Where a resource, or a volume, is named: for its own name, or for any place that names it.
 * @param withDeclaration the place where it is made among them
 */
export function references(
  snapshot: Snapshot,
  offset: number,
  lookup: ResourceLookup,
  withDeclaration = false,
): Place[] {
  return manifestsAt(snapshot, offset).flatMap((manifest) => {
    const links = linksOf(manifest)
    const link = links.find(({ at, to }) => to !== 'pods' && holds(at, offset))
    if (link?.to === 'resource') {
      return withMade(findWanted(link.wanted, manifest, lookup), link.wanted, lookup, withDeclaration)
    }
    const name = manifest.at('metadata', 'name')
    if (!link && name && holds(name, offset)) {
      const wanted = { kind: manifest.kind, name: manifest.name }
      return withMade([{ manifest, filePath: undefined }], wanted, lookup, withDeclaration)
    }
    return withinResource(manifest, links, link, offset, withDeclaration)
  })
}

/** @param made the resources that are meant; where nobody knows them, the reference itself says which */
function withMade(
  made: readonly FoundResource[],
  wanted: Wanted,
  lookup: ResourceLookup,
  withDeclaration: boolean,
): Place[] {
  const means = (one: Manifest, { wanted: other }: Extract<ResourceLink, { to: 'resource' }>) => {
    if (other.kind !== wanted.kind || other.name !== wanted.name) return false
    return made.length === 0 || made.some(({ manifest }) => isWanted(manifest, other, one) !== false)
  }
  const around = lookup.resources({ kinds: referring, text: wanted.name, scope: 'run' })
  const named = around.flatMap((found) =>
    linksOf(found.manifest).flatMap((link): Place[] => {
      if (link.to !== 'resource' || link.key !== undefined || !means(found.manifest, link)) return []
      return [placeAt(found, link.at)]
    }),
  )
  return withDeclaration ? [...made.map((one) => placeOf(one)), ...named] : named
}

/** What of a resource leads to a volume or a label. */
function withinResource(
  manifest: Manifest,
  links: readonly ResourceLink[],
  link: ResourceLink | undefined,
  offset: number,
  withDeclaration: boolean,
): Place[] {
  const places = links.filter((one) => one.to === 'place')
  const isAt = (position: Position | undefined) => position !== undefined && holds(position, offset)
  const path =
    link?.to === 'place'
      ? link.path
      : places.find(({ path }) => isAt(manifest.at(...path)) || isAt(manifest.keyAt(...path)))?.path
  if (!path) return []
  const found = { manifest, filePath: undefined }
  const key = JSON.stringify(path)
  const named = places.filter((one) => JSON.stringify(one.path) === key).map(({ at }) => placeAt(found, at))
  return withDeclaration ? [placeIn(found, path), ...named] : named
}

function placeAt({ manifest, filePath }: FoundResource, at: Position): Place {
  return { filePath, text: manifest.yaml.text, range: at, selection: at }
}
