/** Strategic merge's directives: https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/ */

/** True for a key that tells a patch how to merge and is no field. */
export function isDirective(key: string | number): boolean {
  return (
    key === '$patch' ||
    key === '$retainKeys' ||
    (typeof key === 'string' && /^\$(?:setElementOrder|deleteFromPrimitiveList)\/./.test(key))
  )
}
