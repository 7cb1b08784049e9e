import type { FoundResource, Manifest, RuleContext } from '@daemonlint/core'

/** What a rule's context tells of the resources around. */
export type Around = Pick<RuleContext, 'resources' | 'mayHide'>

/**
 * Where a resource stands, for a message about another: `line 12` in the same file, `rbac.yaml` or `../base/rbac.yaml`
 * in another one.
 * @param from the file that is linted, absolute
 */
export function placeOf({ manifest, filePath }: FoundResource, from: string | undefined): string {
  if (filePath === undefined || from === undefined) return `line ${manifest.position.start.line}`
  const [own, other] = [from, filePath].map((path) => path.replaceAll('\\', '/').split('/'))
  let shared = 0
  while (shared < own!.length - 1 && own![shared] === other![shared]) shared++
  return [...own!.slice(shared, -1).map(() => '..'), ...other!.slice(shared)].join('/')
}

/**
 * Whether two namespaced resources come to the same namespace: `undefined` when that depends on how they are applied,
 * for one states a namespace and the other does not, or a placeholder hides it. What a kustomization sets it sets for
 * all that it builds, so two that it hides are the same.
 */
export function sharesNamespace(a: Manifest, b: Manifest): boolean | undefined {
  const [hidden, alsoHidden] = [a, b].map((one) => one.isUnknown('metadata', 'namespace'))
  if (hidden || alsoHidden) return isSetByOverlay(a) && isSetByOverlay(b) ? true : undefined
  if (a.namespace === b.namespace) return true
  return a.namespace === '' || b.namespace === '' ? undefined : false
}

/**
 * True when a kustomization sets the namespace of a resource: it is unknown, and not for a placeholder, since it is
 * written without one, or nowhere.
 */
export function isSetByOverlay(manifest: Manifest): boolean {
  if (!manifest.isUnknown('metadata', 'namespace')) return false
  const written = manifest.source('metadata', 'namespace')
  return written === undefined || !/[{$<%@(]/.test(written)
}
