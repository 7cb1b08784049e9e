import type { PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { containerResources } from './container-resources.ts'
import { warnOfFractionalBytes } from './fractional-bytes.ts'
import { validateResourceRequirements } from './resource-requirements.ts'

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateOverhead. The server looks at it as limits, and calls it so.
 */
export function validateOverhead(validation: Validation, { overhead }: PodSpec, pod: Field): void {
  if (!overhead) return
  const resources = pod.child('overhead')
  const limits = resources.as(resources.child('limits'))
  const fields = { resources, limits, requests: resources }
  validateResourceRequirements(validation, { limits: overhead, requests: null }, fields, containerResources)
  for (const name of ['memory', 'ephemeral-storage']) {
    if (overhead[name]) warnOfFractionalBytes(validation, overhead[name], resources.key(name))
  }
}
