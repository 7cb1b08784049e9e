import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { runtimeSocketOf } from '../utils/host-paths.ts'
import { containersOf, hostMountsOf, knowsHostMounts, mainContainersOf } from '../utils/mounts.ts'
import { counted, nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { podContext } from '../utils/pod-security/fields.ts'
import { mayAdd, violationsOfControl } from '../utils/pod-security/index.ts'
import { needsNoHardening } from '../utils/privileges.ts'

/** Capabilities that look into the kernel, as they may be written. */
const tracing = ['BPF', 'PERFMON', 'CAP_BPF', 'CAP_PERFMON']

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a seccomp profile',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      missing:
        "No seccomp profile holds {{containers}}, so all system calls of the node's kernel are open to a flaw in the agent, unless the kubelet sets `seccompDefault`. Expected `type: RuntimeDefault`, which the pod may state for all.",
      unconfined:
        "`Unconfined` opens all system calls of the node's kernel to a flaw in the agent. Expected `RuntimeDefault`, which allows what most added capabilities ask for, or a `Localhost` profile.",
      tracing:
        "`Unconfined` opens all system calls of the node's kernel to a flaw in the agent. Expected `RuntimeDefault`, which allows `bpf` with BPF and `perf_event_open` with PERFMON since containerd 1.7, Docker 23 and CRI-O 1.35.1, or a `Localhost` profile.",
      set: 'Set `type: RuntimeDefault`',
      setForPod: 'Set `type: RuntimeDefault` for the pod',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (mayBeForWindows(template)) return
        const isHeld = (one: ContainerNode) => !needsNoHardening(one, template, agents)
        if (!containersOf(template).some(isHeld)) return
        const mayChange = !hasAnnotation(template)
        const bare = new Set<unknown>()
        for (const { node, path, value } of violationsOfControl(template, 'seccomp')) {
          if (node.type === 'container' && !isHeld(node)) continue
          if (value === undefined) {
            bare.add(node)
            continue
          }
          const traces = (node.type === 'container' ? [node] : containersOf(template).filter(isHeld)).some(
            (one) => mayAdd(one, tracing),
          )
          if (traces && mayRunOnCrio(template)) continue
          context.report({
            node,
            path,
            messageId: traces ? 'tracing' : 'unconfined',
            suggest: mayChange
              ? [{ messageId: 'set', fix: (fixer) => fixer.set(path, 'RuntimeDefault') }]
              : [],
          })
        }
        // The main containers first: of their privileges another rule may speak instead.
        const lacking = [...new Set([...mainContainersOf(template), ...containersOf(template)])].filter(
          (one) => bare.has(one),
        )
        const [first] = lacking
        if (!first) return
        const path = [...podContext, 'seccompProfile', 'type']
        context.report({
          node: first,
          path: ['securityContext', 'seccompProfile'],
          messageId: 'missing',
          data: { containers: counted('container', lacking.map(nameOf)) },
          suggest: mayChange
            ? [{ messageId: 'setForPod', fix: (fixer) => fixer.set(path, 'RuntimeDefault', template) }]
            : [],
        })
      },
    }
  },
})

/** True where the old annotations name a profile, or may: the API server refuses a field that says another. */
function hasAnnotation(template: PodTemplate): boolean {
  const annotations = template.value.metadata?.annotations
  if (!template.lacks('metadata', 'annotations') && !annotations) return true
  return Object.keys(annotations ?? {}).some((key) => key.includes('seccomp.security.alpha.kubernetes.io'))
}

/**
 * True where the socket of CRI-O is mounted, or may be. Its own profile, that of containers/common, allows `bpf` with BPF
 * only since 1.31, and `perf_event_open` with PERFMON since 1.35.1: containers/common#1988, containers/common#2534.
 */
function mayRunOnCrio(template: PodTemplate): boolean {
  const mounts = hostMountsOf(template)
  return !knowsHostMounts(template) || mounts.some(({ hostPath }) => runtimeSocketOf(hostPath) === 'CRI-O')
}
