import { qualifiedNameFault } from '../formats/names.ts'

const standard: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage'])

const hugePages = 'hugepages-'

/** Names that people write for others. */
const slips = new Map([
  ['cores', 'cpu'],
  ['cpus', 'cpu'],
  ['disk', 'ephemeral-storage'],
  ['mem', 'memory'],
  ['ram', 'memory'],
  ['storage', 'ephemeral-storage'],
])

/** k8s.io/kubernetes pkg/apis/core/helper, IsHugePageResourceName. */
export const isHugePages = (name: string): boolean => name.startsWith(hugePages)

/** `2Mi` of `hugepages-2Mi`. */
export const pageSizeOf = (name: string): string => name.slice(hugePages.length)

/** Resources of Kubernetes itself; a name without a prefix is taken for one. IsNativeResource. */
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/')

/** Resources of vendors, such as `nvidia.com/gpu`. IsExtendedResourceName. */
export const isExtended = (name: string): boolean =>
  !isNative(name) && !name.startsWith('requests.') && quotaFault(name) === undefined

/** True when more may be limited than is requested. IsOvercommitAllowed. */
export const mayOvercommit = (name: string): boolean =>
  standard.has(name) || (isNative(name) && !isHugePages(name))

/** A quota names the resource with `requests.` before it. */
const quotaFault = (name: string): string | undefined => qualifiedNameFault(`requests.${name}`)

/** validateContainerResourceName: what is wrong with the name of a resource of a container, or undefined. */
export function containerResourceFault(name: string): string | undefined {
  if (standard.has(name)) return undefined
  const fault = qualifiedNameFault(name)
  if (fault) return fault
  if (!name.includes('/')) {
    return isHugePages(name)
      ? undefined
      : 'without a prefix such as `example.com/` it must be `cpu`, `memory`, `ephemeral-storage` or `hugepages-SIZE`'
  }
  if (isNative(name) || isExtended(name)) return undefined
  if (name.startsWith('requests.')) return '`requests.` is for quotas, which count what is requested'
  return `a quota could not name it \`requests.…\`, since ${quotaFault(name)}`
}

/** validatePodResourceName: what is wrong with the name of a resource of a whole pod, or undefined. */
export function podResourceFault(name: string): string | undefined {
  if (name === 'cpu' || name === 'memory') return undefined
  const fault = qualifiedNameFault(name)
  if (fault || isHugePages(name)) return fault
  return 'a whole pod has only `cpu`, `memory` and `hugepages-SIZE`'
}

/**
 * The name that a wrong one was meant to be, or undefined.
 * @param fault says what is wrong with a name
 */
export function meantResource(
  name: string,
  fault: (name: string) => string | undefined,
): { name: string; sure: boolean } | undefined {
  const plain = name.trim().toLowerCase().replaceAll('_', '-')
  const sure = standard.has(plain)
  const meant = sure ? plain : slips.get(plain)
  return meant !== undefined && fault(meant) === undefined ? { name: meant, sure } : undefined
}
