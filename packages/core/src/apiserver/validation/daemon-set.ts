import type { DaemonSet } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import { rootField } from '../field.ts'
import { validateDaemonSetSpec } from './daemon-set-spec.ts'
import { validateObjectMeta } from './object-meta.ts'

/**
 * What a kube-apiserver checks of a DaemonSet that it has decoded, in its own order.
 * Source: k8s.io/kubernetes pkg/apis/apps/validation, ValidateDaemonSet.
 */
export function validateDaemonSet(validation: Validation, daemonSet: DaemonSet): void {
  validateObjectMeta(validation, daemonSet.metadata ?? {}, rootField.child('metadata'))
  validateDaemonSetSpec(validation, daemonSet.spec ?? {}, rootField.child('spec'))
}
