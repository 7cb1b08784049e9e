import type { FixFunction } from '../../../fix/types.ts'
import type { Container, PodSpec } from '../../../schema/decoded.generated.ts'
import { eachItem } from '../../each-item.ts'
import type { Field } from '../../field.ts'
import { nearDnsLabel } from '../../formats/names.ts'

/** The nearest name that a volume can have, and that no other volume of the pod has. */
export function nearVolumeName(name: string, { volumes }: PodSpec): string | undefined {
  const near = name.length > 100 ? undefined : nearDnsLabel(name)
  return near && !volumes?.some((volume) => volume?.name === near) ? near : undefined
}

/**
 * Names a volume anew, in the list of volumes and wherever a container names it.
 * @param at the volume's name
 * @param pod where the pod's spec stands
 */
export function renameVolume(name: string, near: string, at: Field, spec: PodSpec, pod: Field): FixFunction {
  return (fixer) => {
    const edits = [fixer.set(at.path, near)]
    for (const list of ['initContainers', 'containers'] as const) {
      eachItem<Container>(spec[list], pod.child(list), (container, field) => {
        for (const use of ['volumeMounts', 'volumeDevices'] as const) {
          eachItem<{ name?: string | null | undefined }>(container[use], field.child(use), (named, item) => {
            if (named.name === name) edits.push(fixer.set(item.child('name').path, near))
          })
        }
      })
    }
    return edits
  }
}
