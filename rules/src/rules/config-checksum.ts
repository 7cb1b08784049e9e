import type { ContainerNode, DaemonSetNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { configMapsOf, hasHashedName, isChecksumKey } from '../utils/config-maps.ts'
import { knownRepositoryOf } from '../utils/image.ts'
import { containersOf } from '../utils/mounts.ts'

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
      presets: { strict: 'info', reliability: 'info', 'log-agents': 'info', 'security-agents': 'info' },
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
  if (onTemplate.some(isChecksumKey)) return true
  if ([...onTemplate, ...onManifest].some((key) => reloader.test(key))) return true
  return containersOf(template).some(mayReload)
}

/** True when a container's name, image or command line says that it reloads, or a placeholder hides what they say. */
function mayReload(container: ContainerNode): boolean {
  const { name, image, command, args } = container.value
  const texts = [name, image, ...(command ?? []), ...(args ?? [])]
  if (texts.some((text) => reloads.test(String(text)))) return true
  if (container.isUnknown('name') || (container.isUnknown('image') && knownRepositoryOf(container) === ''))
    return true
  return (['command', 'args'] as const).some(
    (list) =>
      container.isUnknown(list) ||
      container.value[list]?.some(
        (text, index) => container.isUnknown(list, index) && !/^--?[\w-]+[= ]/.test(text),
      ),
  )
}

/** True for a ConfigMap whose name changes with its content, and for the one Kubernetes keeps itself. */
function isStable(name: string): boolean {
  return hasHashedName(name) || name === 'kube-root-ca.crt'
}
