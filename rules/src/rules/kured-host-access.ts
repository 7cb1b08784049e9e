import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { flagsOf } from '../utils/flags.ts'
import { mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayShare } from '../utils/template.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require that kured can reboot its node',
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      processes:
        'Container `{{container}}` asks process 1 for the reboot, which without `hostPID: true` is kured itself, not that of the node: it drains the node, and never reboots it.',
      privileged:
        'Container `{{container}}` reboots the node with a command in the mounts of process 1, which only a privileged container may enter: it drains the node, and never reboots it. Expected `privileged: true`, or `--reboot-method=signal` with the capability `KILL`.',
      join: 'Set `hostPID: true`',
      allow: 'Set `privileged: true`',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /kured/ },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(template) {
        for (const container of mainContainersOf(template)) {
          if (agentOf(container)?.id !== 'kured') continue
          const data = { container: nameOf(container) }
          if (!mayShare(template, 'hostPID')) {
            const hostPid = ['spec', 'hostPID'] as const
            context.report({
              node: template,
              path: hostPid,
              messageId: 'processes',
              data,
              suggest: template.value.spec?.shareProcessNamespace
                ? []
                : [{ messageId: 'join', fix: (fixer) => fixer.set(hostPid, true) }],
            })
          }
          if (!runsCommand(container)) continue
          const path = ['securityContext', 'privileged'] as const
          const { allowPrivilegeEscalation } = container.value.securityContext ?? {}
          context.report({
            node: container,
            path,
            messageId: 'privileged',
            data,
            suggest:
              allowPrivilegeEscalation === false
                ? []
                : [{ messageId: 'allow', fix: (fixer) => fixer.set(path, true) }],
          })
        }
      },
    }
  },
})

/** True when a container without any privilege is to run a command, which is kured's default. */
function runsCommand(container: ContainerNode): boolean {
  const method = flagsOf(container)?.get('reboot-method')
  if (!flagsOf(container) || (method && (!method.known || method.value !== 'command'))) return false
  const { privileged } = container.value.securityContext ?? {}
  if (!container.lacks('securityContext', 'privileged') && privileged !== false) return false
  return container.lacks('securityContext', 'capabilities', 'add')
}
