/** Formats of paths, as k8s.io/kubernetes pkg/apis/core/validation decides. Each returns what is wrong, or undefined. */

/** validatePathNoBacksteps: no element may be `..`; dots within a name are free. */
export function backstepFault(path: string): string | undefined {
  return path.split('/').includes('..') ? 'it has `..` as an element' : undefined
}

/** validateLocalDescendingPath: relative, and never upwards. */
export function descendingPathFault(path: string): string | undefined {
  return path.startsWith('/') ? 'it begins with `/`, and must be relative' : backstepFault(path)
}

/** validateLocalNonReservedPath: as above, and its first name may not begin with two dots. */
export function nonReservedPathFault(path: string): string | undefined {
  const fault = descendingPathFault(path)
  if (fault) return fault
  return path.startsWith('..') ? 'it begins with `..`, which is reserved' : undefined
}
