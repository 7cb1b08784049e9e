import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow lifecycle hooks that open a TCP connection',
      category: 'lifecycle',
      presets: { recommended: 'error', strict: 'error', reliability: 'error' },
    },
    messages: {
      postStart:
        'The postStart hook of container `{{container}}` opens a TCP connection, which no kubelet does: the hook always fails, and the container is stopped as soon as it has started. Expected a startupProbe.',
      preStop:
        'The preStop hook of container `{{container}}` opens a TCP connection, which no kubelet does: the hook always fails, and the container is stopped without it. Expected `exec`, `httpGet` or `sleep`.',
      remove: 'Remove the hook',
      probe: 'Make it a startupProbe',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /lifecycle/ },
  },

  create(context) {
    return {
      container(node) {
        for (const hook of ['postStart', 'preStop'] as const) {
          const path = ['lifecycle', hook, 'tcpSocket']
          const { tcpSocket, ...others } = node.value.lifecycle?.[hook] ?? {}
          // Of several actions the API server refuses all but one.
          if (!tcpSocket || Object.keys(others).length > 0) continue
          const whole = node.manifest.role === 'manifest'
          const probe = hook === 'postStart' && node.lacks('startupProbe') && node.knows(...path)
          context.report({
            node,
            path,
            on: 'key',
            messageId: hook,
            data: { container: nameOf(node) },
            // Taken out of a patch, the hook stays what it is.
            suggest: [
              { messageId: 'remove', fix: (fixer) => (whole ? fixer.remove(['lifecycle', hook]) : null) },
              {
                messageId: 'probe',
                fix: (fixer) =>
                  whole && probe
                    ? [
                        fixer.remove(['lifecycle', hook]),
                        fixer.set(['startupProbe'], { tcpSocket: { ...tcpSocket } }),
                      ]
                    : null,
              },
            ],
          })
        }
      },
    }
  },
})
