import type { Volume, VolumeProjection } from '../../../schema/decoded.generated.ts'
import { excerpt } from '../../../text/excerpt.ts'
import type { Validation } from '../../check.ts'
import { eachItem } from '../../each-item.ts'
import type { Field } from '../../field.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { relatedTo } from '../../related.ts'

export const overlappingPathsRejections = {
  'overlapping-paths': {
    description: "Warns of files of a volume that stand in each other's way",
    messages: {
      same: 'Another file of this volume has the path `{{path}}` too: one of them replaces the other.',
      below:
        '`{{path}}` cannot be beside `{{other}}` in a volume: a file would have to be a directory too, and the pod does not start.',
    },
    accepted: true,
  },
  'no-projected-sources': {
    description: 'Warns of a source of a projected volume that adds nothing',
    messages: {
      empty:
        'This source names nothing, so it adds no files: write a `secret`, `configMap`, `downwardAPI` or `serviceAccountToken`, or remove it.',
      dropped:
        '`{{name}}` is behind the feature gate `{{gate}}`, which is off by default: the API server drops it, and this source adds no files.',
      remove: 'Remove this source.',
    },
    hasSuggestions: true,
    accepted: true,
  },
} satisfies RejectionTable

/** Paths by their parts. */
interface Directory {
  readonly entries: Map<string, Directory>
  /** The first file of just this path. */
  file?: { path: string; at: Field }
  /** The first file in it, at any depth. */
  below?: { path: string; at: Field }
}

type PathItems = readonly ({ readonly path?: string | null | undefined } | null)[] | null | undefined

/**
 * k8s.io/kubernetes pkg/api/pod/warnings.go: warningsForOverlappingVirtualPaths.
 * @param field a volume in which nothing is refused
 */
export function warnOfOverlappingPaths(validation: Validation, volume: Volume, field: Field): void {
  if (!validation.somewhere('OverlappingPathWarnings')) return
  const { projected } = volume
  for (const name of ['configMap', 'secret', 'downwardAPI'] as const) {
    const items = volume[name]?.items
    if (items && items.length > 1) addItems(validation, newDirectory(), items, field.child(name))
  }
  if (!projected?.sources) return
  const root = newDirectory()
  eachItem(projected.sources, field.child('projected', 'sources'), (source, at) => {
    const kind = (['configMap', 'secret', 'downwardAPI'] as const).find((name) => source[name]?.items)
    if (kind) addItems(validation, root, source[kind]?.items, at.child(kind))
    else if (source.serviceAccountToken) {
      const { path } = source.serviceAccountToken
      addPath(validation, root, path, at.child('serviceAccountToken', 'path'))
    } else if (!source.configMap && !source.secret && !source.downwardAPI) {
      warnOfNoSource(validation, source, at)
    }
  })
}

/** @param field what holds the `items` */
function addItems(validation: Validation, root: Directory, items: PathItems, field: Field): void {
  eachItem<{ readonly path?: string | null | undefined }>(items, field.child('items'), ({ path }, at) =>
    addPath(validation, root, path, at.child('path')),
  )
}

const newDirectory = (): Directory => ({ entries: new Map() })

/** Puts a file where its path says, and warns of the first that is in its way. */
function addPath(
  validation: Validation,
  root: Directory,
  written: string | null | undefined,
  at: Field,
): void {
  const path = withoutSlashes(written ?? '')
  if (path === '') return
  const file = { path, at }
  let directory = root
  let obstacle: Directory['file']
  for (const part of path.split('/')) {
    obstacle ??= directory.file
    directory.below ??= file
    const next = directory.entries.get(part) ?? newDirectory()
    directory.entries.set(part, next)
    directory = next
  }
  obstacle ??= directory.file ?? directory.below
  directory.file ??= file
  if (!obstacle) return
  const { path: other, at: first } = obstacle
  validation.report({
    id: 'overlapping-paths',
    at,
    needs: [first],
    messageId: other === path ? 'same' : 'below',
    data: { path: excerpt(path), other: excerpt(other) },
    related: relatedTo(validation, first, 'the first of them'),
  })
}

/** Without those at its end. */
function withoutSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end--
  return path.slice(0, end)
}

/** Kinds of sources that the API server drops, and the feature gates that would keep them: off in all versions. */
const gates = {
  clusterTrustBundle: 'ClusterTrustBundleProjection',
  podCertificate: 'PodCertificateRequest',
} as const

function warnOfNoSource(validation: Validation, source: VolumeProjection, at: Field): void {
  const name = (['clusterTrustBundle', 'podCertificate'] as const).find((kind) => source[kind])
  validation.report({
    id: 'no-projected-sources',
    at: name ? at.child(name) : at,
    needs: [at],
    ...(name ? { messageId: 'dropped', data: { name, gate: gates[name] } } : { messageId: 'empty' }),
    suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(at.path) }],
  })
}
