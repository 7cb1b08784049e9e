import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'

/** How variables are called that hold what must not be read by others. */
const secretName = /(^|_)(password|passwd|token|secret|credentials?|api_?key|access_key|private_key)$/i

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow passwords and tokens written into the environment of a container',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      literal:
        'The value of `{{variable}}` in container `{{container}}` stands in the manifest: whoever may read the DaemonSet or its repository has it, and it is the same on every node. Expected `valueFrom` with a Secret, or a file.',
    },
    needs: { text: /password|passwd|token|secret|credential|key/i },
  },
  create(context) {
    return {
      container(node) {
        for (const [index, entry] of (node.value.env ?? []).entries()) {
          if (!entry?.name || !secretName.test(entry.name) || !isLiteral(node, index)) continue
          context.report({
            node,
            path: ['env', index, 'value'],
            messageId: 'literal',
            data: { variable: entry.name, container: nameOf(node) },
          })
        }
      },
    }
  },
})

/** True for a text that is the secret itself: no path of a file, no reference, no switch, nothing that is filled in. */
function isLiteral(node: ContainerNode, index: number): boolean {
  const value = node.value.env?.[index]?.value
  if (typeof value !== 'string' || value.trim() === '') return false
  if (node.isUnknown('env', index, 'name') || node.isUnknown('env', index, 'value')) return false
  if (/^(true|false|yes|no|on|off|none|null|\d{1,3})$/i.test(value)) return false
  // A file, another variable, a template of any kind, a reference such as `vault:secret/agent#token`.
  return !/^[./~]|^[a-z]:\\|\$[({A-Z_]|\{\{|<[^>]*>|^\w+:[\w/]|^ENC\[/i.test(value)
}
