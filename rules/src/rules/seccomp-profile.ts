import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { containersOf, mainContainersOf } from '../utils/mounts.ts'
import { counted, nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { podContext } from '../utils/pod-security/fields.ts'
import { violationsOfControl } from '../utils/pod-security/index.ts'
import { needsNoHardening } from '../utils/privileges.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a seccomp profile',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      missing:
        "No seccomp profile holds {{containers}}, so all system calls of the node's kernel are open to a flaw in the agent, unless the kubelet sets `seccompDefault`. Expected `type: RuntimeDefault`, which the pod may state for all.",
      unconfined:
        "`Unconfined` opens all system calls of the node's kernel to a flaw in the agent. Expected `RuntimeDefault`, which allows what added capabilities ask for, or a `Localhost` profile.",
      set: 'Set `type: RuntimeDefault`',
      setForPod: 'Set `type: RuntimeDefault` for the pod',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (mayBeForWindows(template)) return
        const isHeld = (one: ContainerNode) => !needsNoHardening(one, template, agents)
        if (!containersOf(template).some(isHeld)) return
        const mayChange = !hasAnnotation(template)
        const bare = new Set<unknown>()
        for (const { node, path, value } of violationsOfControl(template, 'seccomp')) {
          if (node.type === 'container' && !isHeld(node)) continue
          if (value === undefined) {
            bare.add(node)
            continue
          }
          context.report({
            node,
            path,
            messageId: 'unconfined',
            suggest: mayChange
              ? [{ messageId: 'set', fix: (fixer) => fixer.set(path, 'RuntimeDefault') }]
              : [],
          })
        }
        // The main containers first: of their privileges another rule may speak instead.
        const lacking = [...new Set([...mainContainersOf(template), ...containersOf(template)])].filter(
          (one) => bare.has(one),
        )
        const [first] = lacking
        if (!first) return
        const path = [...podContext, 'seccompProfile', 'type']
        context.report({
          node: first,
          path: ['securityContext', 'seccompProfile'],
          messageId: 'missing',
          data: { containers: counted('container', lacking.map(nameOf)) },
          suggest: mayChange
            ? [{ messageId: 'setForPod', fix: (fixer) => fixer.set(path, 'RuntimeDefault', template) }]
            : [],
        })
      },
    }
  },
})

/** True where the old annotations name a profile, or may: the API server refuses a field that says another. */
function hasAnnotation(template: PodTemplate): boolean {
  const annotations = template.value.metadata?.annotations
  if (!template.lacks('metadata', 'annotations') && !annotations) return true
  return Object.keys(annotations ?? {}).some((key) => key.includes('seccomp.security.alpha.kubernetes.io'))
}
