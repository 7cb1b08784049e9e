import { type Manifest, type Path, type PodTemplate, type Position, parse } from '@daemonlint/core'
import { trustsShape, valueAt } from '@daemonlint/core/editor'
import {
  isBinding,
  labelMapAt,
  labelSelectorAt,
  namedBy,
  type PodSelector,
  roleRefOf,
  subjectsOf,
} from '@daemonlint/rules/references'
import type { Snapshot } from '../snapshot.ts'
import type { Wanted } from './resource-lookup.ts'

/** A place in a resource that means another place. */
export type ResourceLink =
  /** The name of another resource, or of one of its keys. */
  | { to: 'resource'; at: Position; wanted: Wanted; key?: string }
  /** Another place of the same resource: its name, or its key. */
  | { to: 'place'; at: Position; path: Path }
  /** Labels by which pods are chosen. */
  | { to: 'pods'; at: Position; selector: PodSelector }

/**
 * The resources of the document that holds an offset, as they are written: also of one that is not linted, and without
 * what kustomizations make of it. None of a workload whose fields are of other types than they should be.
 */
export function manifestsAt({ text, result }: Snapshot, offset: number): Manifest[] {
  const { root } = result
  const document = root.documents.findLast(({ position }) => (position.start.offset ?? 0) <= offset)
  if (!document) return []
  const body = text.slice(document.position.start.offset, document.position.end.offset)
  const { children } = parse(text, { wants: (one) => one.text === body, previous: root })
  return children.filter(
    (one) =>
      one.document === document.index && trustsShape(one.type, one.value) && holds(one.position, offset),
  )
}

export const holds = ({ start, end }: Position, offset: number): boolean =>
  (start.offset ?? 0) <= offset && offset <= (end.offset ?? 0)

/**
 * The links of a resource, in no order.
 * @param manifest of a shape that can be trusted
 */
export function linksOf(manifest: Manifest): ResourceLink[] {
  return [
    ...manifest.children.flatMap((template) => [...namesIn(template), ...volumesIn(template)]),
    ...labelsIn(manifest),
    ...bindingLinks(manifest),
    ...targetLinks(manifest),
    ...selectorLinks(manifest),
  ]
}

/** What a pod names, and the keys that it takes of ConfigMaps and Secrets. */
function namesIn(template: PodTemplate): ResourceLink[] {
  return namedBy(template).flatMap(({ kind, name, path }) => {
    const wanted = { kind, name }
    const above = path.slice(0, -1)
    const { manifest } = template
    const items = valueAt(template.value, [...above, 'items'])
    const keys = [
      [...above, 'key'],
      ...(Array.isArray(items) ? items.map((_, index) => [...above, 'items', index, 'key']) : []),
    ]
    const takesKeys = kind === 'ConfigMap' || kind === 'Secret'
    return [
      ...linkTo(manifest, [...template.path, ...path], wanted),
      ...(takesKeys ? keys : []).flatMap((at) => {
        const key = valueAt(template.value, at)
        return typeof key === 'string' ? linkTo(manifest, [...template.path, ...at], wanted, key) : []
      }),
    ]
  })
}

/** From what a container mounts to the volume, or to the claim template of a StatefulSet. */
function volumesIn({ manifest, children }: PodTemplate): ResourceLink[] {
  const places = new Map<string, Path>()
  const claims = valueAt(manifest.value, ['spec', 'volumeClaimTemplates'])
  for (const index of Array.isArray(claims) ? claims.keys() : []) {
    const at = ['spec', 'volumeClaimTemplates', index, 'metadata', 'name']
    const name = valueAt(manifest.value, at)
    if (typeof name === 'string') places.set(name, at)
  }
  for (const { type, value, path } of children) {
    if (type === 'volume' && value.name) places.set(value.name, [...path, 'name'])
  }
  return children.flatMap((container) => {
    if (container.type !== 'container') return []
    return (['volumeMounts', 'volumeDevices'] as const).flatMap((list) =>
      (container.value[list] ?? []).flatMap((mount, index): ResourceLink[] => {
        const at = container.at(list, index, 'name')
        const target = mount?.name && places.get(mount.name)
        return at && target ? [{ to: 'place', at, path: target }] : []
      }),
    )
  })
}

/** From the labels that a workload selects to those of its pods. */
function labelsIn(manifest: Manifest): ResourceLink[] {
  const [template] = manifest.children
  const labels = valueAt(manifest.value, ['spec', 'selector', 'matchLabels'])
  if (!template || typeof labels !== 'object' || labels === null) return []
  return Object.keys(labels).flatMap((key): ResourceLink[] => {
    const path = [...template.path, 'metadata', 'labels', key]
    const at = entryAt(manifest, ['spec', 'selector', 'matchLabels', key])
    return at && manifest.keyAt(...path) ? [{ to: 'place', at, path }] : []
  })
}

function bindingLinks(manifest: Manifest): ResourceLink[] {
  if (!isBinding(manifest)) return []
  const role = roleRefOf(manifest)
  const subjects = subjectsOf(manifest).filter(({ kind }) => kind === 'ServiceAccount')
  return [
    ...(role ? linkTo(manifest, ['roleRef', 'name'], role) : []),
    ...subjects.flatMap(({ path, kind, name, namespace }) =>
      linkTo(manifest, [...path, 'name'], { kind, name, ...(namespace && { namespace }) }),
    ),
  ]
}

/** Autoscalers name what they scale. */
function targetLinks(manifest: Manifest): ResourceLink[] {
  return ['scaleTargetRef', 'targetRef'].flatMap((field) => {
    const [kind, name] = ['kind', 'name'].map((key) => valueAt(manifest.value, ['spec', field, key]))
    if (typeof kind !== 'string' || typeof name !== 'string') return []
    return linkTo(manifest, ['spec', field, 'name'], { kind, name })
  })
}

/** Where kinds that choose pods say by which labels. */
const selectors: Readonly<Record<string, { path: Path; read: typeof labelMapAt }>> = {
  Service: { path: ['spec', 'selector'], read: labelMapAt },
  PodDisruptionBudget: { path: ['spec', 'selector'], read: labelSelectorAt },
  NetworkPolicy: { path: ['spec', 'podSelector'], read: labelSelectorAt },
}

function selectorLinks(manifest: Manifest): ResourceLink[] {
  const known = Object.hasOwn(selectors, manifest.kind) ? selectors[manifest.kind] : undefined
  const at = known && entryAt(manifest, known.path)
  const selector = known?.read(manifest, ...known.path)
  return at && selector ? [{ to: 'pods', at, selector }] : []
}

function linkTo(manifest: Manifest, path: Path, wanted: Wanted, key?: string): ResourceLink[] {
  const at = manifest.at(...path)
  return at ? [{ to: 'resource', at, wanted, ...(key !== undefined && { key }) }] : []
}

/** From a key to the end of its value. */
function entryAt(manifest: Manifest, path: Path): Position | undefined {
  const [key, value] = [manifest.keyAt(...path), manifest.at(...path)]
  return key && { start: key.start, end: (value ?? key).end }
}
