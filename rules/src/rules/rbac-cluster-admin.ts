import type { OtherNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import {
  bindingKinds,
  type Grant,
  grantsOfBinding,
  grantsOfRole,
  isBinding,
  isEverything,
  policyRulesOf,
  roleKinds,
  roleRefOf,
} from '../utils/rbac.ts'

export default defineRule<'bound' | 'everything'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow making the pods of a DaemonSet administrators of the cluster',
      category: 'security',
      presets: { recommended: 'warn', security: 'warn', strict: 'warn' },
    },
    messages: {
      bound:
        'The pods of DaemonSet `{{name}}` become `cluster-admin`: whoever takes over one of its nodes owns {{scope}}. Expected a role with the rights it uses.',
      everything:
        'Everything is allowed to the pods of DaemonSet `{{name}}`: whoever takes over one of its nodes owns {{scope}}. Expected the groups, resources and verbs it uses.',
    },
    needs: { kinds: [...bindingKinds, ...roleKinds], text: /\bcluster-admin\b|\*/, beside: ['DaemonSet'] },
  },

  create(context) {
    const whose = ({ daemonSet, clusterWide, binding: { namespace } }: Grant) => {
      const own = namespace === '' ? 'all of its namespace' : `all of namespace \`${namespace}\``
      return { name: nameOf(daemonSet), scope: clusterWide ? 'the whole cluster' : own }
    }

    function judgeBinding(node: OtherNode) {
      const reference = roleRefOf(node)
      if (reference?.kind !== 'ClusterRole' || reference.name !== 'cluster-admin') return
      const [grant] = grantsOfBinding(node, context)
      if (!grant) return
      context.report({ node, path: ['roleRef', 'name'], messageId: 'bound', data: whose(grant) })
    }

    function judgeRole(node: OtherNode) {
      const rule = policyRulesOf(node).find(isEverything)
      const [grant] = rule ? widestFirst(grantsOfRole(node, context)) : []
      if (!rule || !grant) return
      const path = [...rule.path, 'resources', rule.resources.indexOf('*')]
      context.report({ node, path, messageId: 'everything', data: whose(grant) })
    }

    return {
      manifest(node) {
        if (isBinding(node)) judgeBinding(node)
        else judgeRole(node)
      },
    }
  },
})

function widestFirst(grants: readonly Grant[]): Grant[] {
  return [...grants].sort((a, b) => Number(b.clusterWide) - Number(a.clusterWide))
}
