/** The classes that every cluster has, and their values. Source: SystemCriticalPriority in pkg/apis/scheduling/types.go. */
export const systemClasses: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2000001000],
  ['system-cluster-critical', 2000000000],
])
