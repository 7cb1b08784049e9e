/**
 * What is wrong with an image reference that no container runtime can read. The kubelet parses it by the grammar of
 * github.com/distribution/reference (ParseNormalizedNamed, called by pkg/kubelet/images) and answers InvalidImageName.
 */
export type ImageMistake =
  /** White space before or behind it */
  | 'padded'
  /** White space within it */
  | 'space'
  | 'scheme'
  | 'upperCase'
  | 'emptyTag'
  | 'tag'
  | 'digest'
  | 'name'

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const repository = new RegExp(`^${component}(?:/${component})*$`)
const host = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[a-fA-F0-9:]+\])(?::\d+)?$/
const digestLengths: Record<string, number> = { sha256: 64, sha384: 96, sha512: 128 }

/** A word that waits to be replaced by another tool: `IMAGE_TAG`. */
const standIn = /(^|[/:@])[A-Z][A-Z0-9_-]*($|[/:@])/

/** True for a text with a word in it that waits to be replaced: `IMAGE`, `registry.example.com/AGENT_IMAGE`. */
export function isStandIn(image: string): boolean {
  return standIn.test(image.trim())
}

/**
 * Finds the mistake in an image reference.
 * @returns undefined for a well-formed one, and for what looks as if another tool is to fill it in
 */
export function imageMistakeIn(image: string): ImageMistake | undefined {
  const text = image.trim()
  if (text === '' || !/^[\w./:@+\s[\]-]+$/.test(text) || isStandIn(text)) return undefined
  if (text !== image) return 'padded'
  if (/\s/.test(text)) return 'space'
  if (/^[a-z]+:\/\//i.test(text)) return 'scheme'
  const [tagged = '', ...digests] = text.split('@')
  if (digests.length > 1) return 'digest'
  if (digests.length === 1 && !isDigest(digests[0]!)) return 'digest'
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1)
  const name = colon < 0 ? tagged : tagged.slice(0, colon)
  const mistake = mistakeInName(name)
  if (mistake || colon < 0) return mistake
  const tag = tagged.slice(colon + 1)
  if (tag === '') return 'emptyTag'
  return /^\w[\w.-]{0,127}$/.test(tag) ? undefined : 'tag'
}

function isDigest(digest: string): boolean {
  const [algorithm = '', hex = ''] = digest.split(':')
  return digestLengths[algorithm] === hex.length && /^[a-f0-9]+$/.test(hex)
}

function mistakeInName(name: string): ImageMistake | undefined {
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(slash, 0))
  const hasHost = slash > 0 && (/[.:A-Z]/.test(first) || first === 'localhost')
  const path = hasHost ? name.slice(slash + 1) : name
  if (hasHost && !host.test(first)) return 'name'
  if (repository.test(path)) return name.length > 255 || /^[a-f0-9]{64}$/.test(name) ? 'name' : undefined
  return repository.test(path.toLowerCase()) ? 'upperCase' : 'name'
}
