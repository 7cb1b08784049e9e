import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { makeDaemonSet } from '../utils/as-daemon-set.ts'
import { normaliseHostPath } from '../utils/host-paths.ts'
import { type HostMount, hostMountsOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeOnOneNode } from '../utils/node-selection.ts'

/** Logs that the node's own services and the kubelet write. */
const nodeLogs =
  /^(\/var\/log\/(pods|containers|journal|audit|syslog|messages|auth\.log|kern\.log)|\/run\/log\/journal|\/var\/lib\/docker\/containers)$/

export default defineRule<'nodeAccess' | 'change'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a DaemonSet, not a Deployment, for what watches its node',
      category: 'cross-resource',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      nodeAccess:
        'Deployment `{{name}}` looks into its node ({{access}}), but runs on some nodes only, and perhaps twice on one: a DaemonSet runs once on each.',
      change: 'Make it a DaemonSet (delete the Deployment that runs; both would run side by side)',
    },
    hasSuggestions: true,
    needs: { kinds: ['Deployment'], text: /hostPath|hostNetwork|hostPID/ },
  },

  create(context) {
    return {
      deployment(node) {
        const [template] = node.children
        if (!template || mayBeOnOneNode(template)) return
        const access = accessOf(template)
        if (access.length === 0) return
        context.report({
          node,
          path: ['kind'],
          messageId: 'nodeAccess',
          data: { name: nameOf(node), access: access.join(', ') },
          suggest: [{ messageId: 'change', fix: (fixer) => makeDaemonSet(node, fixer) }],
        })
      },
    }
  },
})

/** What of its node the pod looks into, in words. */
function accessOf(template: PodTemplate): string[] {
  const paths = hostMountsOf(template)
    .filter(watchesNode)
    .map(({ hostPath }) => hostPath)
  const pid = template.value.spec?.hostPID === true && !template.isUnknown('spec', 'hostPID')
  return [...new Set([...(pid ? ['hostPID'] : []), ...paths])]
}

/** True for a mount of the node's logs, its processes or its devices; not for a place where an application writes. */
function watchesNode({ hostPath, mount }: HostMount): boolean {
  // Who has all of the node to read is there to look at it.
  if (hostPath === '/') return mount.readOnly === true
  if (nodeLogs.test(hostPath) || /^\/proc(\/|$)/.test(hostPath)) return true
  // /sys/fs/cgroup is what Docker in Docker asks for.
  if (/^\/sys(\/|$)/.test(hostPath)) return !hostPath.startsWith('/sys/fs/cgroup')
  // Applications keep logs of their own there.
  return (
    hostPath === '/var/log' &&
    (mount.readOnly === true || normaliseHostPath(mount.mountPath).endsWith('/var/log'))
  )
}
