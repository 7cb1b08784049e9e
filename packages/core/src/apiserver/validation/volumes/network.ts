import type { FCVolumeSource, FlexVolumeSource, NFSVolumeSource } from '../../../schema/decoded.generated.ts'
import { excerpt } from '../../../text/excerpt.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { validateIscsi } from './iscsi.ts'
import { legacyVolumeSources } from './legacy.ts'
import { checkRequired, requiredMessage, type VolumeSourceChecks } from './source-checks.ts'

export const networkVolumesRejections = {
  'nfs-volume': {
    description: 'Refuses an NFS volume without a server, or without an absolute path',
    messages: {
      required: requiredMessage,
      relative: '`{{path}}` is relative: the path of an NFS export begins with `/`.',
      absolute: 'Write `/{{path}}`.',
    },
    hasSuggestions: true,
  },
  'fc-volume': {
    description: 'Refuses a Fibre Channel volume that is not named in exactly one of two ways',
    messages: {
      none: 'A Fibre Channel volume needs `targetWWNs` with a `lun`, or `wwids`.',
      both: 'A Fibre Channel volume has `targetWWNs` or `wwids`, not both.',
      remove: 'Remove `{{name}}`.',
      noLun: '`targetWWNs` need the number of the logical unit, `lun`.',
      lun: 'Logical units are numbered from 0 to 255: `lun` cannot be {{lun}}.',
    },
    hasSuggestions: true,
  },
  'flex-volume': {
    description: 'Refuses a flexVolume without a driver, or with options that are reserved',
    messages: {
      required: requiredMessage,
      reserved:
        'The option `{{option}}` is reserved, as all named after `kubernetes.io` or `k8s.io` are: the kubelet sets them for the driver.',
    },
  },
} satisfies RejectionTable

/**
 * Network storage, and plugins that Kubernetes no longer has.
 * Source: k8s.io/kubernetes pkg/apis/core/validation, the functions that validateVolumeSource calls for them.
 */
export const networkVolumeSources = {
  nfs: validateNfs,
  iscsi: validateIscsi,
  fc: validateFibreChannel,
  flexVolume: validateFlexVolume,
  ...legacyVolumeSources,
} satisfies VolumeSourceChecks

/** validateNFSVolumeSource. */
function validateNfs(validation: Validation, source: NFSVolumeSource, field: Field): void {
  checkRequired(validation, 'nfs-volume', source, field, {
    server: 'the name or IP address of the server',
    path: 'the exported path',
  })
  const { path } = source
  if (!path || path.startsWith('/')) return
  const at = field.child('path')
  validation.report({
    id: 'nfs-volume',
    at,
    messageId: 'relative',
    data: { path: excerpt(path) },
    suggest: [
      {
        messageId: 'absolute',
        data: { path: excerpt(path) },
        fix: (fixer) => fixer.set(at.path, `/${path}`),
      },
    ],
  })
}

/** validateFCVolumeSource. */
function validateFibreChannel(validation: Validation, source: FCVolumeSource, field: Field): void {
  const { lun } = source
  const names = field.child('targetWWNs')
  const wwids = field.child('wwids')
  const named = (source.targetWWNs?.length ?? 0) > 0
  const identified = (source.wwids?.length ?? 0) > 0
  const report = { id: 'fc-volume', at: names } as const
  if (!named) {
    if (!identified) validation.report({ ...report, needs: [wwids], messageId: 'none' })
    return
  }
  if (identified) {
    validation.report({
      ...report,
      needs: [wwids],
      messageId: 'both',
      suggest: [
        {
          messageId: 'remove',
          data: { name: 'targetWWNs' },
          fix: (fixer) => fixer.remove(names.path),
        },
        { messageId: 'remove', data: { name: 'wwids' }, fix: (fixer) => fixer.remove(wwids.path) },
      ],
    })
  }
  const at = field.child('lun')
  const needs = [names]
  if (lun == null) validation.report({ ...report, at, needs, messageId: 'noLun' })
  else if (lun < 0 || lun > 255) {
    validation.report({ ...report, at, needs, messageId: 'lun', data: { lun } })
  }
}

/** validateFlexVolumeSource. */
function validateFlexVolume(validation: Validation, source: FlexVolumeSource, field: Field): void {
  checkRequired(validation, 'flex-volume', source, field, { driver: 'the name of the driver on the node' })
  for (const option of Object.keys(source.options ?? {})) {
    const slash = option.indexOf('/')
    const namespace = `.${slash < 0 ? option : option.slice(0, slash)}`.toLowerCase()
    if (!namespace.endsWith('.kubernetes.io') && !namespace.endsWith('.k8s.io')) continue
    validation.report({
      id: 'flex-volume',
      at: field.child('options').key(option),
      on: 'key',
      messageId: 'reserved',
      data: { option: excerpt(option) },
    })
  }
}
