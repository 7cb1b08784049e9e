/** An image reference in its parts. */
export interface ImageReference {
  /** Registry and repository: `registry:5000/agent`. */
  name: string
  tag?: string
  /** `sha256:…` */
  digest?: string
}

/** True for the image that only holds a pod's namespaces (`registry.k8s.io/pause:3.10`): it does nothing. */
export function isPause(reference: unknown): boolean {
  return typeof reference === 'string' && /(^|\/)pause(-[a-z0-9]+)?$/.test(parseImage(reference).name)
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
