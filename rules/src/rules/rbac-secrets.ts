import type { OtherNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import {
  allowsAny,
  clusterWideGrantOf,
  grantsOfBinding,
  isBinding,
  isForGroup,
  policyRulesOf,
  roleRefOf,
} from '../utils/rbac.ts'

/** Built-in roles that read Secrets. plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go */
const readingSecrets = ['admin', 'edit']

export default defineRule<'secrets' | 'role'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow rights to read every Secret of the cluster',
      category: 'security',
      presets: { security: 'warn', strict: 'warn' },
    },
    messages: {
      secrets:
        'The pods of DaemonSet `{{name}}` may read every Secret of the cluster: whoever takes over one of its nodes has them all. Expected a Role in the namespaces concerned, or `resourceNames`.',
      role: '`{{role}}` lets the pods of DaemonSet `{{name}}` read every Secret of the cluster, and start pods anywhere: whoever takes over one of its nodes has them all. Expected a role with the rights it uses.',
    },
    needs: {
      kinds: ['ClusterRole', 'ClusterRoleBinding'],
      text: /\b(secrets|admin|edit)\b/,
      beside: ['DaemonSet'],
    },
  },

  create(context) {
    function judgeBinding(node: OtherNode) {
      const reference = roleRefOf(node)
      if (reference?.kind !== 'ClusterRole' || !readingSecrets.includes(reference.name)) return
      const [grant] = grantsOfBinding(node, context)
      if (!grant) return
      const data = { name: nameOf(grant.daemonSet), role: reference.name }
      context.report({ node, path: ['roleRef', 'name'], messageId: 'role', data })
    }

    function judgeRole(node: OtherNode) {
      const rules = policyRulesOf(node).filter(
        (rule) =>
          rule.resources.includes('secrets') &&
          isForGroup(rule, '') &&
          allowsAny(rule, ['get', 'list', 'watch']) &&
          !rule.isNarrowed,
      )
      const grant = rules.length > 0 ? clusterWideGrantOf(node, context) : undefined
      if (!grant) return
      for (const { path, resources } of rules) {
        context.report({
          node,
          path: [...path, 'resources', resources.indexOf('secrets')],
          messageId: 'secrets',
          data: { name: nameOf(grant.daemonSet) },
        })
      }
    }

    return {
      manifest(node) {
        if (isBinding(node)) judgeBinding(node)
        else judgeRole(node)
      },
    }
  },
})
