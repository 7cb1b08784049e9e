import type { ContainerNode, DaemonSetNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { hasHashedName, isChecksumKey } from '../utils/config-maps.ts'
import { knowsImageName, parseImage } from '../utils/image.ts'
import type { KnownAgent } from '../utils/known-agents.ts'
import { containersOf } from '../utils/mounts.ts'
import { counted } from '../utils/names.ts'
import { type Reference, requiredBy } from '../utils/references.ts'
import { writtenAt } from '../utils/written.ts'

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
        'Nothing restarts the pods after a change of {{names}}: nodes that start later run the new configuration, all others {{others}}.',
      reloader: 'Let Reloader restart the pods, if the cluster runs it',
    },
    hasSuggestions: true,
    needs: { text: /configMap/ },
  },

  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(node) {
        if (isHandled(node) || containersOf(node).some((one) => rereads(one, agentOf(one)))) return
        const references = requiredBy(node).filter(
          ({ kind, name }) => kind === 'ConfigMap' && !hasHashedName(name),
        )
        const [first] = references
        if (!first) return
        const { manifest } = node
        context.report({
          node,
          path: first.path,
          messageId: 'missing',
          data: {
            names: counted(
              'ConfigMap',
              references.map(({ name }) => name),
            ),
            others: references.every((one) => isFixed(node, one))
              ? 'the old one'
              : 'may go on with the old one',
          },
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

/** True for an agent that reads its configuration again of itself. */
function rereads(container: ContainerNode, agent: KnownAgent | undefined): boolean {
  const sign = agent?.rereadsConfiguration ?? false
  return typeof sign === 'boolean' ? sign : sign.test(parseImage(writtenAt(container, 'image')).tag ?? '')
}

/** True when a container's name, image or command line says that it reloads, or a placeholder hides what they say. */
function mayReload(container: ContainerNode): boolean {
  const { name, image, command, args } = container.value
  const texts = [name, image, ...(command ?? []), ...(args ?? [])]
  if (texts.some((text) => reloads.test(String(text)))) return true
  if (container.isUnknown('name') || !knowsImageName(container)) return true
  return (['command', 'args'] as const).some(
    (list) =>
      container.isUnknown(list) ||
      container.value[list]?.some(
        (text, index) => container.isUnknown(list, index) && !/^--?[\w-]+[= ]/.test(text),
      ),
  )
}

/** True for what a running container never sees anew: variables, and files mounted with `subPath`. */
function isFixed(template: PodTemplate, { volume }: Reference): boolean {
  if (!volume) return true
  const mounts = containersOf(template)
    .flatMap(({ value }) => value.volumeMounts ?? [])
    .filter((mount) => mount?.name === volume.value.name)
  return mounts.length > 0 && mounts.every(({ subPath, subPathExpr }) => subPath || subPathExpr)
}
