import type { ContainerNode, PodTemplate, VolumeNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { type AllowKinds, allowKindsSchema, mayDoWorkOf, nodeChangingKinds } from '../utils/allow-kinds.ts'
import { containersOf, hostMountsOf } from '../utils/mounts.ts'
import { counted, nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { podContext } from '../utils/pod-security/fields.ts'
import { mayBePrivileged, violationsOfControl } from '../utils/pod-security/index.ts'
import { needsNoHardening } from '../utils/privileges.ts'

const userOfPod = [...podContext, 'runAsUser']
const userOfContainer = ['securityContext', 'runAsUser']

/** What comes of it, as the end of a sentence. */
const harms = {
  mounts: 'as root a flaw in the agent reaches all that is mounted of the node',
  flaw: 'a flaw in the kernel or the runtime is more easily used as root',
}

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
        'Nothing keeps {{containers}} from running as root, and {{harm}}. Expected `runAsNonRoot: true`, and an image or `runAsUser` with another user.',
      root: '{{who}} as root, and {{harm}}. Expected `runAsNonRoot: true` and another user.',
      require:
        'Set `runAsNonRoot: true` for the pod (it does not start where the user of an image is root, or no number)',
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
        const hardened = containersOf(template).filter((one) => !needsNoHardening(one, template, agents))
        const [first] = hardened
        if (!first) return
        const judged = new Set<unknown>([template, ...hardened])
        // Of those that are privileged for nothing `privileged` speaks, at the container.
        const ordinary = hardened.filter((node) => !mayBePrivileged(node))
        const pod = ordinary.length > 0 ? template : first
        const roots = violationsOfControl(template, 'runAsUser')
        const open = violationsOfControl(template, 'runAsNonRoot').filter(
          // Said once, of the user.
          ({ node }) => !statesUser(template, node),
        )
        const stated = [...roots, ...open.filter(({ value }) => value === false)]
        const harm = hostMountsOf(template).length > 0 ? harms.mounts : harms.flaw
        for (const { node, path } of stated) {
          if (!judged.has(node)) continue
          const isUser = path.at(-1) === 'runAsUser'
          const who =
            node.type === 'container'
              ? `Container \`${nameOf(node)}\` ${isUser ? 'runs' : 'may run'}`
              : `The containers of the pod ${isUser ? 'run' : 'may run'}`
          context.report({
            ...(node === template && pod !== template ? { node: pod, path: path.slice(1) } : { node, path }),
            messageId: 'root',
            data: { who, harm },
          })
        }
        if (stated.some(({ node }) => node === template)) return
        const silent = open.flatMap(({ node, value }) =>
          value === undefined && node.type === 'container' && judged.has(node) ? [node] : [],
        )
        const named = silent.filter((node) => pod === first || ordinary.includes(node))
        if (named.length === 0) return
        const path = [...podContext, 'runAsNonRoot']
        context.report({
          node: pod,
          path: pod === template ? path : path.slice(1),
          messageId: 'missing',
          data: { containers: counted('container', named.map(nameOf)), harm },
          suggest:
            roots.length > 0
              ? []
              : [{ messageId: 'require', fix: (fixer) => fixer.set(path, true, template) }],
        })
      },
    }
  },
})

/** True when a container, or its pod, says which user it is, or may: root is told of where it stands. */
function statesUser(template: PodTemplate, node: PodTemplate | ContainerNode | VolumeNode): boolean {
  return !template.lacks(...userOfPod) || (node.type === 'container' && !node.lacks(...userOfContainer))
}
