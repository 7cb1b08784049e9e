import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { podContext } from '../utils/pod-security/fields.ts'
import { mayBePrivileged, violationsOfControl } from '../utils/pod-security/index.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a seccomp profile',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      missing:
        "No seccomp profile holds container {{containers}}, so all system calls of the node's kernel are open to a flaw in the agent, unless the kubelet sets `seccompDefault`. Expected `type: RuntimeDefault`.",
      unconfined:
        "`Unconfined` opens all system calls of the node's kernel to a flaw in the agent. Expected `RuntimeDefault`, which allows what added capabilities ask for, or a `Localhost` profile.",
      set: 'Set `type: RuntimeDefault`',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    return {
      podTemplate(template) {
        if (mayBeForWindows(template)) return
        const holds = containersOf(template).filter((container) => !mayBePrivileged(container))
        if (holds.length === 0) return
        const mayChange = !hasAnnotation(template)
        const names: string[] = []
        for (const { node, path, value } of violationsOfControl(template, 'seccomp')) {
          if (node.type === 'container' && !holds.includes(node)) continue
          if (value === undefined) {
            if (node.type === 'container') names.push(`\`${nameOf(node)}\``)
            continue
          }
          context.report({
            node,
            path,
            messageId: 'unconfined',
            suggest: mayChange
              ? [{ messageId: 'set', fix: (fixer) => fixer.set(path, 'RuntimeDefault') }]
              : [],
          })
        }
        if (names.length === 0) return
        const path = [...podContext, 'seccompProfile']
        context.report({
          node: template,
          path,
          messageId: 'missing',
          data: { containers: names.join(', ') },
          suggest: mayChange
            ? [{ messageId: 'set', fix: (fixer) => fixer.set([...path, 'type'], 'RuntimeDefault') }]
            : [],
        })
      },
    }
  },
})

/** True where the old annotations name a profile, or may: the API server refuses a field that says another. */
function hasAnnotation(template: PodTemplate): boolean {
  const annotations = template.value.metadata?.annotations
  if (!template.lacks('metadata', 'annotations') && !annotations) return true
  return Object.keys(annotations ?? {}).some((key) => key.includes('seccomp.security.alpha.kubernetes.io'))
}
