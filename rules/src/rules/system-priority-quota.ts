import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { systemClasses } from '../utils/priority-classes.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a ResourceQuota where a system priority class is used outside kube-system',
      category: 'scheduling',
      presets: {},
    },
    messages: {
      missing:
        'On clusters that limit `{{class}}`, as GKE does, the namespace `{{namespace}}` needs a ResourceQuota for it: without one `{{name}}` is accepted and runs no pod.',
    },
    needs: { text: /system-(?:node|cluster)-critical/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        const name = node.value.spec?.priorityClassName
        const { namespace } = node.manifest
        if (!name || !systemClasses.has(name) || !namespace || namespace === 'kube-system') return
        // Which namespace a quota is for, and which classes, may be written in ways that are not known here.
        const quotas = { kinds: ['ResourceQuota'], scope: 'folder' as const }
        if (context.resources(quotas).length > 0 || context.mayHide(quotas)) return
        context.report({
          node,
          path: ['spec', 'priorityClassName'],
          messageId: 'missing',
          data: { class: name, namespace, name: nameOf(node.manifest) },
        })
      },
    }
  },
})
