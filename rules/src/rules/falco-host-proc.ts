import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { environmentOf } from '../utils/flags.ts'
import { normaliseHostPath } from '../utils/host-paths.ts'
import { hostPlaceAt } from '../utils/host-view.ts'
import { mountHost } from '../utils/mount-fix.ts'
import { knowsHostMounts, mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: "Require Falco to see the node's /proc",
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      missing:
        "Container `{{container}}` runs Falco without the node's `/proc` at `{{place}}`, where it looks up what processes there are, and stops as it finds none.",
      mount: "Mount the node's `/proc` read-only at `{{place}}`",
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /falco/i },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (!knowsHostMounts(template)) return
        for (const node of mainContainersOf(template)) {
          if (agentOf(node)?.id !== 'falco' || !watchesKernel(node)) continue
          const root = environmentOf(node, 'HOST_ROOT')
          if (root === undefined) continue
          // The image sets /host.
          const place = normaliseHostPath(`${root ?? '/host'}/proc`)
          if (place === '/proc' || hostPlaceAt(template, node, place)?.path === '/proc') continue
          const data = { container: nameOf(node), place }
          context.report({
            node,
            path: ['volumeMounts'],
            messageId: 'missing',
            data,
            suggest: [
              {
                messageId: 'mount',
                data,
                fix: (fixer) =>
                  mountHost(fixer, template, node, {
                    name: 'proc',
                    path: '/proc',
                    type: 'Directory',
                    mountPath: place,
                    readOnly: true,
                  }),
              },
            ],
          })
        }
      },
    }
  },
})

/** Without privileges it only evaluates what plugins give it, or is no Falco to begin with. */
function watchesKernel(container: ContainerNode): boolean {
  const { privileged, capabilities } = container.value.securityContext ?? {}
  return (
    privileged === true || Boolean(capabilities?.add?.some((name) => /BPF|SYS_ADMIN|ALL/.test(name ?? '')))
  )
}
