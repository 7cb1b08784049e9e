import type { ContainerNode } from '@daemonlint/core'
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
