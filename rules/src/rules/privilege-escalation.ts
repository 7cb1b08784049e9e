import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { mayAdd, mayBePrivileged, violationsOfControl } from '../utils/pod-security/index.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow processes to gain privileges that their container was not started with',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      missing:
        'Nothing keeps the processes of container `{{container}}` from gaining privileges: a setuid program of its image makes an intruder root in the agent. Expected `allowPrivilegeEscalation: false`.',
      allowed:
        'The processes of container `{{container}}` may gain privileges: a setuid program of its image makes an intruder root in the agent. Expected `allowPrivilegeEscalation: false`.',
      forbid:
        'Set `allowPrivilegeEscalation: false` (setuid programs and file capabilities of the image stop working)',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    return {
      podTemplate(template) {
        if (mayBeForWindows(template)) return
        for (const { node, path, value } of violationsOfControl(template, 'privilegeEscalation')) {
          if (node.type !== 'container' || hasAllAnyway(node)) continue
          context.report({
            node,
            path,
            messageId: value === undefined ? 'missing' : 'allowed',
            data: { container: nameOf(node) },
            suggest: [{ messageId: 'forbid', fix: (fixer) => fixer.set(path, false) }],
          })
        }
      },
    }
  },
})

/**
 * True when there is nothing to gain, or may be none: the container is privileged or has SYS_ADMIN. The API server
 * refuses to forbid the gain to the one, and to the other where it is written CAP_SYS_ADMIN.
 */
function hasAllAnyway(container: ContainerNode): boolean {
  return mayBePrivileged(container) || mayAdd(container, ['ALL', 'SYS_ADMIN', 'CAP_SYS_ADMIN'])
}
