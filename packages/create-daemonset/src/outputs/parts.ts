import { checksumAnnotation } from '../daemon-set.ts'
import { isWithin, setAt, valueAt } from '../paths.ts'
import type { Manifest } from '../types.ts'
import type { FormInput } from './form.ts'

/** The daemon itself, and its ConfigMap, among its objects. */
export function partsOf({ answers, manifests }: FormInput) {
  const daemonSet = manifests.find(
    ({ object }) => object.kind === 'DaemonSet' && object.metadata.name === answers.name,
  )!
  const config = manifests.find(
    ({ object }) => object.kind === 'ConfigMap' && object.metadata.name === answers.name,
  )
  const others = manifests.filter((one) => one !== daemonSet && one !== config)
  return { daemonSet, config, others }
}

/** A copy without certain fields, and without what is said of them. */
export function without(manifest: Manifest, ...paths: string[]): Manifest {
  const object = structuredClone(manifest.object)
  for (const path of paths) setAt(object, path, undefined)
  const isGone = (path: string) => paths.some((one) => isWithin(path, one))
  const comments = Object.fromEntries(
    Object.entries(manifest.comments ?? {}).filter(([path]) => !isGone(path)),
  )
  return { ...manifest, object, comments, keep: (manifest.keep ?? []).filter(({ path }) => !isGone(path)) }
}

const annotations = 'spec.template.metadata.annotations'

/** The DaemonSet without the checksum of its configuration, for forms that have a way of their own. */
export function withoutChecksum(daemonSet: Manifest): Manifest {
  const all = valueAt(daemonSet.object, annotations) as Record<string, string> | undefined
  if (all?.[checksumAnnotation] === undefined) return daemonSet
  const isOnly = Object.keys(all).length === 1
  return without(daemonSet, isOnly ? annotations : `${annotations}["${checksumAnnotation}"]`)
}

/** The DaemonSet whose pods do not say which version they run. */
export function withoutVersionLabel(daemonSet: Manifest): Manifest {
  const path = 'spec.template.metadata.labels["app.kubernetes.io/version"]'
  return valueAt(daemonSet.object, path) === undefined ? daemonSet : without(daemonSet, path)
}
