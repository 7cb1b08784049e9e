import type { DaemonSetNode, Manifest, OtherNode, Path, ResourceScope } from '@daemonlint/core'
import { accountOf, mayBeSame, namespaceOf } from './accounts.ts'
import { listAt, textAt } from './fields.ts'
import { type Around, isSetByOverlay } from './found.ts'

export const roleKinds = ['ClusterRole', 'Role'] as const
export const bindingKinds = ['ClusterRoleBinding', 'RoleBinding'] as const

/** Rights that the pods of a DaemonSet get. */
export interface Grant {
  daemonSet: DaemonSetNode
  binding: OtherNode
  /** In every namespace, or in that of the binding alone. */
  clusterWide: boolean
}

/** Whom a binding gives rights to. */
export interface Subject {
  path: Path
  kind: string
  name: string
  /** '' where it states none: then it is the namespace of the binding. */
  namespace: string
}

/** Stands for what is unknown, and is no name of anything. */
export const unknownText = '?'

/** One entry of a role's `rules`; what is unknown is {@link unknownText} in its lists. */
export interface PolicyRule {
  path: Path
  apiGroups: readonly string[]
  resources: readonly string[]
  verbs: readonly string[]
  /** True when it is for objects of certain names, or may be. */
  isNarrowed: boolean
}

export function isBinding(manifest: Manifest): manifest is OtherNode {
  return bindingKinds.some((kind) => kind === manifest.kind)
}

/** The rules of a role, each with what is known of it. */
export function policyRulesOf(role: OtherNode): PolicyRule[] {
  return listAt(role, 'rules').map((_, index) => {
    const path = ['rules', index]
    const texts = (list: string) =>
      listAt(role, ...path, list).map((__, at) => textAt(role, ...path, list, at) ?? unknownText)
    return {
      path,
      apiGroups: texts('apiGroups'),
      resources: texts('resources'),
      verbs: texts('verbs'),
      isNarrowed:
        texts('resourceNames').length > 0 ||
        role.isUnknown(...path, 'resourceNames') ||
        role.role === 'patch',
    }
  })
}

/** The subjects of a binding, those that are known in full. */
export function subjectsOf(binding: OtherNode): Subject[] {
  return listAt(binding, 'subjects').flatMap((_, index) => {
    const path = ['subjects', index]
    const [kind, name] = [textAt(binding, ...path, 'kind'), textAt(binding, ...path, 'name')]
    if (!kind || !name || binding.isUnknown(...path, 'namespace')) return []
    return [{ path, kind, name, namespace: textAt(binding, ...path, 'namespace') ?? '' }]
  })
}

/** The role that a binding refers to; undefined where that is unknown. */
export function roleRefOf(binding: OtherNode): { kind: string; name: string } | undefined {
  const [kind, name] = [textAt(binding, 'roleRef', 'kind'), textAt(binding, 'roleRef', 'name')]
  return kind && name ? { kind, name } : undefined
}

/**
 * The DaemonSets around whose pods have the rights of a role. Files of the folder count as well: that a binding names
 * both the role and the account is proof enough that they belong together.
 */
export function grantsOfRole(role: OtherNode, around: Around): Grant[] {
  if (role.name === '') return []
  const bindings = around.resources({ kinds: bindingKinds, text: role.name, scope: 'folder' })
  return bindings.flatMap(({ manifest }) =>
    isBinding(manifest) && refersTo(manifest, role) ? grantsOfBinding(manifest, around) : [],
  )
}

/** The DaemonSets around whose pods have what a binding gives. */
export function grantsOfBinding(binding: OtherNode, around: Around): Grant[] {
  const subjects = subjectsOf(binding)
  if (subjects.length === 0) return []
  const clusterWide = binding.kind === 'ClusterRoleBinding'
  return around
    .resources({ kinds: ['DaemonSet'], scope: 'folder' })
    .flatMap(({ manifest }) =>
      manifest.type === 'daemonSet' && subjects.some((subject) => runsAs(manifest, subject, binding))
        ? [{ daemonSet: manifest, binding, clusterWide }]
        : [],
    )
}

/** The first DaemonSet around whose pods have the rights of a role in every namespace. */
export function clusterWideGrantOf(role: OtherNode, around: Around): Grant | undefined {
  return grantsOfRole(role, around).find(({ clusterWide }) => clusterWide)
}

function refersTo(binding: OtherNode, role: OtherNode): boolean {
  const reference = roleRefOf(binding)
  if (reference?.kind !== role.kind || reference.name !== role.name) return false
  return role.kind === 'ClusterRole' || mayShareNamespace(role, binding)
}

/**
 * True when a DaemonSet's pods are a subject of a binding: by their account, or by a group of accounts.
 * Source: appliesToUser in pkg/registry/rbac/validation/rule.go of kubernetes/kubernetes.
 */
export function runsAs(daemonSet: DaemonSetNode, subject: Subject, binding: OtherNode): boolean {
  const [template] = daemonSet.children
  const account = template && accountOf(template)
  if (account === undefined) return false
  const { kind, name } = subject
  const namespace = namespaceOf(daemonSet)
  if (kind === 'ServiceAccount') return name === account && isThere(daemonSet, subject, binding)
  if (kind === 'User') return Boolean(namespace) && name === `system:serviceaccount:${namespace}:${account}`
  if (kind !== 'Group') return false
  if (name === 'system:serviceaccounts' || name === 'system:authenticated') return true
  return Boolean(namespace) && name === `system:serviceaccounts:${namespace}`
}

/** True when a subject's namespace is that of a DaemonSet, or may be made so by who applies it. */
function isThere(daemonSet: DaemonSetNode, subject: Subject, binding: OtherNode): boolean {
  // An account of this name is in every namespace, so the name alone does not tell which of them is meant.
  if (subject.name === 'default' && namespaceOf(daemonSet) === '') return false
  return mayBeThere(daemonSet, subject, binding)
}

function mayBeThere(daemonSet: DaemonSetNode, { namespace }: Subject, binding: OtherNode): boolean {
  if (namespace === '') return mayShareNamespace(daemonSet, binding)
  // A kustomization that sets the namespace sets it in the subjects as well.
  return isSetByOverlay(daemonSet) || mayBeSame(namespace, namespaceOf(daemonSet))
}

function mayShareNamespace(one: Manifest, other: Manifest): boolean {
  if (isSetByOverlay(one) && isSetByOverlay(other)) return true
  return mayBeSame(namespaceOf(one), namespaceOf(other))
}

/** True for what `cluster-admin` allows: every verb on every resource. */
export function isEverything({ apiGroups, resources, verbs, isNarrowed }: PolicyRule): boolean {
  return !isNarrowed && [apiGroups, resources, verbs].every((list) => list.includes('*'))
}

/** True when a rule allows everything, or may do so where what hides one of its lists says `*`. */
export function mayBeEverything({ apiGroups, resources, verbs, isNarrowed }: PolicyRule): boolean {
  return (
    !isNarrowed &&
    [apiGroups, resources, verbs].every(
      (list) => list.length === 0 || list.includes('*') || list.includes(unknownText),
    )
  )
}

/** True when a rule is for an API group; '' is that of Secrets, pods and nodes. */
export function isForGroup({ apiGroups }: PolicyRule, group: string): boolean {
  return apiGroups.includes(group) || apiGroups.includes('*')
}

/** True when a rule allows one of some verbs. */
export function allowsAny({ verbs }: PolicyRule, wanted: readonly string[]): boolean {
  return verbs.some((verb) => verb === '*' || wanted.includes(verb))
}

/** The API group of roles and their bindings. */
export const rbacGroup = 'rbac.authorization.k8s.io'

/**
 * True for every verb on roles, `escalate` and `bind` among them, with which an account gives out rights that it does not
 * have.
 */
export function isAnyVerbOnRoles(rule: PolicyRule): boolean {
  const isForRoles = rule.resources.includes('roles') || rule.resources.includes('clusterroles')
  return !rule.isNarrowed && isForRoles && isForGroup(rule, rbacGroup) && rule.verbs.includes('*')
}

/** True where that is so, or a placeholder leaves it open. */
export function mayBeAnyVerbOnRoles(rule: PolicyRule): boolean {
  const known = (names: readonly string[], name: string) =>
    names.map((one) => (one === unknownText ? name : one))
  return isAnyVerbOnRoles({
    ...rule,
    apiGroups: known(rule.apiGroups, rbacGroup),
    resources: known(rule.resources, 'roles'),
  })
}

/** The bindings around that give rights to the pods of a DaemonSet. */
export function bindingsOf(daemonSet: DaemonSetNode, around: Around, scope?: ResourceScope): OtherNode[] {
  return bindingsAround(around, scope).filter((binding) =>
    subjectsOf(binding).some((subject) => runsAs(daemonSet, subject, binding)),
  )
}

/** True when a binding around gives rights to the pods of a DaemonSet, or may do: part of it is unknown. */
export function mayHaveRights(daemonSet: DaemonSetNode, around: Around, scope?: ResourceScope): boolean {
  return (
    bindingsAround(around, scope).some((binding) => mayGive(binding, daemonSet)) ||
    around.mayHide({ kinds: bindingKinds, scope: scope ?? 'folder' })
  )
}

function mayGive(binding: OtherNode, daemonSet: DaemonSetNode): boolean {
  if (binding.lacks('subjects')) return false
  if (!binding.knows('subjects')) return true
  const [template] = daemonSet.children
  const account = template && accountOf(template)
  const isUnknown = namespaceOf(daemonSet) === undefined || namespaceOf(binding) === undefined
  return subjectsOf(binding).some((subject) => {
    if (runsAs(daemonSet, subject, binding)) return true
    if (subject.kind !== 'ServiceAccount') return isUnknown
    return subject.name === account && (isUnknown || mayBeThere(daemonSet, subject, binding))
  })
}

function bindingsAround(around: Around, scope: ResourceScope = 'folder'): OtherNode[] {
  return around.resources({ kinds: bindingKinds, scope }).map(({ manifest }) => manifest as OtherNode)
}
