import type { Container, VolumeMount } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { descendingPathFault } from '../formats/paths.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'
import { type Suggestion, suggestNear } from '../suggestions.ts'

export const mountOptionsRejections = {
  'mount-propagation': {
    description: 'Refuses unknown mount propagation, and Bidirectional in containers that are not privileged',
    messages: {
      unsupported: '`{{value}}` is no mount propagation. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
      grant: 'Write `{{choice}}`, if it is to mount on its node.',
      privileged:
        '`Bidirectional` lets a container mount on the node, so only privileged containers may: it needs `securityContext.privileged: true`.',
      receive: 'Write `HostToContainer`: see what the node mounts, and mount nothing there.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'recursive-read-only': {
    description: 'Refuses recursiveReadOnly on mounts that are not read-only or that propagate mounts',
    messages: {
      unsupported: '`{{value}}` is no value of `recursiveReadOnly`. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
      readOnly: '`recursiveReadOnly: {{value}}` needs `readOnly: true` beside it.',
      propagation:
        '`recursiveReadOnly: {{value}}` cannot be together with `mountPropagation: {{propagation}}`: new mounts could not be made read-only.',
      set: 'Set `readOnly: true`.',
      remove: 'Remove `{{field}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'sub-path': {
    description: 'Refuses a subPath that leads out of its volume, or stands beside subPathExpr',
    messages: {
      path: '`{{path}}` is no path within the volume: {{fault}}.',
      both: 'A mount takes `subPath` or `subPathExpr`, not both.',
      relative: 'Write `{{near}}`.',
      remove: 'Remove `{{field}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const propagations = ['None', 'HostToContainer', 'Bidirectional']
/** Propagation that lets a container mount on its node. */
const powers = ['Bidirectional']
const recursions = ['Disabled', 'IfPossible', 'Enabled']

/**
 * What ValidateVolumeMounts checks beyond name and path. The server names fields of the list here, without an index.
 * @param list where the mounts stand
 * @param owner where the container stands
 */
export function validateMountOptions(
  validation: Validation,
  mount: VolumeMount,
  place: Field,
  list: Field,
  container: Container,
  owner: Field,
): void {
  const { subPath, subPathExpr, mountPropagation, recursiveReadOnly } = mount
  if (subPath) validateSubPath(validation, subPath, place.child('subPath'), list.child('subPath'))
  if (subPathExpr) {
    if (subPath) {
      const at = place.child('subPathExpr')
      const suggest = ['subPath', 'subPathExpr'].map((field) => removal(place, field))
      validation.report({ id: 'sub-path', at, messageId: 'both', suggest })
    }
    validateSubPath(validation, subPathExpr, place.child('subPathExpr'), list.child('subPathExpr'))
  }
  if (mountPropagation !== null && mountPropagation !== undefined) {
    validatePropagation(validation, mountPropagation, place, list, container, owner)
  }
  if (recursiveReadOnly !== null && recursiveReadOnly !== undefined) {
    if (validation.somewhere('RecursiveReadOnlyMounts')) {
      validateRecursion(validation, mount, recursiveReadOnly, place, list)
    }
  }
}

const removal = (place: Field, field: string): Suggestion => ({
  messageId: 'remove',
  data: { field },
  fix: (fixer) => fixer.remove(place.child(field).path),
})

/** validateLocalDescendingPath. */
function validateSubPath(validation: Validation, path: string, at: Field, field: Field): void {
  const fault = descendingPathFault(path)
  if (!fault) return
  const near = path.replace(/^\/+/, '')
  const suggests = near !== '' && descendingPathFault(near) === undefined
  validation.report({
    id: 'sub-path',
    at,
    field,
    messageId: 'path',
    data: { path: excerpt(path), fault },
    ...suggestNear(at, suggests && near, 'relative'),
  })
}

/** validateMountPropagation. */
function validatePropagation(
  validation: Validation,
  value: string,
  place: Field,
  list: Field,
  container: Container,
  owner: Field,
): void {
  const at = place.child('mountPropagation')
  const field = list.child('mountPropagation')
  if (!propagations.includes(value)) {
    reportUnsupported(validation, {
      id: 'mount-propagation',
      at,
      field,
      value,
      allowed: propagations,
      powers,
    })
  } else if (value === 'Bidirectional' && container.securityContext?.privileged !== true) {
    validation.report({
      id: 'mount-propagation',
      at,
      field,
      messageId: 'privileged',
      needs: [owner.child('securityContext', 'privileged')],
      suggest: [{ messageId: 'receive', fix: (fixer) => fixer.set(at.path, 'HostToContainer') }],
    })
  }
}

/** validateMountRecursiveReadOnly. */
function validateRecursion(
  validation: Validation,
  mount: VolumeMount,
  value: string,
  place: Field,
  list: Field,
): void {
  const id = 'recursive-read-only'
  const at = place.child('recursiveReadOnly')
  const field = list.child('recursiveReadOnly')
  if (!recursions.includes(value)) {
    reportUnsupported(validation, { id, at, field, value, allowed: recursions })
    return
  }
  if (value === 'Disabled') return
  if (mount.readOnly !== true) {
    const readOnly = place.child('readOnly')
    validation.report({
      id,
      at,
      field,
      messageId: 'readOnly',
      data: { value },
      needs: [readOnly],
      suggest: [{ messageId: 'set', fix: (fixer) => fixer.set(readOnly.path, true) }],
    })
  }
  const { mountPropagation } = mount
  if (mountPropagation === null || mountPropagation === undefined || mountPropagation === 'None') return
  validation.report({
    id,
    at,
    field,
    messageId: 'propagation',
    data: { value, propagation: excerpt(mountPropagation) },
    needs: [place.child('mountPropagation')],
    suggest: [removal(place, 'mountPropagation'), removal(place, 'recursiveReadOnly')],
  })
}
