import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { type AllowKinds, allowKindsSchema, nodeChangingKinds } from '../utils/allow-kinds.ts'
import { isWithin } from '../utils/host-paths.ts'
import { type HostMount, hostMountsOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayNeedPrivileges } from '../utils/privileges.ts'
import { withEmptied } from '../utils/removal.ts'

export default defineRule<'known' | 'unknown' | 'beside' | 'devices' | 'remove', [AllowKinds]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow privileged containers in agents that need not be',
      category: 'security',
      presets: { recommended: 'warn', strict: 'warn', security: 'warn' },
    },
    messages: {
      known:
        'Container `{{container}}` is privileged, which makes it root on every node; {{agent}} needs host mounts and at most single capabilities.',
      unknown:
        'Container `{{container}}` is privileged, which makes it root on every node: all devices, all capabilities, no seccomp. Expected the single capabilities it needs, or a disable comment that says why.',
      beside:
        'Container `{{container}}` is privileged, which makes it root on every node: all devices, all capabilities, no seccomp. Beside it the added capabilities change nothing. Expected those capabilities without `privileged`, with what else a test shows to be missing, or a disable comment that says why.',
      devices:
        'Container `{{container}}` is privileged, which makes it root on every node; it mounts `{{devices}}`, and no capability opens a device. Expected a device plugin or the container runtime to give it the devices it needs, or a disable comment that says why.',
      remove: 'Remove `privileged`',
    },
    schema: allowKindsSchema,
    defaultOptions: [{ allowKinds: nodeChangingKinds }],
    supersedes: [
      'added-capabilities',
      'app-armor-profile',
      'drop-capabilities',
      'privilege-escalation',
      'read-only-root',
      'run-as-non-root',
      'se-linux-options',
      'seccomp-profile',
    ],
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /privileged/ },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    const allowed = context.options[0].allowKinds ?? []
    return {
      podTemplate(template) {
        for (const node of template.children) {
          if (node.type !== 'container' || node.value.securityContext?.privileged !== true) continue
          if (mayNeedPrivileges(node, template, agents, allowed)) continue
          const mounts = hostMountsOf(template).filter(({ container }) => container === node)
          const devices = mounts.find(holdsDevices)?.hostPath
          const agent = agents.agentOf(node)
          const adds = (node.value.securityContext.capabilities?.add ?? []).length > 0
          const harmless = agent !== undefined && !agent.kinds.some((kind) => allowed.includes(kind))
          const path = ['securityContext', 'privileged'] as const
          context.report({
            node,
            path,
            messageId: devices
              ? harmless
                ? 'known'
                : 'devices'
              : adds
                ? 'beside'
                : agent
                  ? 'known'
                  : 'unknown',
            data: { container: nameOf(node), agent: agent?.name ?? '', devices: devices ?? '' },
            suggest:
              devices || mounts.some(canWriteState)
                ? []
                : [{ messageId: 'remove', fix: (fixer) => fixer.remove(withEmptied(node, path, [])) }],
          })
        }
      },
    }
  },
})

/** True when a container may write what the node tells of itself: without privileges it cannot, so more than one word changes. */
function canWriteState({ hostPath, mount }: HostMount): boolean {
  return mount.readOnly !== true && ['/proc', '/sys', '/boot'].includes(hostPath)
}

/** True for the node's devices, read-only or not: without privileges the container sees them, and may open none. */
function holdsDevices({ hostPath }: HostMount): boolean {
  return isWithin(hostPath, '/dev') && !noDevices.some((folder) => isWithin(hostPath, folder))
}

/** Sockets, memory, and links to devices. */
const noDevices = ['/dev/disk', '/dev/hugepages', '/dev/log', '/dev/mqueue', '/dev/shm']
