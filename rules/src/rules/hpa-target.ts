import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { daemonSetNamedBy } from '../utils/targets.ts'

/** The kinds that scale a target, and the API groups they are of. */
const scalers = new Map([
  ['HorizontalPodAutoscaler', /^autoscaling\//],
  // KEDA makes a HorizontalPodAutoscaler of it.
  ['ScaledObject', /^keda\.sh\//],
])

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow horizontal autoscalers for a DaemonSet',
      category: 'cross-resource',
      presets: { recommended: 'error', strict: 'error' },
    },
    messages: {
      target:
        '{{kind}} `{{name}}` is to scale a DaemonSet, which has one pod on each node and nothing to scale: it fails to read the current number of replicas again and again. Expected a Deployment or a StatefulSet, or no autoscaler.',
    },
    needs: { kinds: [...scalers.keys()], text: /scaleTargetRef/ },
  },
  create(context) {
    return {
      manifest(node) {
        if (!scalers.get(node.kind)?.test(node.apiVersion)) return
        if (!daemonSetNamedBy(node, 'scaleTargetRef')) return
        const path = ['spec', 'scaleTargetRef', 'kind'] as const
        context.report({ node, path, messageId: 'target', data: { kind: node.kind, name: nameOf(node) } })
      },
    }
  },
})
