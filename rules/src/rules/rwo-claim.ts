import type { FoundResource, KubernetesValue, Manifest } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { listAt, mapAt } from '../utils/fields.ts'
import { placeOf, sharesNamespace } from '../utils/found.ts'
import { mayBeOnOneNode } from '../utils/node-selection.ts'

/** Access modes by who has the volume for itself. */
const exclusive = { node: 'ReadWriteOnce', pod: 'ReadWriteOncePod' }

export default defineRule<'node' | 'pod' | 'unknown' | 'ephemeral', [{ unknownClaims?: boolean }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow one claim for all nodes that only one node or pod can use',
      category: 'storage',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      node: 'All pods of the DaemonSet use the one claim `{{claim}}` ({{place}}), which is `ReadWriteOnce`: one node gets the volume, and on all others the pod waits for it. Expected a volume for each pod, or a claim that is `ReadWriteMany`.',
      pod: 'All pods of the DaemonSet use the one claim `{{claim}}` ({{place}}), which is `ReadWriteOncePod`: one pod in the whole cluster gets the volume, and all others stay Pending. Expected a volume for each pod, or a claim that is `ReadWriteMany`.',
      unknown:
        'All pods of the DaemonSet use the one claim `{{claim}}`, and nothing says that several nodes may. Expected a volume for each pod, or a claim beside it that is `ReadWriteMany`.',
      ephemeral: 'Make a volume like it for each pod (it goes when the pod goes)',
    },
    schema: [
      {
        type: 'object',
        properties: { unknownClaims: { type: 'boolean' } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ unknownClaims: false }],
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /persistentVolumeClaim/ },
  },
  create(context) {
    const { unknownClaims } = context.options[0]
    return {
      volume(node) {
        const claim = node.value.persistentVolumeClaim?.claimName
        const path = ['persistentVolumeClaim', 'claimName'] as const
        const [template] = node.manifest.children
        if (!claim || node.isUnknown(...path) || !template || mayBeOnOneNode(template)) return
        const claims = { kinds: ['PersistentVolumeClaim'], scope: 'folder' as const }
        const found = context
          .resources(claims)
          .filter(({ manifest }) => manifest.name === claim || manifest.name === '')
        if (found.length === 0) {
          if (unknownClaims && !context.mayHide(claims))
            context.report({ node, path, messageId: 'unknown', data: { claim } })
          return
        }
        const modes = found.map((one) => modesOf(one, node.manifest))
        const messageId = (['node', 'pod'] as const).find((id) =>
          modes.every((own) => own?.length && own.every((mode) => mode === exclusive[id])),
        )
        if (!messageId || context.mayHide(claims)) return
        const spec = templateOf(found[0]!.manifest)
        context.report({
          node,
          path,
          messageId,
          data: { claim, place: placeOf(found[0]!, context.filePath) },
          suggest: spec
            ? [
                {
                  messageId: 'ephemeral',
                  fix: (fixer) => [
                    fixer.remove(['persistentVolumeClaim']),
                    fixer.set(['ephemeral', 'volumeClaimTemplate', 'spec'], spec),
                  ],
                },
              ]
            : [],
        })
      },
    }
  },
})

/** The access modes of a claim, or undefined where they are not known, or it may be another one than the volume's. */
function modesOf({ manifest }: FoundResource, daemonSet: Manifest): readonly KubernetesValue[] | undefined {
  const path = ['spec', 'accessModes'] as const
  if (manifest.name === '' || sharesNamespace(manifest, daemonSet) !== true) return undefined
  return manifest.knows(...path) ? listAt(manifest, ...path) : undefined
}

/** What a claim asks for, if pods can ask the same for themselves: not where it stands for a certain volume. */
function templateOf(claim: Manifest): Record<string, KubernetesValue> | undefined {
  if (!claim.knows('spec')) return undefined
  const spec = mapAt(claim, 'spec')
  const certain = ['volumeName', 'selector', 'dataSource', 'dataSourceRef'].some((key) => key in spec)
  return certain ? undefined : { ...spec }
}
