import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import {
  allowsAny,
  clusterWideGrantOf,
  isAnyVerbOnRoles,
  isForGroup,
  type PolicyRule,
  policyRulesOf,
  rbacGroup,
} from '../utils/rbac.ts'
import { isBefore } from '../utils/versions.ts'

type Power = 'escalate' | 'impersonate' | 'token' | 'exec' | 'workload' | 'webhook'

export default defineRule<Power>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow rights by which a DaemonSet can get more rights in every namespace',
      category: 'security',
      presets: { security: 'warn', strict: 'warn' },
    },
    messages: {
      escalate:
        '`{{item}}` lets the pods of DaemonSet `{{name}}` give out rights that they do not have: whoever takes over one of its nodes can own the cluster. Expected {{expected}}.',
      impersonate:
        '`impersonate` lets the pods of DaemonSet `{{name}}` act as others: whoever takes over one of its nodes has the rights of them all. Expected `resourceNames` at least.',
      token:
        '`{{item}}` lets the pods of DaemonSet `{{name}}` make tokens for every account: whoever takes over one of its nodes has the rights of them all. Expected `resourceNames`, or a Role.',
      exec: '`{{item}}` lets the pods of DaemonSet `{{name}}` run commands in every pod of the cluster: whoever takes over one of its nodes can own the cluster. Expected a Role in one namespace.',
      workload:
        '`{{item}}` lets the pods of DaemonSet `{{name}}` start pods in every namespace, as any account and on any node: whoever takes over one node can have all. Expected a Role in one namespace.',
      webhook:
        '`{{item}}` lets the pods of DaemonSet `{{name}}` read, or change, whatever is sent to the API server: whoever takes over one of its nodes can own the cluster. Expected {{expected}}.',
    },
    needs: {
      kinds: ['ClusterRole'],
      text: /escalate|bind|roles|impersonate|serviceaccounts\/token|pods|sets|deployments|controllers|jobs|webhook/,
      beside: ['DaemonSet'],
    },
  },

  create(context) {
    const [oldest = ''] = context.kubernetesVersions
    // A websocket was asked for with `get` alone: AuthorizePodWebsocketUpgradeCreatePermission.
    const opening = isBefore(oldest, '1.35') ? ['create', 'get'] : ['create']

    return {
      manifest(node) {
        const found = policyRulesOf(node).flatMap((rule) => powersOf(rule, opening))
        const grant = found.length > 0 ? clusterWideGrantOf(node, context) : undefined
        if (!grant) return
        for (const { power, path, item, rule } of found) {
          const data = { name: nameOf(grant.daemonSet), item, expected: expectedOf(power, rule) }
          context.report({ node, path, messageId: power, data })
        }
      },
    }
  },
})

const writing = ['create', 'update', 'patch']

/**
 * What leads to more rights, with the verbs it takes (none: those that open a connection); `*` among the resources is another rule's.
 * https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 */
const resourcePowers: readonly { power: Power; group: string; resources: string[]; verbs: string[] }[] = [
  { power: 'token', group: '', resources: ['serviceaccounts/token'], verbs: ['create'] },
  { power: 'exec', group: '', resources: ['pods/exec', 'pods/attach'], verbs: [] },
  { power: 'exec', group: '', resources: ['pods/ephemeralcontainers'], verbs: ['update', 'patch'] },
  { power: 'workload', group: '', resources: ['pods', 'replicationcontrollers'], verbs: ['create'] },
  {
    power: 'workload',
    group: 'apps',
    resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
    verbs: writing,
  },
  { power: 'workload', group: 'batch', resources: ['cronjobs', 'jobs'], verbs: ['create'] },
  {
    power: 'webhook',
    group: 'admissionregistration.k8s.io',
    resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
    verbs: writing,
  },
]

const roles = ['*', 'roles', 'clusterroles']
// `uids` and `userextras` of authentication.k8s.io only add to a user that is impersonated.
const users = ['*', 'users', 'groups', 'serviceaccounts']
const verbPowers: typeof resourcePowers = [
  { power: 'escalate', group: rbacGroup, resources: roles, verbs: ['escalate', 'bind'] },
  { power: 'impersonate', group: '', resources: users, verbs: ['impersonate'] },
]

/** The first of each power that a rule gives, and where it stands. */
function powersOf(rule: PolicyRule, opening: string[]) {
  const isOfGroup = ({ group }: { group: string }) => !rule.isNarrowed && isForGroup(rule, group)
  const byVerb = verbPowers.filter(isOfGroup).flatMap(({ power, resources, verbs }) => {
    const isAny = power === 'escalate' && isAnyVerbOnRoles(rule)
    const index = rule.verbs.findIndex((verb) => verbs.includes(verb) || (isAny && verb === '*'))
    if (index < 0 || !rule.resources.some((name) => resources.includes(name))) return []
    return [{ power, path: [...rule.path, 'verbs', index], item: rule.verbs[index]!, rule }]
  })
  const byResource = resourcePowers.filter(isOfGroup).flatMap(({ power, resources, verbs }) => {
    const index = rule.resources.findIndex((name) => resources.includes(name))
    if (index < 0 || !allowsAny(rule, verbs.length > 0 ? verbs : opening)) return []
    return [{ power, path: [...rule.path, 'resources', index], item: rule.resources[index]!, rule }]
  })
  return [...byVerb, ...byResource]
}

/** What would do instead; what is created has no name yet by which it could be allowed. */
function expectedOf(power: Power, rule: PolicyRule): string {
  if (power === 'webhook' && allowsAny(rule, ['create']))
    return 'the configurations made at installation, and `resourceNames` on `update` and `patch`'
  return rule.verbs.includes('*') ? 'the verbs it uses, and `resourceNames`' : '`resourceNames`'
}
