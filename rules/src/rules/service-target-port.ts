import { defineRule } from '@daemonlint/core/define'
import { declaredPorts } from '../utils/declared-ports.ts'
import { listAt, textAt } from '../utils/fields.ts'
import { placeOf } from '../utils/found.ts'
import { nameOf } from '../utils/names.ts'
import { labelMapAt, selectedDaemonSet } from '../utils/selectors.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require the port that a Service names to be declared by the pods of the DaemonSet',
      category: 'cross-resource',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      undeclared:
        'No container of DaemonSet `{{name}}` ({{place}}) declares a port named `{{port}}`, so the Service leads nowhere. Expected {{expected}}.',
      protocol:
        'The port `{{port}}` of DaemonSet `{{name}}` ({{place}}) is for {{declared}}, and that of the Service for {{protocol}}, so it leads nowhere. Expected one protocol.',
      set: 'Set `targetPort: {{port}}`',
    },
    hasSuggestions: true,
    needs: {
      kinds: ['Service'],
      text: /targetPort["']?\s*:\s*["']?(?:[^\d\s"']|[\w-]*[a-z])/i,
      beside: ['DaemonSet'],
    },
  },
  create(context) {
    return {
      manifest(node) {
        if (node.apiVersion !== 'v1' || node.role === 'patch') return
        const names = listAt(node, 'spec', 'ports').flatMap((_, index) => {
          const path = ['spec', 'ports', index] as const
          const port = textAt(node, ...path, 'targetPort')
          if (!port || /^\d+$/.test(port) || node.isUnknown(...path, 'protocol')) return []
          return [
            { path: [...path, 'targetPort'], port, protocol: textAt(node, ...path, 'protocol') || 'TCP' },
          ]
        })
        if (names.length === 0) return
        const selector = labelMapAt(node, 'spec', 'selector')
        const found = selector && selectedDaemonSet(context, node, selector)
        const declared = found?.alone ? declaredPorts(found.template) : undefined
        if (!found || !declared) return
        const place = { name: nameOf(found.manifest), place: placeOf(found, context.filePath) }
        for (const { path, port, protocol } of names) {
          const ofName = declared.filter(({ name }) => name === port)
          if (ofName.some((one) => one.protocol === protocol)) continue
          if (ofName[0]) {
            const data = { ...place, port, protocol, declared: ofName[0].protocol }
            context.report({ node, path, messageId: 'protocol', data })
            continue
          }
          const fitting = declared.filter((one) => one.protocol === protocol)
          const targets = fitting.flatMap((one) => one.name || (one.port ?? []))
          const list = targets.map((target) => `\`${target}\``).join(', ')
          context.report({
            node,
            path,
            messageId: 'undeclared',
            data: { ...place, port, expected: list || 'a number, or a declared port' },
            suggest: targets.map((target) => ({
              messageId: 'set',
              data: { port: target },
              fix: (fixer) => fixer.set(path, target),
            })),
          })
        }
      },
    }
  },
})
