import type { ProblemResource } from '../problem.ts'

/** `DaemonSet kube-system/agent`. */
export function resourceName({ kind, namespace, name }: Omit<ProblemResource, 'apiVersion'>): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name || '(no name)'}`.trimStart()
}
