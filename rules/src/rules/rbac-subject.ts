import type { DaemonSetNode, OtherNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { accountOf, mayBeMade, mayBeUsed, namespaceOf } from '../utils/accounts.ts'
import { nameOf } from '../utils/names.ts'
import { bindingKinds, mayHaveRights, type Subject, subjectsOf } from '../utils/rbac.ts'
import { areSimilar } from '../utils/similar-names.ts'
import { workloadKinds } from '../utils/template.ts'

/** Kinds of which one may run as an account, or make it. */
const usersOrMakers = ['ServiceAccount', ...workloadKinds]

export default defineRule<'name' | 'namespace' | 'unnamed' | 'bind' | 'use'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require bindings to name the account that the DaemonSet beside them runs as',
      category: 'cross-resource',
      presets: { security: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      name: 'No pod here runs as account `{{account}}`: DaemonSet `{{daemonSet}}` runs as `{{wanted}}`, so it has none of these rights on any node. Expected `{{wanted}}`.',
      namespace:
        'Account `{{account}}` of this namespace is not that of DaemonSet `{{daemonSet}}`, which runs in `{{wanted}}`, so it has none of these rights on any node. Expected `{{wanted}}`.',
      unnamed:
        '`{{binding}}` gives rights to account `{{account}}`, but DaemonSet `{{daemonSet}}` runs as `default`, without them on any node. Expected `serviceAccountName: {{account}}`.',
      bind: 'Bind it to `{{wanted}}`',
      use: 'Run as account `{{account}}`',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['automount-token', 'default-service-account'],
    needs: { kinds: ['DaemonSet', ...bindingKinds], text: /ServiceAccount/, beside: ['DaemonSet'] },
  },

  create(context) {
    function judgeSubject(node: OtherNode, subject: Subject) {
      const { path, kind, name, namespace } = subject
      const stated = namespace || namespaceOf(node)
      if (kind !== 'ServiceAccount' || !stated) return
      const meant = context
        .resources({ kinds: ['DaemonSet'] })
        .flatMap(({ manifest }) =>
          manifest.type === 'daemonSet' ? wrongPartOf(subject, stated, manifest) : [],
        )
      if (meant.length === 0) return
      if (mayBeMade(name, stated, context) || mayBeUsed(name, stated, context)) return
      const [wrong] = meant.filter(({ daemonSet }) => !mayHaveRights(daemonSet, context))
      if (!wrong || context.mayHide({ kinds: usersOrMakers })) return
      const { part, wanted, daemonSet } = wrong
      context.report({
        node,
        path: [...path, part],
        messageId: part,
        data: { account: name, wanted, daemonSet: nameOf(daemonSet) },
        suggest: [
          { messageId: 'bind', data: { wanted }, fix: (fixer) => fixer.set([...path, part], wanted) },
        ],
      })
    }

    /** A binding gives rights to an account that is made for the DaemonSet, but the DaemonSet names none. */
    function judgeUnnamed(daemonSet: DaemonSetNode) {
      const [node] = daemonSet.children
      const namespace = namespaceOf(daemonSet)
      const path = ['spec', 'serviceAccountName']
      if (namespace === undefined || !node?.lacks(...path) || accountOf(node) !== 'default') return
      if (!node.lacks('spec', 'automountServiceAccountToken')) return
      const isAlone = () => context.resources({ kinds: workloadKinds }).length === 1
      for (const { manifest: binding } of context.resources({
        kinds: bindingKinds,
        text: 'ServiceAccount',
      })) {
        const subject = subjectsOf(binding as OtherNode).find((one) => one.kind === 'ServiceAccount')
        const account = subject?.name
        if (!subject || !account || (subject.namespace || namespaceOf(binding)) !== namespace) continue
        if (account !== daemonSet.name && !isAlone()) continue
        if (!mayBeMade(account, namespace, context) || mayBeUsed(account, namespace, context)) continue
        if (mayHaveRights(daemonSet, context) || context.mayHide({ kinds: workloadKinds })) return
        context.report({
          node,
          path,
          messageId: 'unnamed',
          data: { binding: nameOf(binding), account, daemonSet: nameOf(daemonSet) },
          suggest: [{ messageId: 'use', data: { account }, fix: (fixer) => fixer.set(path, account) }],
        })
        return
      }
    }

    return {
      daemonSet: judgeUnnamed,
      manifest(node) {
        for (const subject of subjectsOf(node)) judgeSubject(node, subject)
      },
    }
  },
})

interface WrongPart {
  part: 'name' | 'namespace'
  wanted: string
  daemonSet: DaemonSetNode
}

/** What of a subject is to be changed so that it is the account of a DaemonSet; none where another must be meant. */
function wrongPartOf(subject: Subject, stated: string, daemonSet: DaemonSetNode): WrongPart[] {
  const [template] = daemonSet.children
  const [account, namespace] = [template && accountOf(template), namespaceOf(daemonSet)]
  if (!account || account === 'default' || !namespace) return []
  if (account === subject.name && namespace !== stated) {
    return [{ part: 'namespace', wanted: namespace, daemonSet }]
  }
  const isNear = namespace === stated && areSimilar(subject.name, account)
  return isNear ? [{ part: 'name', wanted: account, daemonSet }] : []
}
