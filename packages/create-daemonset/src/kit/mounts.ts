import type {
  ConfigMapVolumeSource,
  HostPathVolumeSource,
  KeyToPath,
  VolumeMount,
} from 'kubernetes-types/core/v1.js'
import type { Mount } from '../types.ts'

type HostPathType =
  | 'Directory'
  | 'DirectoryOrCreate'
  | 'File'
  | 'FileOrCreate'
  | 'Socket'
  | 'CharDevice'
  | 'BlockDevice'

export interface HostPathOptions {
  /** What must be there, or is made. Without it, anything may be. */
  type?: HostPathType
  /** Where it is in the container; default: at the same path. */
  at?: string
  /** Default: it cannot be written to. */
  writable?: boolean
  propagation?: 'HostToContainer' | 'Bidirectional'
  why?: string
}

/** A path of the node. Read-only unless it says otherwise. */
export function hostPath(name: string, path: string, options: HostPathOptions = {}): Mount {
  const { type, at = path, writable = false, propagation, why } = options
  const hostPath: HostPathVolumeSource = type ? { path, type } : { path }
  const mount: VolumeMount = {
    name,
    mountPath: at,
    ...(!writable && { readOnly: true }),
    ...(propagation && { mountPropagation: propagation }),
  }
  return { volume: { name, hostPath }, mount, ...(why && { why }) }
}

/** Room of the pod's own, gone with it. */
export function scratch(
  name: string,
  at: string,
  options: { sizeLimit?: string; inMemory?: boolean; why?: string } = {},
): Mount {
  const { sizeLimit, inMemory, why } = options
  const emptyDir = { ...(inMemory && { medium: 'Memory' }), ...(sizeLimit && { sizeLimit }) }
  return { volume: { name, emptyDir }, mount: { name, mountPath: at }, ...(why && { why }) }
}

/** The files of the daemon's ConfigMap (`Agent.config`), or of another one. */
export function configMount(
  configMap: string,
  at: string,
  options: {
    volume?: string
    defaultMode?: number
    items?: KeyToPath[]
    optional?: boolean
    subPath?: string
    why?: string
  } = {},
): Mount {
  const { volume = 'config', defaultMode, items, optional, subPath, why } = options
  const source: ConfigMapVolumeSource = {
    name: configMap,
    ...(defaultMode !== undefined && { defaultMode }),
    ...(items && { items }),
    ...(optional && { optional }),
  }
  return {
    volume: { name: volume, configMap: source },
    mount: { name: volume, mountPath: at, readOnly: true, ...(subPath && { subPath }) },
    ...(why && { why }),
  }
}

/** The files of a Secret. */
export function secretMount(
  secret: string,
  at: string,
  options: { volume?: string; defaultMode?: number; items?: KeyToPath[]; why?: string } = {},
): Mount {
  const { volume = 'secret', defaultMode, items, why } = options
  return {
    volume: {
      name: volume,
      secret: {
        secretName: secret,
        ...(defaultMode !== undefined && { defaultMode }),
        ...(items && { items }),
      },
    },
    mount: { name: volume, mountPath: at, readOnly: true },
    ...(why && { why }),
  }
}

/** The same volume at another place, in the same container or another. */
export function mountedAt({ volume, mount }: Mount, at: string, options: Partial<VolumeMount> = {}): Mount {
  return { volume, mount: { ...mount, mountPath: at, ...options } }
}
