import type { EnvVar } from 'kubernetes-types/core/v1.js'

/** A variable with the value of a field of the pod: `fieldEnv('NODE_NAME', 'spec.nodeName')`. */
export function fieldEnv(name: string, fieldPath: string): EnvVar {
  return { name, valueFrom: { fieldRef: { fieldPath } } }
}

/** A variable from a key of a Secret. */
export function secretEnv(name: string, secret: string, key: string): EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } }
}

/** The memory limit of the container, less a tenth: for Go's runtime, which then collects before the kernel kills. */
export function goMemoryLimit(memoryLimit: string): EnvVar {
  const [, digits = '', unit = ''] = /^([\d.]+)(\D*)$/.exec(memoryLimit) ?? []
  const units: Record<string, number> = {
    '': 1,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    Ti: 2 ** 40,
  }
  const bytes = Number(digits) * units[unit]!
  return { name: 'GOMEMLIMIT', value: `${Math.floor((bytes * 0.9) / 2 ** 20)}MiB` }
}
