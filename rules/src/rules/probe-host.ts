import { defineRule } from '@daemonlint/core/define'
import { violationsOfControl } from '../utils/pod-security/index.ts'
import { mayShare } from '../utils/template.ts'

/** Addresses that stand for the machine that connects to them, which is the node: the kubelet does. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|0\.0\.0\.0|::1?|\[::1?\])$/i

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow probes and hooks that ask another host than the pod',
      category: 'probes',
      presets: { recommended: 'warn', strict: 'warn', security: 'warn' },
    },
    messages: {
      node: 'The kubelet asks its own node, not the pod, for `{{host}}` is the machine that asks: what answers there, if anything, says nothing of this container. Expected no `host`, which is the address of the pod.',
      other:
        'The kubelet asks `{{host}}`, not the pod: the answer says nothing of this container, and every node sends requests there. Expected no `host`, which is the address of the pod.',
      remove: 'Remove `host`, so that the pod is asked',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['readiness-dependency'],
    needs: { text: /[^/]\bhost\b/ },
  },
  create(context) {
    return {
      podTemplate(template) {
        for (const { node, path, value } of violationsOfControl(template, 'probeHosts')) {
          const isNode = loopback.test(String(value))
          // On the node's network that is where the pod listens.
          if (isNode && mayShare(template, 'hostNetwork')) continue
          context.report({
            node,
            path,
            messageId: isNode ? 'node' : 'other',
            data: { host: String(value) },
            suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(path) }],
          })
        }
      },
    }
  },
})
