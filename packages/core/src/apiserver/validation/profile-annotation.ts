import { trimSpace } from '../formats/white-space.ts'

/** A seccomp or AppArmor profile as a field states it. */
export type Profile = { type: 'Unconfined' | 'RuntimeDefault' | 'Localhost'; localhostProfile?: string }

const localhost = 'localhost/'

/** The profile on the node that an annotation names, or undefined. */
export const localhostProfileOf = (annotation: string): string | undefined =>
  annotation.startsWith(localhost) ? annotation.slice(localhost.length) : undefined

/**
 * What a field must say to mean the same as an annotation's value; undefined when none does.
 * Source: k8s.io/kubernetes pkg/api/pod, ApparmorFieldForAnnotation.
 */
export function profileOf(annotation: string): Profile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' }
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' }
  const localhostProfile = localhostProfileOf(annotation)
  return localhostProfile ? { type: 'Localhost', localhostProfile } : undefined
}

/** The same where it can be written into a manifest. */
export function writableProfileOf(annotation: string): Profile | undefined {
  const profile = profileOf(annotation)
  const name = profile?.localhostProfile ?? ''
  return name.length < 1000 && trimSpace(name) === name ? profile : undefined
}

/**
 * What differs between an annotation's value and a field, if anything does. A type that is none is reported elsewhere.
 * Source: k8s.io/kubernetes pkg/apis/core/validation, validateSeccompAnnotationsAndFieldsMatch; AppArmor is alike.
 */
export function differenceOf(
  annotation: string,
  {
    type,
    localhostProfile,
  }: { type?: string | null | undefined; localhostProfile?: string | null | undefined },
): 'type' | 'localhostProfile' | undefined {
  if (type === 'Unconfined') return annotation === 'unconfined' ? undefined : 'type'
  if (type === 'RuntimeDefault') return annotation === 'runtime/default' ? undefined : 'type'
  if (type !== 'Localhost') return undefined
  const name = localhostProfileOf(annotation)
  if (name === undefined) return 'type'
  return name === localhostProfile ? undefined : 'localhostProfile'
}
