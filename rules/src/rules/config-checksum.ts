import type { DaemonSetNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { configMapsOf, hasHashedName } from '../utils/config-maps.ts'
import { containersOf } from '../utils/mounts.ts'

/** Annotations of the template that change with the configuration, as charts and deploy scripts write them. */
const checksum = /checksum|hash|sha1|sha256|md5|digest|config-?(version|revision)|restart/i
/** Controllers that restart pods: stakater/Reloader, wave-k8s/wave. */
const reloader = /reloader|^wave\.pusher\.com\//i
/** Programs and flags that make the agent read its configuration again. */
const reloads = /reload|watch-config|config-?watch/i

export default defineRule<'missing' | 'reloader'>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require that a change of the configuration restarts the pods',
      category: 'rollout',
      presets: { strict: 'info' },
    },
    messages: {
      missing:
        'Nothing restarts the pods after a change of ConfigMap {{names}}: nodes that start later run the new configuration, all others the old one.',
      reloader: 'Let Reloader restart the pods, if the cluster runs it',
    },
    hasSuggestions: true,
  },

  create(context) {
    return {
      podTemplate(node) {
        if (isHandled(node)) return
        const references = configMapsOf(node).filter(({ name }) => !isStable(name))
        const [first] = references
        if (!first) return
        const { manifest } = node
        const names = [...new Set(references.map(({ name }) => `\`${name}\``))]
        context.report({
          node,
          path: first.path,
          messageId: 'missing',
          data: { names: names.join(', ') },
          suggest: [
            {
              messageId: 'reloader',
              fix: (fixer) =>
                fixer.set(['metadata', 'annotations', 'reloader.stakater.com/auto'], 'true', manifest),
            },
          ],
        })
      },
    }
  },
})

/** True when something may roll the pods or make them read again, or part of what would say so is unknown. */
function isHandled(template: PodTemplate): boolean {
  const { manifest } = template
  if (manifest.role === 'patch') return true
  if (template.isUnknown('metadata', 'annotations') || manifest.isUnknown('metadata', 'annotations'))
    return true
  const onTemplate = Object.keys(template.value.metadata?.annotations ?? {})
  const onManifest = Object.keys((manifest as DaemonSetNode).value.metadata?.annotations ?? {})
  if (onTemplate.some((key) => checksum.test(key))) return true
  if ([...onTemplate, ...onManifest].some((key) => reloader.test(key))) return true
  return containersOf(template).some(({ value }) =>
    [value.name, value.image, ...(value.command ?? []), ...(value.args ?? [])].some((text) =>
      reloads.test(String(text)),
    ),
  )
}

/** True for a ConfigMap whose name changes with its content, and for the one Kubernetes keeps itself. */
function isStable(name: string): boolean {
  return hasHashedName(name) || name === 'kube-root-ca.crt'
}
