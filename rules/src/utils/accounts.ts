import type { Manifest, Path, PodTemplate } from '@daemonlint/core'
import type { Around } from './found.ts'
import { workloadKinds } from './template.ts'

/**
 * The ServiceAccount whose rights a pod has: `default` where it names none.
 * @returns undefined where that is unknown
 */
export function accountOf(template: PodTemplate): string | undefined {
  for (const field of accountFields) {
    const name = template.value.spec?.[field]
    if (template.isUnknown('spec', field)) return undefined
    if (name) return name
    if (name !== '' && !template.lacks('spec', field)) return undefined
  }
  return 'default'
}

/** The field that names a pod's account, and its deprecated alias, which counts where the other is empty. */
export const accountFields = ['serviceAccountName', 'serviceAccount'] as const

/**
 * The namespace a resource states: '' where it states none, so that whoever applies it decides.
 * @returns undefined where that is unknown
 */
export function namespaceOf(manifest: Manifest): string | undefined {
  if (manifest.namespace !== '') return manifest.namespace
  return manifest.lacks('metadata', 'namespace') ? '' : undefined
}

/** True for two namespaces as {@link namespaceOf} has them that are the same, or are made so by who applies them. */
export function mayBeSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && (one === other || one === '' || other === '')
}

/** Where a pod template names its account, or would name it. */
export function accountPathOf(template: PodTemplate): Path {
  const named = accountFields.find((field) => template.value.spec?.[field])
  return ['spec', named ?? 'serviceAccountName']
}

/**
 * True when pods that are applied together run as a ServiceAccount, or may do.
 * @param namespace as it is stated; '' for none
 */
export function mayBeUsed(name: string, namespace: string, around: Around): boolean {
  return around.resources({ kinds: workloadKinds }).some(({ manifest }) => {
    const [template] = manifest.children
    return template && [undefined, name].includes(accountOf(template)) && mayBeIn(namespace, manifest)
  })
}

/** True when something that is applied together makes a ServiceAccount, or may make it. */
export function mayBeMade(name: string, namespace: string, around: Around): boolean {
  return around
    .resources({ kinds: ['ServiceAccount'] })
    .some(({ manifest }) => ['', name].includes(manifest.name) && mayBeIn(namespace, manifest))
}

function mayBeIn(namespace: string, manifest: Manifest): boolean {
  const own = namespaceOf(manifest)
  return own === undefined || mayBeSame(own, namespace)
}

/** True when no token of its account is mounted into a pod, or that is unknown. */
export function mayHaveNoToken(template: PodTemplate): boolean {
  const path = ['spec', 'automountServiceAccountToken']
  return !template.lacks(...path) && template.value.spec?.automountServiceAccountToken !== true
}
