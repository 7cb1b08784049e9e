import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { hostPlaceAt, seesHostPath } from '../utils/host-view.ts'
import { mountHost } from '../utils/mount-fix.ts'
import { type HostMount, hostMountsOf, knowsHostMounts } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'

const links = '/var/log/containers'
const targets = '/var/log/pods'

export default defineRule<'missing' | 'elsewhere' | 'mount'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require the logs that the links in /var/log/containers lead to',
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      missing:
        'Container `{{container}}` mounts `/var/log/containers` without `/var/log/pods`. The former holds nothing but links to the latter, so every one of them leads nowhere, and no log is read.',
      elsewhere:
        'Container `{{container}}` has `/var/log/pods` of the node at another path, but the links in `/var/log/containers` lead to `/var/log/pods`, so no log is read. Expected it at `/var/log/pods`.',
      mount: 'Mount `/var/log/pods` read-only',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /hostPath/ },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (!knowsHostMounts(template) || mayBeForWindows(template)) return
        for (const host of hostMountsOf(template)) {
          const { container, hostPath, index } = host
          if (hostPath !== links || !readsLogs(host)) continue
          if (hostPlaceAt(template, container, targets)?.path === targets) continue
          const seen = seesHostPath(template, container, targets)
          context.report({
            node: container,
            path: ['volumeMounts', index, 'mountPath'],
            messageId: seen ? 'elsewhere' : 'missing',
            data: { container: nameOf(container) },
            suggest: seen
              ? []
              : [
                  {
                    messageId: 'mount',
                    fix: (fixer) =>
                      mountHost(fixer, template, container, {
                        name: 'pod-logs',
                        path: targets,
                        type: 'Directory',
                        readOnly: true,
                      }),
                  },
                ],
          })
        }
      },
    }

    /** One that writes there may clean up links, and needs no log. */
    function readsLogs({ container, mount }: HostMount): boolean {
      return mount.readOnly === true || Boolean(agentOf(container)?.kinds.includes('logs'))
    }
  },
})
