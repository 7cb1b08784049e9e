import type { PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { validateContainers } from './containers.ts'
import { validateDns } from './dns.ts'
import { validateHostAliases } from './host-aliases.ts'
import { validateHostNamespaces } from './host-namespaces.ts'
import { validateHostnameOverride } from './hostname-override.ts'
import { validateNodeAffinity } from './node-affinity.ts'
import { validateOverhead } from './overhead.ts'
import { validatePodAffinity } from './pod-affinity.ts'
import { validatePodMisc } from './pod-misc.ts'
import { validatePodNames } from './pod-names.ts'
import { validatePodOs } from './pod-os.ts'
import { validatePodResources } from './pod-resources.ts'
import { validatePodScheduling } from './pod-scheduling.ts'
import { validatePodSecurityContext } from './pod-security-context.ts'
import { validateResourceClaims } from './resource-claims.ts'
import { validateRestartPolicy } from './restart-policy.ts'
import { validateTolerations } from './tolerations.ts'
import { validateTopologySpread } from './topology-spread.ts'
import { validateVolumes } from './volumes.ts'
import { validateWindowsOptions } from './windows-options.ts'

/** k8s.io/kubernetes pkg/apis/core/validation: ValidatePodSpec. */
export function validatePodSpec(validation: Validation, spec: PodSpec, pod: Field): void {
  const volumes = validateVolumes(validation, spec, pod)
  validateResourceClaims(validation, spec, pod)
  validateContainers(validation, spec, pod, volumes)
  validatePodResources(validation, spec, pod)
  validateRestartPolicy(validation, spec, pod)
  validateDns(validation, spec, pod)
  validatePodScheduling(validation, spec, pod)
  validateHostNamespaces(validation, spec, pod)
  validatePodSecurityContext(validation, spec, pod)
  validateWindowsOptions(validation, spec, pod)
  validateOverhead(validation, spec, pod)
  validatePodOs(validation, spec, pod)
  validateHostnameOverride(validation, spec, pod)
  validatePodNames(validation, spec, pod)
  validatePodMisc(validation, spec, pod)
  validateHostAliases(validation, spec, pod)
  const { affinity } = spec
  const place = pod.child('affinity')
  if (affinity?.nodeAffinity) {
    validateNodeAffinity(validation, affinity.nodeAffinity, place.child('nodeAffinity'))
  }
  for (const kind of ['podAffinity', 'podAntiAffinity'] as const) {
    if (affinity?.[kind]) validatePodAffinity(validation, affinity[kind], place.child(kind))
  }
  if (spec.tolerations) validateTolerations(validation, spec.tolerations, pod.child('tolerations'))
  validateTopologySpread(validation, spec, pod)
}
