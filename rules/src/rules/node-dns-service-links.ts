import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { environmentOf, flagsOf } from '../utils/flags.ts'
import { mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'

/** What the cache replaces by the address of the Service, in the Corefile that it is given. */
const placeholder = '__PILLAR__CLUSTER__DNS__'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require the variables of Services where NodeLocal DNSCache learns its upstream from them',
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      hidden:
        "Container `{{container}}` learns the address of the Service `{{service}}` from the variable `{{variable}}`, which the kubelet does not set with `enableServiceLinks: false`: the cache finds no upstream for the cluster's names, and does not start. Expected `enableServiceLinks: true`, the default.",
      show: 'Set `enableServiceLinks: true`',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /enableServiceLinks/ },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)

    /** True where Corefiles are in sight, or may be, and none asks for the address. */
    function mayNameUpstreams(): boolean {
      const query = { kinds: ['ConfigMap'] }
      const maps = context.resources({ ...query, text: /Corefile/ })
      const holds = maps.some(({ manifest }) => JSON.stringify(manifest.value).includes(placeholder))
      return !holds && (maps.length > 0 || context.mayHide(query))
    }

    return {
      podTemplate(node) {
        const path = ['spec', 'enableServiceLinks'] as const
        if (node.value.spec?.enableServiceLinks !== false) return
        const container = mainContainersOf(node).find((one) => agentOf(one)?.id === 'node-local-dns')
        const flag = container && flagsOf(container)?.get('upstreamsvc')
        if (!container || !flag?.known || flag.value === '') return
        const variable = `${flag.value.replaceAll('-', '_').toUpperCase()}_SERVICE_HOST`
        if (environmentOf(container, variable) !== null || mayNameUpstreams()) return
        context.report({
          node,
          path,
          messageId: 'hidden',
          data: { container: nameOf(container), service: flag.value, variable },
          suggest: [{ messageId: 'show', fix: (fixer) => fixer.set(path, true) }],
        })
      },
    }
  },
})
