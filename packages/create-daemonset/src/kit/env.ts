import type { EnvVar } from 'kubernetes-types/core/v1.js'
import { amountOf } from '../formats.ts'

/** A variable with the value of a field of the pod: `fieldEnv('NODE_NAME', 'spec.nodeName')`. */
export function fieldEnv(name: string, fieldPath: string): EnvVar {
  return { name, valueFrom: { fieldRef: { fieldPath } } }
}

/** A variable from a key of a Secret. */
export function secretEnv(name: string, secret: string, key: string): EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } }
}

/**
 * The memory limit of the container, less a tenth: for Go's runtime, which then collects before the kernel kills.
 * @param memoryLimit a quantity: `256Mi`
 */
export function goMemoryLimit(memoryLimit: string): EnvVar {
  return { name: 'GOMEMLIMIT', value: `${Math.floor((amountOf(memoryLimit) * 0.9) / 2 ** 20)}MiB` }
}
