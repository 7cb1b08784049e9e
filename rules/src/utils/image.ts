import type { ContainerNode } from '@daemonlint/core'
import { matchesGlob } from './glob.ts'
import { writtenAt } from './written.ts'

/** An image reference in its parts. */
export interface ImageReference {
  /** Registry and repository: `registry:5000/agent`. */
  name: string
  tag?: string
  /** `sha256:…` */
  digest?: string
}

/**
 * The name of a container's image without tag and digest, in lower case. Of a templated one it is what is written:
 * `${registry}/fluent/fluent-bit`.
 */
export function repositoryOf(container: ContainerNode): string {
  return parseImage(writtenAt(container, 'image')).name.toLowerCase()
}

/**
 * The end of {@link repositoryOf} that is known whatever placeholders in front of it stand for: `fluent/fluent-bit`
 * of `${REGISTRY}/fluent/fluent-bit:${TAG}`.
 * @returns '' when not even the last part is known
 */
export function knownRepositoryOf(container: ContainerNode): string {
  if (container.lacks('image')) return ''
  const parts = repositoryOf(container).split('/')
  if (!container.isUnknown('image')) return parts.join('/')
  const unknown = parts.findLastIndex((part) => !/^[a-z0-9.:-]+(_[a-z0-9.:-]+)*$/.test(part))
  return parts.slice(unknown + 1).join('/')
}

/** True for the image that only holds a pod's namespaces (`registry.k8s.io/pause:3.10`): it does nothing. */
export function isPause(container: ContainerNode): boolean {
  return /(^|\/)pause(-[a-z0-9]+)?$/.test(repositoryOf(container))
}

/**
 * Splits an image reference as container runtimes do: what follows `@` is the digest, and a colon begins a tag only
 * after the last slash (`registry:5000/agent` has a port, no tag).
 * @param reference `registry:5000/team/agent:1.2@sha256:…`
 */
export function parseImage(reference: string): ImageReference {
  const [tagged = '', digest] = reference.trim().split('@')
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1)
  const image: ImageReference = { name: colon < 0 ? tagged : tagged.slice(0, colon) }
  if (colon >= 0) image.tag = tagged.slice(colon + 1)
  if (digest) image.digest = digest
  return image
}

/** Tags that say of themselves that they move: the newest build, of all or of a branch. */
const moving =
  /^(latest|latest-.*|.*-latest|main|master|master-head|develop|devel|edge|nightly|(canary|snapshot)(-.*)?)$/

/**
 * True for a tag that says of itself that it moves.
 * @param further patterns of tags that are known to, `*` standing for any characters
 */
export function isMovingTag(tag: string, further: readonly string[] = []): boolean {
  return moving.test(tag) || further.some((pattern) => matchesGlob(tag, pattern))
}

/**
 * True for an image that does not change: a digest, or a tag with all of a version in it, such as `v1.4.2-debian`. What
 * has less, such as `1.4`, is given to each new patch by many.
 */
export function isVersion({ tag = '', digest }: ImageReference): boolean {
  return digest !== undefined || (/(^|[^\d.])\d+\.\d+\.\d+/.test(tag) && !isMovingTag(tag))
}
