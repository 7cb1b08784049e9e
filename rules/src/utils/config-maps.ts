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
 * Those with an unknown name are left out.
 */
export function configMapsOf(template: PodTemplate): ConfigMapReference[] {
  const found: ConfigMapReference[] = []
  const add = (path: Path, name: unknown) => {
    if (typeof name === 'string' && name !== '' && !template.isUnknown(...path)) found.push({ name, path })
  }
  for (const { value, path } of volumesOf(template)) {
    const own = ['spec', ...path.slice(-2)]
    add([...own, 'configMap', 'name'], value.configMap?.name)
    for (const [index, source] of (value.projected?.sources ?? []).entries()) {
      add([...own, 'projected', 'sources', index, 'configMap', 'name'], source?.configMap?.name)
    }
  }
  for (const { value, path } of containersOf(template)) {
    const own = ['spec', ...path.slice(-2)]
    for (const [index, variable] of (value.env ?? []).entries()) {
      add(
        [...own, 'env', index, 'valueFrom', 'configMapKeyRef', 'name'],
        variable?.valueFrom?.configMapKeyRef?.name,
      )
    }
    for (const [index, source] of (value.envFrom ?? []).entries()) {
      add([...own, 'envFrom', index, 'configMapRef', 'name'], source?.configMapRef?.name)
    }
  }
  return found
}

/**
 * True for a name that changes with the content: it ends in a hash as Kustomize makes them (ten characters, of which
 * `hash.go` in kubernetes-sigs/kustomize leaves out vowels and look-alikes).
 */
export function hasHashedName(name: string): boolean {
  return /-[2456789bcdfghkmt]{10}$/.test(name)
}
