import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { mayReferTo } from '../utils/references.ts'
import { templateOf } from '../utils/template.ts'

/** How variables are called that hold what must not be read by others. */
const secretName = /(^|_)(password|passwd|token|secret|credentials?|api_?key|access_key|private_key)$/i

/** How variables are called that hold the name of a Secret, which is no secret. */
const nameOfSecret = /(^|_)(pull|tls|ca|cert)_secret$/i

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
    needs: { text: /password|passwd|token|secret|credential|api_?key|access_key|private_key/i },
  },
  create(context) {
    return {
      container(node) {
        for (const [index, entry] of (node.value.env ?? []).entries()) {
          if (!entry?.name || !secretName.test(entry.name) || nameOfSecret.test(entry.name)) continue
          if (!isLiteral(entry.value) || mayNameSecret(node, entry.value)) continue
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
function isLiteral(value: unknown): value is string {
  if (typeof value !== 'string' || value.trim() === '') return false
  if (/^(true|false|yes|no|on|off|none|null|\d{1,3})$/i.test(value)) return false
  // A file, another variable, a template of any kind, a reference such as `vault:secret/agent#token`.
  return !/^[./~]|^[a-z]:\\|\$[({A-Z_]|\{\{|<[^>]*>|^\w+:[\w/]|^ENC\[/i.test(value)
}

/** True for the name of a Secret that the pod refers to, or may refer to. */
function mayNameSecret(container: ContainerNode, value: string): boolean {
  const template = templateOf(container)
  return (
    /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(value) &&
    Boolean(template && mayReferTo(template, 'Secret', value))
  )
}
