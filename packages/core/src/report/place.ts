import type { Point, Position } from 'unist'
import type { KubernetesNode, Manifest, Path } from '../parse/tree.ts'
import { valueAt } from '../parse/value.ts'

/**
 * Where a finding about a field points: an existing scalar at its value; a map or list at its key, or, for an item of
 * a list, at its `name` (else its first key); something absent at its nearest existing parent, by the same rules; the
 * resource itself at its `kind`. Never at a whole map, for nobody reads a frame of forty lines.
 * @param path from the node; the field need not exist
 * @param on `key` points at the key although the value is a scalar
 */
export function placeOf(node: KubernetesNode, path: Path = [], on: 'key' | 'value' = 'value'): Position {
  const { manifest } = node
  const full = [...node.path, ...path]
  for (let length = full.length; length > 0; length--) {
    const place = placeOfExisting(manifest, full.slice(0, length), length === full.length && on === 'value')
    if (place) return place
  }
  return placeOfManifest(manifest)
}

function placeOfExisting(manifest: Manifest, path: Path, scalarsAtValue: boolean): Position | undefined {
  const value = manifest.at(...path)
  const key = manifest.keyAt(...path)
  if (!value && !key) return undefined
  const scalar = isScalar(manifest, path)
  if (value && scalar && scalarsAtValue && !isEmpty(value)) return value
  if (typeof path.at(-1) !== 'number') return key ?? (value && firstPlace(manifest, path, value))
  if (value && scalar) return value
  return nameOf(manifest, path) ?? firstPlace(manifest, path, value ?? key!)
}

function placeOfManifest(manifest: Manifest): Position {
  return manifest.at('kind') ?? firstPlace(manifest, [], manifest.position)
}

function nameOf(manifest: Manifest, path: Path): Position | undefined {
  const name = manifest.at(...path, 'name')
  return name && isScalar(manifest, [...path, 'name']) && !isEmpty(name) ? name : undefined
}

/** The first key of the map at `path`, or, where none can be told, its first character. */
function firstPlace(manifest: Manifest, path: Path, within: Position): Position {
  let first: Position | undefined
  for (const key of Object.keys(Object(valueAt(manifest.value, path)))) {
    const place = manifest.keyAt(...path, key)
    if (!place || offset(place.start) < offset(within.start) || offset(place.end) > offset(within.end))
      continue
    if (!first || offset(place.start) < offset(first.start)) first = place
  }
  return first ?? { start: within.start, end: after(within.start) }
}

function isScalar(manifest: Manifest, path: Path): boolean {
  return manifest.source(...path) !== undefined
}

function isEmpty(place: Position): boolean {
  return offset(place.start) === offset(place.end)
}

function offset(point: Point): number {
  return point.offset ?? 0
}

function after(point: Point): Point {
  return { line: point.line, column: point.column + 1, offset: offset(point) + 1 }
}
