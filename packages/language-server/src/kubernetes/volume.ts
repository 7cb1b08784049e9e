/** What a volume of a pod is made of, for people. */
import type { OutlineMap, OutlineScalar } from '../yaml/outline.ts'
import { nodeAt } from '../yaml/spot.ts'

export interface VolumeSource {
  /** `hostPath` */
  type: string
  /** What tells it from others of its type: a path, the name of a ConfigMap. */
  detail: OutlineScalar | undefined
}

/** @returns undefined for a volume that has none, which is an emptyDir */
export function volumeSource({ entries }: OutlineMap): VolumeSource | undefined {
  const source = entries.find(({ key }) => key !== 'name')
  if (!source) return undefined
  const detail = ['path', 'name', 'secretName', 'claimName', 'driver']
    .map((key) => nodeAt(source.value, [key]))
    .find((node): node is OutlineScalar => node?.type === 'scalar' && node.value !== '')
  return { type: source.key, detail }
}
