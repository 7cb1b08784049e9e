import type { Fixer } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { clusterWideGrantOf, isForGroup, policyRulesOf } from '../utils/rbac.ts'
import { isBefore } from '../utils/versions.ts'

const proxies = ['nodes/proxy', '*/proxy']
/** What the kubelet asks for instead, where it can. */
const always = '`nodes/metrics`, `nodes/stats` or `nodes/log`'
const fineGrained =
  '`nodes/metrics`, `nodes/stats`, `nodes/log`, or (since Kubernetes 1.33) `nodes/pods`, `nodes/healthz` or `nodes/configz`'

export default defineRule<'proxy' | 'pods' | 'remove'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow giving a DaemonSet the whole API of the kubelets',
      category: 'security',
      presets: { security: 'warn', strict: 'warn' },
    },
    messages: {
      proxy:
        '`{{item}}` lets the pods of DaemonSet `{{name}}` run commands in every pod of every node, past audit and admission; `get` alone is enough for that. Expected what it asks the kubelet for: {{instead}}.',
      pods: 'Allow `nodes/pods` instead (since Kubernetes 1.33; for an agent that asks the kubelet itself which pods there are)',
      remove: 'Remove `{{item}}`; the other resources stay allowed',
    },
    hasSuggestions: true,
    needs: { kinds: ['ClusterRole'], text: /\/proxy/, beside: ['DaemonSet'] },
  },

  create(context) {
    const [oldest = ''] = context.kubernetesVersions
    // KubeletFineGrainedAuthz, on by default since 1.33.
    const canBeFine = !isBefore(oldest, '1.33')

    return {
      manifest(node) {
        const rules = policyRulesOf(node).filter(
          (rule) =>
            rule.resources.some((name) => proxies.includes(name)) &&
            isForGroup(rule, '') &&
            rule.verbs.length > 0 &&
            !rule.isNarrowed,
        )
        const grant = rules.length > 0 ? clusterWideGrantOf(node, context) : undefined
        if (!grant) return
        for (const { path: own, resources } of rules) {
          const index = resources.findIndex((name) => proxies.includes(name))
          const path = [...own, 'resources', index]
          const item = resources[index]!
          const mayReplace = canBeFine && item === 'nodes/proxy' && !resources.includes('nodes/pods')
          context.report({
            node,
            path,
            messageId: 'proxy',
            data: { item, name: nameOf(grant.daemonSet), instead: canBeFine ? fineGrained : always },
            suggest: [
              ...(mayReplace
                ? [{ messageId: 'pods' as const, fix: (fixer: Fixer) => fixer.set(path, 'nodes/pods') }]
                : []),
              ...(resources.length > 1
                ? [
                    {
                      messageId: 'remove' as const,
                      data: { item },
                      fix: (fixer: Fixer) => fixer.remove(path),
                    },
                  ]
                : []),
            ],
          })
        }
      },
    }
  },
})
