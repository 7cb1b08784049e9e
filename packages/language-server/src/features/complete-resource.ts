/** The beginning of a resource: its apiVersion and kind, or all of a DaemonSet. */
import type { Path } from '@daemonlint/core'
import { workloads } from '@daemonlint/core/editor'
import { facts } from '../kubernetes/facts.ts'
import type { OutlinedResource } from '../kubernetes/resource.ts'
import { hasMark } from '../yaml/cursor.ts'
import { nodeAt, textAt } from '../yaml/spot.ts'
import { type Completion, type Situation, sortText } from './completion-types.ts'

/** Keys that tell that a file is not of Kubernetes, or none of ours. */
const ours = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status'])

/**
 * @param path from the document's root: to the map of a key, or to a value
 * @param resource the workload, where it can be told
 * @returns undefined where the place is another one
 */
export function completeResource(
  situation: Omit<Situation, 'resource' | 'path' | 'place'>,
  path: Path,
  resource: OutlinedResource | undefined,
): Completion[] | undefined {
  const { spot, cursor } = situation
  const { root } = cursor.outline
  if (spot.on === 'value' && path.length > 0) {
    const base = path.slice(0, -1)
    const isRoot = resource ? base.length === resource.base.length : isRootOfResource(root, base)
    if (!isRoot) return undefined
    if (path.at(-1) === 'kind') return completeKind(situation, textAt(root, [...base, 'apiVersion']))
    return path.at(-1) === 'apiVersion'
      ? completeVersion(situation, textAt(root, [...base, 'kind']))
      : undefined
  }
  if (resource || path.length > 0) {
    return resource || spot.on === 'value' || !isRootOfResource(root, path)
      ? undefined
      : completeStart(situation, path)
  }
  if (spot.on === 'value' && !spot.scalar.ownLine) return undefined
  return completeStart(situation, path)
}

/** The document itself, or an item of a List. */
const isRootOfResource = (root: Parameters<typeof textAt>[0], base: Path): boolean =>
  base.length === 0
    ? nodeAt(root, [])?.type === 'map'
    : base.length === 2 && base[0] === 'items' && textAt(root, ['kind'])?.endsWith('List') === true

const versionOf = (kind: string): string => Object.keys(facts[`${kind}.apiVersion`]?.values ?? {})[0] ?? ''

type At = Omit<Situation, 'resource' | 'path' | 'place'>

function completeKind(at: At, apiVersion: string | undefined): Completion[] {
  const kinds = Object.keys(workloads)
  const fitting = kinds.filter((kind) => !apiVersion || hasMark(apiVersion) || versionOf(kind) === apiVersion)
  return fitting.map((kind, index) => word(at, kind, index))
}

function completeVersion(at: At, kind: string | undefined): Completion[] {
  const known = kind !== undefined && Object.hasOwn(workloads, kind) ? [kind] : Object.keys(workloads)
  return [...new Set(known.map(versionOf))].map((version, index) => word(at, version, index))
}

function word({ cursor: { start, end, before } }: At, value: string, index: number): Completion {
  const insertText = `${before}${value}`
  return {
    label: value,
    kind: 'enum',
    start,
    end,
    insertText,
    snippet: false,
    sortText: sortText(0, index),
    ...(before && { filterText: insertText }),
  }
}

/** What a document begins with that may become a resource. */
function completeStart(at: At, path: Path): Completion[] | undefined {
  const { cursor, options, spot } = at
  const map = nodeAt(cursor.outline.root, path)
  const entries = map?.type === 'map' ? map.entries : []
  const present = new Set(entries.flatMap(({ key, colon }) => (colon === undefined ? [] : [key])))
  if ([...present].some((key) => !ours.has(key))) return undefined
  const { start, end } = cursor
  const isWhole = spot.on === 'key' && spot.entry.colon !== undefined
  const names = ['apiVersion', 'kind'].filter((name) => !present.has(name))
  const keys = names.map(
    (name, index): Completion => ({
      label: name,
      kind: 'field',
      detail: 'string, required',
      start,
      end,
      insertText: isWhole ? name : `${name}: `,
      snippet: false,
      sortText: sortText(0, index),
      data: { kind: 'DaemonSet', path: [name] },
    }),
  )
  if (path.length > 0 || present.size > 0 || isWhole || !options.snippets) return keys
  return [
    ...keys,
    {
      label: 'DaemonSet',
      kind: 'snippet',
      detail: 'a whole DaemonSet',
      start,
      end,
      insertText: skeleton,
      snippet: true,
      sortText: sortText(1, 0),
    },
  ]
}

/** With what every daemon should say of itself. */
const skeleton = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: \${1:agent}
  namespace: \${2:kube-system}
  labels:
    app.kubernetes.io/name: \${1:agent}
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: \${1:agent}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: \${1:agent}
    spec:
      containers:
        - name: \${1:agent}
          image: \${3:example.com/agent:1.0.0}
          resources:
            requests:
              cpu: \${4:50m}
              memory: \${5:64Mi}
            limits:
              memory: \${5:64Mi}
          $0
`
