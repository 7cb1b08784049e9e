import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { mayDoWorkOf } from '../utils/allow-kinds.ts'
import { capabilityOf } from '../utils/capabilities.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { effectiveField } from '../utils/pod-security/fields.ts'
import { mayAdd, mayBePrivileged, violationsOfControl } from '../utils/pod-security/index.ts'
import { needsNoHardening } from '../utils/privileges.ts'

/** What a process gains, as the end of a sentence. */
const harm = {
  root: 'one that has given up root gets it back by a setuid program of its image',
  other: 'a setuid program of its image makes an intruder root in the agent',
}

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow gaining privileges that a container was not started with',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      missing:
        'Nothing keeps the processes of container `{{container}}` from gaining privileges: {{harm}}. Expected `allowPrivilegeEscalation: false`.',
      allowed:
        'The processes of container `{{container}}` may gain privileges: {{harm}}. Expected `allowPrivilegeEscalation: false`.',
      forbid:
        'Set `allowPrivilegeEscalation: false` (setuid programs and file capabilities of the image stop working)',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (mayBeForWindows(template)) return
        const needsAdmin = mayDoWorkOf(template, capabilityOf('SYS_ADMIN').kinds, agents)
        for (const { node, path, value } of violationsOfControl(template, 'privilegeEscalation')) {
          if (node.type !== 'container' || needsNoHardening(node, template, agents)) continue
          // Nothing is left to gain.
          if (needsAdmin && mayAdd(node, ['ALL', 'SYS_ADMIN', 'CAP_SYS_ADMIN'])) continue
          context.report({
            node,
            path,
            messageId: value === undefined ? 'missing' : 'allowed',
            data: { container: nameOf(node), harm: isRoot(template, node) ? harm.root : harm.other },
            // The API server refuses to forbid it to these.
            suggest:
              mayBePrivileged(node) || mayAdd(node, ['CAP_SYS_ADMIN'])
                ? []
                : [{ messageId: 'forbid', fix: (fixer) => fixer.set(path, false) }],
          })
        }
      },
    }
  },
})

function isRoot(template: PodTemplate, container: ContainerNode): boolean {
  return effectiveField(template, container, 'runAsUser')?.value === 0
}
