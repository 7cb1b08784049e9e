import type { Manifest } from '@daemonlint/core'

/**
 * True when a rolling update surely starts the new pod of a node before it stops the old one: `maxSurge` is more than 0.
 * pkg/controller/daemon/util/daemonset_util.go of kubernetes/kubernetes, SurgeCount.
 */
export function surges(manifest: Manifest): boolean {
  if (manifest.type !== 'daemonSet') return false
  const path = ['spec', 'updateStrategy']
  if (manifest.isUnknown(...path, 'type') || manifest.isUnknown(...path, 'rollingUpdate', 'maxSurge'))
    return false
  const { type, rollingUpdate } = manifest.value.spec?.updateStrategy ?? {}
  if (type !== undefined && type !== null && type !== 'RollingUpdate') return false
  return Number.parseInt(String(rollingUpdate?.maxSurge ?? 0), 10) > 0
}
