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

/** True when the last part of a container's image, by which it is called, is known, or the image is not stated. */
export function knowsImageName(container: ContainerNode): boolean {
  return !container.isUnknown('image') || knownRepositoryOf(container) !== ''
}

/** True when a container's name or the name of its image matches, or a placeholder hides what they say. */
export function mayBeCalled(pattern: RegExp, container: ContainerNode): boolean {
  if (container.isUnknown('name') || knownRepositoryOf(container) === '') return true
  return pattern.test(`${container.value.name} ${writtenAt(container, 'image').toLowerCase()}`)
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
export const movingTags =
  /^(latest|latest-.*|.*-latest|main|master|master-head|develop|devel|edge|nightly|(canary|snapshot)(-.*)?)$/

/**
 * True for a tag that says of itself that it moves.
 * @param further patterns of tags that are known to, `*` standing for any characters
 */
export function isMovingTag(tag: string, further: readonly string[] = []): boolean {
  return movingTags.test(tag) || further.some((pattern) => matchesGlob(tag, pattern))
}

/**
 * True for a tag that names a series of builds, each of which takes the tag from the one before: `v1-debian-forward` of
 * fluent/fluentd-kubernetes-daemonset, whose README advises a strict tag for production.
 * @param name the repository
 */
export function isSeriesTag(name: string, tag: string): boolean {
  return /(^|\/)fluentd-kubernetes-daemonset$/.test(name) && /^v\d+-/.test(tag)
}

/** Endings of versions that are still being made, and are built anew under their name. */
const unfinished = /-(snapshot|nightly|dev|canary)\b/i

/**
 * True for an image that does not change: a digest, or a tag with all of a version in it, such as `v1.4.2-debian`. What
 * has less, such as `1.4`, is given to each new patch by many, and `1.4.0-SNAPSHOT` to each new build.
 */
export function isVersion({ tag = '', digest }: ImageReference): boolean {
  if (digest !== undefined) return true
  return /(^|[^\d.])\d+\.\d+\.\d+/.test(tag) && !isMovingTag(tag) && !unfinished.test(tag)
}

/** How image names call an architecture, and what kubelets write as `kubernetes.io/arch`. */
const architectures: Readonly<Record<string, string>> = {
  amd64: 'amd64',
  x86_64: 'amd64',
  arm64: 'arm64',
  arm64v8: 'arm64',
  aarch64: 'arm64',
  armhf: 'arm',
  armv7: 'arm',
  arm32v5: 'arm',
  arm32v6: 'arm',
  arm32v7: 'arm',
  ppc64le: 'ppc64le',
  s390x: 's390x',
  riscv64: 'riscv64',
}

const architectureAtEnd = new RegExp(`(?:^|[-_])(${Object.keys(architectures).join('|')})$`)

/** A repository without the architecture that its name ends in: `contivvpp/ksr` of `contivvpp/ksr-arm64`. */
export function withoutArchitecture(repository: string): string {
  return repository.replace(architectureAtEnd, '')
}

/** In the name of a repository `arm` may be something else. */
const armTag = /(^|[-_])arm$/

/**
 * The one architecture that an image is for by its name, as kubelets call it: its tag or repository ends in it
 * (`agent:1.2-arm64`, `agent-amd64`), or it stands in one of Docker's namespaces for architectures (`arm64v8/busybox`).
 * @returns undefined when the name does not say so, or is not known in full
 */
export function architectureOf(container: ContainerNode): string | undefined {
  if (typeof container.value.image !== 'string' || container.isUnknown('image')) return undefined
  const { name, tag = '' } = parseImage(container.value.image.toLowerCase())
  const parts = name.replace(/^(docker\.io|index\.docker\.io|registry-1\.docker\.io)\//, '').split('/')
  const namespace = parts.length === 2 ? parts[0]! : ''
  const found = architectureAtEnd.exec(tag)?.[1] ?? architectureAtEnd.exec(parts.at(-1) ?? '')?.[1]
  if (found) return architectures[found]
  if (armTag.test(tag)) return 'arm'
  return /^(amd64|arm32v[567]|arm64v8|ppc64le|s390x|riscv64)$/.test(namespace)
    ? architectures[namespace]
    : undefined
}
