import type { Manifest } from '@daemonlint/core'

interface TargetReference {
  kind?: unknown
  apiVersion?: unknown
  name?: unknown
}

/**
 * The reference by which an autoscaler names a DaemonSet of Kubernetes' own.
 * @param field of its `spec`: `scaleTargetRef`
 * @returns undefined when it names something else, or may do so
 */
export function daemonSetNamedBy(manifest: Manifest, field: string): TargetReference | undefined {
  const { spec } = manifest.value as { spec?: Record<string, TargetReference | null | undefined> }
  const reference = spec?.[field]
  if (reference?.kind !== 'DaemonSet' || manifest.isUnknown('spec', field, 'apiVersion')) return undefined
  const { apiVersion } = reference
  // Without one it is no other than Kubernetes' own: no other is found.
  const isOther = typeof apiVersion === 'string' && !/^(apps|extensions)\//.test(apiVersion)
  return isOther ? undefined : reference
}
