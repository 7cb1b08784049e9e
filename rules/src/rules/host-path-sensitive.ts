import type { VolumeNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { mayDoWorkOf } from '../utils/allow-kinds.ts'
import { hostWritesOf } from '../utils/host-writes.ts'
import { hostMountsOf, isWritable } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { readOnlyReason } from '../utils/read-only-paths.ts'
import { sensitivePathOf } from '../utils/sensitive-paths.ts'

export default defineRule<'sensitive' | 'writable' | 'writes', [{ allow?: string[] }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow host paths that give a container its node',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      sensitive:
        "Container `{{container}}` sees the node's `{{path}}`, which {{harm}}. Expected a mount of what it needs of it, or a disable comment that says why it needs all.",
      writable:
        "Container `{{container}}` can write the node's `{{path}}`, which {{harm}}. Expected `readOnly: true`, or a disable comment that says why it must write there.",
      writes:
        "Container `{{container}}` writes to the node's `{{path}}`, which {{harm}}. Expected a disable comment that says why it must write there, or the program installed with the node.",
    },
    schema: [
      {
        type: 'object',
        properties: { allow: { type: 'array', items: { type: 'string' }, uniqueItems: true } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ allow: [] }],
    needs: { text: /hostPath/ },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    const allowed = context.options[0].allow ?? []
    return {
      podTemplate(template) {
        const told = new Set<VolumeNode>()
        for (const host of hostMountsOf(template)) {
          const { container, volume, hostPath } = host
          const sensitive = sensitivePathOf(hostPath)
          if (!sensitive || allowed.includes(hostPath) || told.has(volume)) continue
          if (mayDoWorkOf(template, sensitive.kinds, agents)) continue
          // That it is writable for nothing is said where it is mounted.
          if (sensitive.writableOnly && (!isWritable(host) || readOnlyReason(host, template, agents)))
            continue
          const writes = hostWritesOf(container, template).some((one) => one.mount.volume === volume)
          told.add(volume)
          context.report({
            node: volume,
            path: ['hostPath', 'path'],
            messageId: !sensitive.writableOnly ? 'sensitive' : writes ? 'writes' : 'writable',
            data: { container: nameOf(container), path: hostPath, harm: sensitive.harm },
          })
        }
      },
    }
  },
})
