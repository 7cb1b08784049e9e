import type { Manifest } from '../parse/tree.ts'
import type { ResourceMatch } from './config.ts'
import type { ResourceEntry } from './resolved.ts'

/**
 * Whether an entry of the configuration speaks of a resource, or of one container of it.
 * @param container the container's name; undefined for a finding about the resource as a whole, which an entry that
 *   names a container does not touch
 */
export function matchesEntry(
  entry: Pick<ResourceEntry, 'resources'>,
  manifest: Manifest,
  container: string | undefined,
): boolean {
  return entry.resources.every((list) => list.some((match) => matchesResource(match, manifest, container)))
}

/** Whether an entry speaks of anything in a resource, be it one of its containers. */
export function touchesEntry(entry: Pick<ResourceEntry, 'resources'>, manifest: Manifest): boolean {
  if (matchesEntry(entry, manifest, undefined)) return true
  return manifest.children
    .flatMap((template) => template.children)
    .some((child) => child.type === 'container' && matchesEntry(entry, manifest, child.value.name))
}

function matchesResource(match: ResourceMatch, manifest: Manifest, container: string | undefined): boolean {
  return (
    matches(match.kind, manifest.kind) &&
    matches(match.namespace, manifest.namespace) &&
    matches(match.name, manifest.name) &&
    matches(match.container, container) &&
    matchesLabels(match.labels, manifest)
  )
}

function matchesLabels(labels: Record<string, string> | undefined, manifest: Manifest): boolean {
  if (!labels) return true
  const own = (manifest.value as { metadata?: { labels?: Record<string, unknown> } }).metadata?.labels
  return Object.entries(labels).every(([key, glob]) => {
    const value = own && Object.hasOwn(own, key) ? own[key] : undefined
    return typeof value === 'string' && matches(glob, value)
  })
}

function matches(globs: string | string[] | undefined, text: string | undefined): boolean {
  if (globs === undefined) return true
  if (text === undefined) return false
  return [globs].flat().some((glob) => wildcard(glob).test(text))
}

/** `*` stands for any text, `?` for one character; all else for itself. */
function wildcard(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's')
}
