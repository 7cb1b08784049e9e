import type { Path, PodTemplate } from '@daemonlint/core'
import { containersOf, volumesOf } from './mounts.ts'

/** A place where a pod names a ConfigMap. */
export interface ConfigMapReference {
  name: string
  /** From the pod template. */
  path: Path
}

/**
 * Where a pod template takes ConfigMaps from: volumes, projected volumes and the environment of its containers.
 * Those with an unknown name are left out, and those that need not, or may not need to, exist (`optional: true`).
 */
export function configMapsOf(template: PodTemplate): ConfigMapReference[] {
  const found: ConfigMapReference[] = []
  const add = (path: Path, source: { name?: string; optional?: boolean } | null | undefined) => {
    const { name, optional } = source ?? {}
    if (!name || optional || template.isUnknown(...path) || template.isUnknown(...path, 'optional')) return
    found.push({ name, path: [...path, 'name'] })
  }
  for (const { value, path } of volumesOf(template)) {
    const own = ['spec', ...path.slice(-2)]
    add([...own, 'configMap'], value.configMap)
    for (const [index, source] of (value.projected?.sources ?? []).entries()) {
      add([...own, 'projected', 'sources', index, 'configMap'], source?.configMap)
    }
  }
  for (const { value, path } of containersOf(template)) {
    const own = ['spec', ...path.slice(-2)]
    for (const [index, variable] of (value.env ?? []).entries()) {
      add([...own, 'env', index, 'valueFrom', 'configMapKeyRef'], variable?.valueFrom?.configMapKeyRef)
    }
    for (const [index, source] of (value.envFrom ?? []).entries()) {
      add([...own, 'envFrom', index, 'configMapRef'], source?.configMapRef)
    }
  }
  return found
}

/** True for the key of an annotation that changes with the configuration, as charts and deploy scripts write them. */
export function isChecksumKey(key: string): boolean {
  return /checksum|hash|sha1|sha256|md5|digest|config-?(version|revision)|restart/i.test(key)
}

/**
 * True for a name that changes with the content: it ends in a hash as Kustomize makes them (ten characters, of which
 * `hash.go` in kubernetes-sigs/kustomize leaves out vowels and look-alikes).
 */
export function hasHashedName(name: string): boolean {
  return /-[2456789bcdfghkmt]{10}$/.test(name)
}
