import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { type AllowKinds, allowKindsSchema, mayDoWorkOf, nodeChangingKinds } from '../utils/allow-kinds.ts'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { podContext } from '../utils/pod-security/fields.ts'
import { violationsOfControl } from '../utils/pod-security/index.ts'
import { isBeyondHardening } from '../utils/privileges.ts'

const userOfPod = [...podContext, 'runAsUser']

export default defineRule<'missing' | 'root' | 'require', [AllowKinds]>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require agents to run as another user than root',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      missing:
        'Nothing keeps {{containers}} from running as root, as whom a flaw in the agent reaches what it mounts of the node. Expected `runAsNonRoot: true`, and an image or `runAsUser` with another user.',
      root: '{{who}} may run as root, as whom a flaw in the agent reaches what it mounts of the node. Expected `runAsNonRoot: true` and another user.',
      require: 'Set `runAsNonRoot: true` for the pod (it does not start if the user of an image is root)',
    },
    schema: allowKindsSchema,
    defaultOptions: [{ allowKinds: ['logs', ...nodeChangingKinds] }],
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (mayBeForWindows(template)) return
        if (mayDoWorkOf(template, context.options[0].allowKinds ?? [], agents)) return
        const holds = containersOf(template).filter(
          (container) => !isBeyondHardening(container, template, agents),
        )
        if (holds.length === 0) return
        const roots = violationsOfControl(template, 'runAsUser')
        const open = violationsOfControl(template, 'runAsNonRoot')
        const stated = [...roots, ...open.filter(({ value }) => value === false)]
        for (const { node, path } of stated) {
          if (node.type === 'container' && !holds.includes(node)) continue
          // Said once, of the user.
          const user = [...path.slice(0, -1), 'runAsUser']
          if (path.at(-1) === 'runAsNonRoot' && !node.lacks(...user)) continue
          const who =
            node.type === 'container' ? `Container \`${nameOf(node)}\`` : 'The containers of the pod'
          context.report({ node, path, messageId: 'root', data: { who } })
        }
        if (stated.some(({ node }) => node === template)) return
        const names = open.flatMap(({ node, value }) => {
          if (value !== undefined || node.type !== 'container' || !holds.includes(node)) return []
          return roots.some((root) => root.node === node) || hasOtherUser(template, node)
            ? []
            : [nameOf(node)]
        })
        if (names.length === 0) return
        const path = [...podContext, 'runAsNonRoot']
        context.report({
          node: template,
          path,
          messageId: 'missing',
          data: { containers: `container ${names.map((name) => `\`${name}\``).join(', ')}` },
          suggest: roots.length > 0 ? [] : [{ messageId: 'require', fix: (fixer) => fixer.set(path, true) }],
        })
      },
    }
  },
})

/** True when a container's user surely is not root, or is not known. */
function hasOtherUser(template: PodTemplate, container: ContainerNode): boolean {
  const own = ['securityContext', 'runAsUser']
  return container.lacks(...own) ? !template.lacks(...userOfPod) : true
}
