import type { Volume } from '../../schema/decoded.generated.ts'

/**
 * The pod's volumes as mounts and devices see them. Only a volume in which nothing is refused can be mounted: the API
 * server finds no other by its name.
 */
export interface VolumeNames {
  /** By name; what kind a volume is says its source: `volume.persistentVolumeClaim`. With none it is an `emptyDir`. */
  readonly valid: ReadonlyMap<string, Volume>
  /** The names of volumes in which something is refused, which has been said: a mount of one is refused as well. */
  readonly refused: ReadonlySet<string>
}
