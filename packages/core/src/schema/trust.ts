import type { KubernetesValue, WorkloadType } from '../parse/tree.ts'
import { elementOf, structOf } from './structs.ts'

const structs: Record<WorkloadType, string> = {
  daemonSet: 'DaemonSet',
  deployment: 'Deployment',
  statefulSet: 'StatefulSet',
  replicaSet: 'ReplicaSet',
  replicationController: 'ReplicationController',
  job: 'Job',
  cronJob: 'CronJob',
  pod: 'Pod',
}

/**
 * True when every known field of a workload has the type that typed code expects; nothing is reported.
 * @param type the node's type; any other than a workload's is trusted
 */
export function trustsShape(type: string, value: unknown): boolean {
  const struct = Object.hasOwn(structs, type) ? structs[type as WorkloadType] : undefined
  return struct === undefined || holds(struct, value as KubernetesValue)
}

function holds(type: string, value: KubernetesValue | undefined): boolean {
  if (value === null || value === undefined) return true
  if (type.startsWith('[]'))
    return Array.isArray(value) && value.every((item) => holds(elementOf(type)!, item))
  switch (type) {
    case 'any':
      return true
    case 'bool':
      return typeof value === 'boolean'
    case 'int32':
    case 'int64':
      return typeof value === 'number' || typeof value === 'bigint'
    case 'int-or-string':
    case 'quantity':
      return typeof value !== 'object' && typeof value !== 'boolean'
  }
  const element = elementOf(type)
  const fields = structOf(type)
  if (!element && !fields) return typeof value === 'string'
  if (typeof value !== 'object' || Array.isArray(value)) return false
  return Object.keys(value).every((key) => {
    const of = element ?? fields?.get(key)?.type
    return of === undefined || holds(of, value[key])
  })
}
