import type { KubernetesValue, Manifest } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { type RemovedApi, removalOf, removedApis } from '../utils/removed-apis.ts'

export default defineRule<'removed' | 'refused' | 'definition' | 'gone' | 'move'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow API versions that were removed, of what ships beside a DaemonSet',
      category: 'correctness',
      presets: { recommended: 'error', strict: 'error' },
    },
    messages: {
      removed:
        'Since Kubernetes {{version}} there is no {{kind}} in `{{apiVersion}}`, so `{{name}}` is refused and the daemon runs without it. Expected `{{successor}}`.',
      refused:
        'Since Kubernetes {{version}} there is no {{kind}} in `{{apiVersion}}`, so `{{name}}` is refused. Expected `{{successor}}`.',
      definition:
        'Since Kubernetes {{version}} there is no {{kind}} in `{{apiVersion}}`, so `{{name}}` is refused and its objects cannot be created. Expected `{{successor}}`.',
      gone: 'Since Kubernetes {{version}} there is no {{kind}}, so `{{name}}` is refused. Expected the Pod Security Standards, by labels of the namespace.',
      move: 'Write `{{successor}}`, having checked what it takes otherwise',
    },
    fixable: 'code',
    hasSuggestions: true,
    needs: { kinds: [...new Set(removedApis.flatMap(({ kinds }) => kinds))], text: /\/v\d+beta\d/ },
  },

  create(context) {
    const check = (node: Manifest) => {
      // The version of a patch only says what it is a patch of.
      if (node.role === 'patch') return
      const { apiVersion, kind } = node
      const api = removalOf(apiVersion, kind, context.kubernetesVersions)
      if (!api) return
      const { successor = '', removedIn: version } = api
      const path = ['apiVersion']
      const move = moveOf(node, api)
      context.report({
        node,
        path,
        messageId: !successor
          ? 'gone'
          : kind === 'CustomResourceDefinition'
            ? 'definition'
            : standsAlone.has(kind)
              ? 'refused'
              : 'removed',
        data: { version, apiVersion, kind, name: nameOf(node), successor },
        ...(move === 'same' && { fix: (fixer) => fixer.set(path, successor) }),
        ...(move === 'choice' && {
          suggest: [{ messageId: 'move', data: { successor }, fix: (fixer) => fixer.set(path, successor) }],
        }),
      })
    }
    return {
      manifest: check,
      deployment: check,
      replicaSet: check,
      statefulSet: check,
      cronJob: check,
    }
  },
})

/** Kinds that ship beside a daemon, but that it runs as well without. */
const standsAlone: ReadonlySet<string> = new Set([
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'CronJob',
  'Ingress',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
])

/** How a manifest gets to the new version. */
function moveOf(node: Manifest, { move }: RemovedApi): RemovedApi['move'] {
  if (!move) return undefined
  const selector = (node.value.spec as { selector?: KubernetesValue } | undefined)?.selector
  // In policy/v1 an empty selector selects every pod of the namespace, in v1beta1 it selected none.
  if (node.kind === 'PodDisruptionBudget') {
    if (node.lacks('spec', 'selector')) return move
    return node.knows('spec', 'selector') && !isEmpty(selector) ? move : 'choice'
  }
  // In apps/v1 the selector must be written.
  if (['Deployment', 'ReplicaSet', 'StatefulSet'].includes(node.kind))
    return node.lacks('spec', 'selector') ? undefined : move
  return move
}

/** True for a selector that says nothing: `{}`, or with empty parts. */
function isEmpty(selector: KubernetesValue | undefined): boolean {
  return Object.values(selector ?? {}).every(
    (part) => part === null || (typeof part === 'object' && Object.keys(part).length === 0),
  )
}
