import {
  imageMistakeIn,
  isMovingTag,
  isSeriesTag,
  isVersion,
  matchesGlob,
  parseImage,
} from '@daemonlint/rules/images'
import type { ImageDefault, PresetData } from './types.ts'

/** The reference that a preset pins: `quay.io/prometheus/node-exporter:v1.12.1`; '' where the image is one's own. */
export function defaultImage({ repository, tag }: ImageDefault): string {
  return repository === '' ? '' : `${repository}:${tag}`
}

/** A version without its last numbers, which each patch takes from the one before: `1.4`, `v2-alpine`; no dates, no builds. */
const oneNumber = /^(stable|v?\d{1,3})(-[a-z].*)?$/
const series = /^(stable|v?\d{1,3}(\.\d{1,3})?)(-[a-z].*)?$/

/**
 * What is wrong with an image that somebody chose.
 * @param preset knows which tags must not be used
 * @returns a sentence, or undefined where nothing is
 */
export function mistakeInImage(reference: string, preset: Pick<PresetData, 'images'>): string | undefined {
  const pinned = defaultImage(preset.images.agent) || 'registry.example.com/agent:1.4.2'
  if (reference === '') return `The image is your own, so it has to be named, with its tag: such as ${pinned}`
  // The grammar spares what may be a placeholder of another tool, of which there are none here.
  if (
    imageMistakeIn(reference) !== undefined ||
    !/^[\w[][\w./:@[\]-]*$/.test(reference) ||
    /[A-Z]/.test(pathOf(reference))
  )
    return `'${reference}' is no image reference. Expected one such as ${pinned}`
  const { name, tag, digest } = parseImage(reference)
  for (const { repository, refused = {} } of Object.values(preset.images)) {
    const isThis = lastPart(name) === lastPart(repository)
    const pattern = Object.keys(refused).find((one) => isThis && matchesGlob(tag ?? '', one))
    if (pattern !== undefined) return `${reference} must not be used: ${refused[pattern]}. Take ${pinned}`
  }
  if (digest !== undefined) return undefined
  if (tag === undefined)
    return `${reference} has no tag, so nodes run whatever is newest when they pull. Name a version, such as ${pinned}`
  // How one numbers the versions of an image of one's own, nobody else knows.
  const isOwn = preset.images.agent.repository === ''
  const isSeries = (isOwn ? oneNumber : series).test(tag) && !isVersion({ name, tag })
  if (isMovingTag(tag) || isSeriesTag(name, tag) || isSeries)
    return `The tag '${tag}' moves: nodes that pull at different times run different versions. Name one version, such as ${pinned}, or add a digest`
  return undefined
}

/** The reference with another registry: `docker.io/a/b:1` at `mirror.example.com/hub` is `mirror.example.com/hub/a/b:1`. */
export function atRegistry(reference: string, registry: string): string {
  const prefix = registry.replace(/\/+$/, '')
  if (prefix === '' || reference.startsWith(`${prefix}/`)) return reference
  const [first = '', ...rest] = reference.split('/')
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  return `${prefix}/${hasHost ? rest.join('/') : reference}`
}

/** The version that an image's tag names, as a label's value may hold it; undefined where there is none. */
export function versionOf(reference: string): string | undefined {
  const { tag } = parseImage(reference)
  return tag !== undefined && /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(tag)
    ? tag.replace(/^v(?=\d)/, '')
    : undefined
}

/** What stands before the tag, without the registry. */
function pathOf(reference: string): string {
  const { name } = parseImage(reference)
  const [first = '', ...rest] = name.split('/')
  return rest.length > 0 && /[.:]/.test(first) ? rest.join('/') : name
}

function lastPart(name: string): string {
  return name.split('/').at(-1)!
}
