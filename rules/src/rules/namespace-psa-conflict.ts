import type { Manifest, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { textAt } from '../utils/fields.ts'
import { placeOf, sharesNamespace } from '../utils/found.ts'
import { nameOf } from '../utils/names.ts'
import { describeViolations } from '../utils/pod-security/controls.ts'
import { type Level, type Violation, violationsOf } from '../utils/pod-security/index.ts'
import { minorOf } from '../utils/versions.ts'

const label = 'pod-security.kubernetes.io/enforce'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow DaemonSets whose pods their Namespace refuses',
      category: 'cross-resource',
      presets: { recommended: 'error', strict: 'error', security: 'error' },
    },
    messages: {
      refused:
        'Namespace `{{namespace}}` ({{place}}) enforces the level `{{level}}`, which forbids {{violations}}: the DaemonSet is accepted and every one of its pods is refused. Expected pods that keep to the level, or `{{label}}: privileged`.',
    },
  },
  create(context) {
    return {
      daemonSet(node) {
        const [template] = node.children
        // The namespace of a patch is that of its target, before a kustomization sets another.
        if (!template || node.role === 'patch') return
        const isHidden = node.isUnknown('metadata', 'namespace')
        if (node.namespace === '' && !isHidden) return
        // A kustomization that sets a namespace gives its name to the Namespaces that it builds.
        const found = context
          .resources({ kinds: ['Namespace'], text: isHidden ? label : node.namespace })
          .filter(({ manifest }) =>
            isHidden ? sharesNamespace(node, manifest) : manifest.name === node.namespace,
          )
        const [first] = found
        if (!first) return
        // Of several of one name, none may allow it.
        const refused = found.map(({ manifest }) => refusedBy(manifest, template, context.kubernetesVersions))
        const [violations] = refused
        if (!violations || refused.some((one) => one.length === 0)) return
        context.report({
          node,
          path: ['metadata', isHidden ? 'name' : 'namespace'],
          messageId: 'refused',
          data: {
            namespace: nameOf(first.manifest),
            place: placeOf(first, context.filePath),
            level: String(labelOf(first.manifest, label)),
            violations: describeViolations(violations),
            label,
          },
        })
      },
    }
  },
})

/** What a Namespace refuses of a pod, whichever of the versions its cluster has; nothing where that is not known. */
function refusedBy(namespace: Manifest, template: PodTemplate, versions: readonly string[]): Violation[] {
  const level = labelOf(namespace, label)
  if (level !== 'baseline' && level !== 'restricted') return []
  const pinned = enforcedMinorOf(namespace)
  if (pinned === undefined) return []
  const found = versions.map((version) => {
    return violationsOf(template, level satisfies Level, Math.min(pinned, minorOf(version)))
  })
  return found.some((one) => one.length === 0) ? [] : (found.at(-1) ?? [])
}

/** The minor version whose standards a Namespace enforces: that of its cluster, unless it says another. */
function enforcedMinorOf(namespace: Manifest): number | undefined {
  const key = `${label}-version`
  const version = labelOf(namespace, key)
  if (version === 'latest') return Number.POSITIVE_INFINITY
  if (version === undefined) {
    return namespace.lacks('metadata', 'labels', key) ? Number.POSITIVE_INFINITY : undefined
  }
  return /^v1\.\d+$/.test(version) ? minorOf(version) : undefined
}

function labelOf(namespace: Manifest, key: string): string | undefined {
  return textAt(namespace, 'metadata', 'labels', key)
}
