import type { OtherNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { matchesGlob } from '../utils/glob.ts'
import { nameOf } from '../utils/names.ts'
import {
  grantsOfRole,
  mayBeAnyVerbOnRoles,
  mayBeEverything,
  type PolicyRule,
  policyRulesOf,
  roleKinds,
  unknownText,
} from '../utils/rbac.ts'

export default defineRule<'both' | 'resources' | 'apiGroups' | 'verbs', [{ allowApiGroups?: string[] }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow wildcards in the rights of a DaemonSet',
      category: 'security',
      presets: { security: 'warn', strict: 'warn' },
    },
    messages: {
      both: '`*` in resources and verbs gives the pods of DaemonSet `{{name}}`, and whoever takes over one of its nodes, every verb on every resource of these groups, those of later versions too. Expected the resources and verbs it uses.',
      resources:
        '`*` gives the pods of DaemonSet `{{name}}`, and whoever takes over one of its nodes, every resource of these groups, those of later versions too. Expected the resources it uses.',
      apiGroups:
        '`*` gives the pods of DaemonSet `{{name}}`, and whoever takes over one of its nodes, these resources in every API group, those installed later too. Expected the groups it uses.',
      verbs:
        '`*` gives the pods of DaemonSet `{{name}}`, and whoever takes over one of its nodes, every verb, `deletecollection` and those of later versions too. Expected the verbs it uses.',
    },
    schema: [
      {
        type: 'object',
        properties: { allowApiGroups: { type: 'array', items: { type: 'string' }, uniqueItems: true } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ allowApiGroups: [] }],
    needs: { kinds: roleKinds, text: /\*/, beside: ['DaemonSet'] },
  },

  create(context) {
    const allowed = context.options[0].allowApiGroups ?? []
    const isAllowed = ({ apiGroups }: PolicyRule) =>
      allowed.length > 0 &&
      apiGroups.every(
        (group) => group === unknownText || allowed.some((pattern) => matchesGlob(group, pattern)),
      )

    return {
      manifest(node) {
        const rules = policyRulesOf(node).filter(
          // One that allows everything is another rule's.
          (rule) => wildcardOf(rule) && !mayBeEverything(rule) && !isAllowed(rule),
        )
        const grants = rules.length > 0 ? grantsOfRole(node, context) : []
        const [grant] = grants
        if (!grant) return
        const isEverywhere = node.kind === 'ClusterRole' && grants.some(({ clusterWide }) => clusterWide)
        for (const rule of rules) {
          const list = wildcardOf(rule)!
          // `rbac-escalation` says what that is; and of its own resources an agent may be the master in one namespace.
          if (list === 'verbs' && (isEverywhere ? mayBeAnyVerbOnRoles(rule) : isForOwn(node, rule))) continue
          context.report({
            node,
            path: [...rule.path, list, rule[list].indexOf('*')],
            messageId: list === 'resources' && rule.verbs.includes('*') ? 'both' : list,
            data: { name: nameOf(grant.daemonSet) },
          })
        }
      },
    }
  },
})

/** Where the widest wildcard of a rule stands; one that only reads the server's own endpoints has none. */
function wildcardOf(rule: PolicyRule): 'resources' | 'apiGroups' | 'verbs' | undefined {
  if (rule.resources.length === 0) return undefined
  return (['resources', 'apiGroups', 'verbs'] as const).find((list) => rule[list].includes('*'))
}

/** True when a namespaced role is for custom resources alone, or may be. */
function isForOwn({ kind }: OtherNode, { apiGroups }: PolicyRule): boolean {
  const isCustom = (group: string) =>
    group === unknownText || (group.includes('.') && !group.endsWith('.k8s.io'))
  return kind === 'Role' && apiGroups.every(isCustom)
}
