import { daemonSet } from './manifests.ts'

interface Parts {
  /** Lines of the role's `rules`. */
  rules: string
  /** Default: ClusterRole. */
  kind?: 'ClusterRole' | 'Role'
  /** Default: ClusterRoleBinding for a ClusterRole, RoleBinding for a Role. */
  binding?: 'ClusterRoleBinding' | 'RoleBinding'
  /** The subject, in flow style. Default: the DaemonSet's account. */
  subject?: string
  /** The pod's account. Default: agent. */
  account?: string
}

export const own = '{ kind: ServiceAccount, name: agent, namespace: logging }'

/** A DaemonSet of the namespace `logging`. */
export const agent = (account = 'agent') =>
  daemonSet({ metadata: 'namespace: logging', spec: `serviceAccountName: ${account}` })

/**
 * A role, bound to a DaemonSet behind it. The rules begin in line 6, column 3.
 */
export function bound({ rules, kind = 'ClusterRole', subject = own, account, ...parts }: Parts): string {
  const { binding = `${kind}Binding` } = parts
  return `${role(rules, kind)}---
${bindingOf(`{ apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: agent }`, subject, binding)}---
${agent(account)}`
}

export function role(rules: string, kind = 'ClusterRole'): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata:
  name: agent${kind === 'Role' ? '\n  namespace: logging' : ''}
rules:
${rules.replace(/^(?=.)/gm, '  ')}
`
}

/** `roleRef` stands in line 5. */
export function bindingOf(roleRef: string, subject = own, kind = 'ClusterRoleBinding'): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata:
  name: agent
roleRef: ${roleRef}
subjects:
  - ${subject}
`.replace(
    '  name: agent\nroleRef',
    `  name: agent${kind === 'RoleBinding' ? '\n  namespace: logging' : ''}\nroleRef`,
  )
}
