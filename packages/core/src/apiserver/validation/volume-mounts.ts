import type { Container, VolumeMount } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Finding, Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { listedNames, namesOf, nearestListed } from '../listed-names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { enumerate } from '../report-unsupported.ts'
import { mountOptionsRejections, validateMountOptions } from './mount-options.ts'
import { devicePathsOf } from './volume-devices.ts'

export const volumeMountsRejections = {
  'volume-mount-name': {
    description: 'Refuses mounts of volumes that the pod does not have',
    messages: {
      missing: "A volume mount needs the `name` of one of the pod's volumes.",
      unknown: 'The pod has no volume `{{name}}` to mount; its volumes are {{volumes}}.',
      none: 'The pod has no volumes, so it has no `{{name}}` to mount.',
      refused: 'The volume `{{name}}` is refused itself, so it cannot be mounted.',
      device: '`{{name}}` is a device of this container (`volumeDevices`), so it cannot be mounted as well.',
      mount: 'Mount `{{near}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'mount-path-required': {
    description: 'Refuses mounts that do not say where',
    messages: { missing: 'A volume mount needs a `mountPath`: where in the container it is found.' },
  },
  'mount-path-unique': {
    description: 'Refuses two mounts, or a mount and a device, at the same path of a container',
    messages: {
      mount: 'Another volume is mounted at `{{path}}` too: give one of them another `mountPath`.',
      device:
        'A device of this container (`volumeDevices`) is at `{{path}}` already: give the mount another `mountPath`.',
      remove: 'Remove this mount.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  ...mountOptionsRejections,
} satisfies RejectionTable

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateVolumeMounts. */
export function validateVolumeMounts(
  validation: Validation,
  container: Container,
  field: Field,
  context: ContainerContext,
): void {
  const { volumeMounts } = container
  if (!volumeMounts || volumeMounts.length === 0) return
  const list = field.child('volumeMounts')
  const devices = devicePathsOf(container)
  const devicePaths = new Set(devices?.values())
  const paths = new Map<string, number>()
  eachItem(volumeMounts, list, (mount, place, index) => {
    const { name, mountPath } = mount
    if (!name || devices?.has(name) || !context.volumes.valid.has(name)) {
      reportName(validation, name ?? '', place, devices?.has(name ?? '') === true, context, field)
    }
    if (!mountPath) {
      validation.report({ id: 'mount-path-required', at: place.child('mountPath'), messageId: 'missing' })
    } else {
      const other = paths.get(mountPath)
      if (other === undefined) paths.set(mountPath, index)
      else reportPath(validation, mountPath, 'mount', place, isSame(mount, volumeMounts[other]!))
      if (devicePaths.has(mountPath)) reportPath(validation, mountPath, 'device', place, false)
    }
    validateMountOptions(validation, mount, place, list, container, field)
  })
}

function reportName(
  validation: Validation,
  name: string,
  place: Field,
  isDevice: boolean,
  context: ContainerContext,
  container: Field,
): void {
  const { spec, pod, volumes } = context
  const at = place.child('name')
  const finding: Pick<Finding, 'id' | 'at' | 'data'> = {
    id: 'volume-mount-name',
    at,
    data: { name: excerpt(name) },
  }
  if (name === '') validation.report({ ...finding, messageId: 'missing' })
  else if (volumes.valid.has(name) && isDevice) {
    validation.report({ ...finding, messageId: 'device', needs: [container.child('volumeDevices')] })
  } else if (volumes.refused.has(name)) validation.report({ ...finding, messageId: 'refused' })
  else {
    const names = namesOf(spec.volumes ?? [])
    const near = nearestListed(name, names)
    const sure = near !== undefined && near === name.toLowerCase().replaceAll('_', '-')
    validation.report({
      ...finding,
      messageId: names.length === 0 ? 'none' : 'unknown',
      data: { name: excerpt(name), volumes: enumerateSome(names) },
      needs: listedNames(pod.child('volumes')),
      ...(near && sure && { fix: (fixer) => fixer.set(at.path, near) }),
      ...(near &&
        !sure && {
          suggest: [{ messageId: 'mount', data: { near }, fix: (fixer) => fixer.set(at.path, near) }],
        }),
    })
  }
}

function enumerateSome(names: readonly string[]): string {
  if (names.length <= 5) return enumerate(names.map(excerpt))
  const shown = names.slice(0, 4).map((name) => `\`${excerpt(name)}\``)
  return `${shown.join(', ')} and ${names.length - 4} more`
}

function reportPath(
  validation: Validation,
  path: string,
  messageId: 'mount' | 'device',
  place: Field,
  superfluous: boolean,
): void {
  // In a patch two mounts of one path are one.
  if (validation.node.role === 'patch') return
  validation.report({
    id: 'mount-path-unique',
    at: place.child('mountPath'),
    messageId,
    data: { path: excerpt(path) },
    ...(superfluous
      ? { fix: (fixer) => fixer.remove(place.path) }
      : { suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(place.path) }] }),
  })
}

/** True when a mount says what an earlier one of the same path says, so that nothing is lost without it. */
function isSame(mount: VolumeMount, other: VolumeMount | null): boolean {
  const keys = Object.keys(mount) as (keyof VolumeMount)[]
  return keys.length === Object.keys(other ?? {}).length && keys.every((key) => mount[key] === other?.[key])
}
