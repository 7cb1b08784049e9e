import type { Manifest } from '../parse/tree.ts'
import { valueAt } from '../parse/value.ts'
import type { ResourceMatch } from './config.ts'
import { wildcardToRegExp } from './glob.ts'
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
  const { kind, namespace, name, container: containers, labels } = compiled(match)
  return (
    matches(kind, manifest.kind) &&
    matches(namespace, manifest.namespace) &&
    matches(name, manifest.name) &&
    matches(containers, container) &&
    (labels.length === 0 || matchesLabels(labels, manifest))
  )
}

/** Any of them fits; undefined: nothing is asked. */
type Patterns = readonly RegExp[] | undefined

type CompiledMatch = Record<Exclude<keyof ResourceMatch, 'labels'>, Patterns> & {
  labels: readonly (readonly [key: string, value: RegExp])[]
}

const compiledMatches = new WeakMap<ResourceMatch, CompiledMatch>()

/** Made once, for a configuration serves many resources. */
function compiled(match: ResourceMatch): CompiledMatch {
  let made = compiledMatches.get(match)
  if (!made) {
    const { kind, namespace, name, container, labels = {} } = match
    made = {
      kind: patterns(kind),
      namespace: patterns(namespace),
      name: patterns(name),
      container: patterns(container),
      labels: Object.entries(labels).map(([key, glob]) => [key, wildcardToRegExp(glob)] as const),
    }
    compiledMatches.set(match, made)
  }
  return made
}

function patterns(globs: string | string[] | undefined): Patterns {
  return globs === undefined ? undefined : [globs].flat().map(wildcardToRegExp)
}

function matches(patterns: Patterns, text: string | undefined): boolean {
  if (patterns === undefined) return true
  return text !== undefined && patterns.some((pattern) => pattern.test(text))
}

function matchesLabels(labels: CompiledMatch['labels'], manifest: Manifest): boolean {
  const own = valueAt(manifest.value, ['metadata', 'labels'])
  return labels.every(([key, pattern]) => {
    const value = valueAt(own, [key])
    return typeof value === 'string' && pattern.test(value)
  })
}
