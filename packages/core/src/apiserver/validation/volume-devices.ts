import type { Container, Volume } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Finding, Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { backstepFault } from '../formats/paths.ts'
import { listedNames, namesOf, nearestListed, placeIn } from '../listed-names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { suggestNear } from '../suggestions.ts'

export const volumeDevicesRejections = {
  'volume-device': {
    description: 'Refuses devices without a claim of the pod as their volume, or without a path of their own',
    messages: {
      unnamed: "A device needs the `name` of one of the pod's volumes.",
      unknown: 'The pod has no volume `{{name}}` that could be a device.',
      refused: 'The volume `{{name}}` is refused itself, so it cannot be a device.',
      kind: 'The volume `{{name}}` cannot be a device: only `persistentVolumeClaim` and `ephemeral` volumes can.',
      twice:
        '`{{name}}` is listed twice among the `volumeDevices` of this container: each volume can be its device only once.',
      mounted: '`{{name}}` is mounted in this container (`volumeMounts`), so it cannot be a device as well.',
      pathless: 'A device needs a `devicePath`: where in the container it is found.',
      path: '`{{path}}` cannot be the path of a device: {{fault}}.',
      taken:
        'Another device of this container has the path `{{path}}` too: give one of them another `devicePath`.',
      mountPath: 'A volume is mounted at `{{path}}` already: give the device another `devicePath`.',
      choose: 'Take the volume `{{near}}`.',
      remove: 'Remove this device.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'volume-device'

/** GetVolumeDeviceMap: the paths of a container's devices by their volumes; of one volume, the last. */
export const devicePathsOf = ({ volumeDevices }: Container): ReadonlyMap<string, string> | undefined =>
  volumeDevices && volumeDevices.length > 0
    ? new Map(volumeDevices.map((device) => [device?.name ?? '', device?.devicePath ?? '']))
    : undefined

/** GetVolumeMountMap, likewise. */
const mountPathsOf = ({ volumeMounts }: Container): ReadonlyMap<string, string> =>
  new Map(volumeMounts?.map((mount) => [mount?.name ?? '', mount?.mountPath ?? '']))

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateVolumeDevices. */
export function validateVolumeDevices(
  validation: Validation,
  container: Container,
  field: Field,
  context: ContainerContext,
): void {
  const { volumeDevices } = container
  if (!volumeDevices || volumeDevices.length === 0) return
  const mounts = mountPathsOf(container)
  const mountPaths = new Set(mounts.values())
  const names = new Set<string>()
  const paths = new Set<string>()
  eachItem(volumeDevices, field.child('volumeDevices'), (device, place) => {
    const name = device.name ?? ''
    const path = device.devicePath ?? ''
    const removal: Finding['suggest'] = [{ messageId: 'remove', fix: (fixer) => fixer.remove(place.path) }]
    const mountList = field.child('volumeMounts')
    const clash = (at: Field, messageId: string, needs: readonly Field[] = []): void => {
      // In a patch items of one key are one.
      if (validation.node.role === 'patch') return
      const data = { name: excerpt(name), path: excerpt(path) }
      validation.report({ id, at, messageId, data, needs, suggest: removal })
    }
    const nameAt = place.child('name')
    if (!validateVolume(validation, name, nameAt, context)) {
      if (names.has(name)) clash(nameAt, 'twice')
      else if (mounts.has(name)) clash(nameAt, 'mounted', [mountList])
    }
    names.add(name)
    const pathAt = place.child('devicePath')
    const fault = backstepFault(path)
    if (path === '') validation.report({ id, at: pathAt, messageId: 'pathless' })
    else if (fault) {
      validation.report({ id, at: pathAt, messageId: 'path', data: { path: excerpt(path), fault } })
    } else if (paths.has(path)) clash(pathAt, 'taken')
    else if (mountPaths.has(path)) clash(pathAt, 'mountPath', [mountList])
    if (!fault) paths.add(path)
  })
}

/** The volume must be one of the pod's, and a claim. Returns true when something was to be said. */
function validateVolume(
  validation: Validation,
  name: string,
  at: Field,
  { spec, pod, volumes }: ContainerContext,
): boolean {
  const finding: Pick<Finding, 'id' | 'at' | 'data'> = { id, at, data: { name: excerpt(name) } }
  const volume = volumes.valid.get(name)
  if (name === '') validation.report({ ...finding, messageId: 'unnamed' })
  else if (volume) {
    if (volume.persistentVolumeClaim || volume.ephemeral) return false
    const own = pod.child('volumes').index(placeIn(spec.volumes ?? [], volume))
    const needs = [own.child('persistentVolumeClaim'), own.child('ephemeral')]
    validation.report({ ...finding, messageId: 'kind', needs })
  } else if (volumes.refused.has(name)) validation.report({ ...finding, messageId: 'refused' })
  else {
    const near = nearestClaim(name, spec.volumes ?? [])
    validation.report({
      ...finding,
      messageId: 'unknown',
      needs: listedNames(pod.child('volumes')),
      ...suggestNear(at, near, 'choose'),
    })
  }
  return true
}

function nearestClaim(name: string, volumes: readonly (Volume | null)[]): string | undefined {
  // As in nearestListed, a long list has none.
  if (volumes.length > 100) return undefined
  const claims = volumes.filter((volume) => volume?.persistentVolumeClaim || volume?.ephemeral)
  return nearestListed(name, namesOf(claims))
}
