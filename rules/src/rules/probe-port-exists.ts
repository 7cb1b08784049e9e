import type { ContainerNode, Path } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { textAt } from '../utils/fields.ts'
import { hooks, probes } from '../utils/handlers.ts'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { templateOf } from '../utils/template.ts'

/**
 * What becomes of a probe or a hook whose port the kubelet does not find. A probe then has no result, not a failure:
 * what holds before the first one stays. doProbe and newWorker in pkg/kubelet/prober/worker.go.
 */
const effects = {
  livenessProbe: 'so the probe never comes to a result and a container that hangs is never restarted',
  readinessProbe: 'so the probe never succeeds and the pod is never ready',
  startupProbe:
    'so the container never counts as started: its other probes never run and the pod is never ready',
  postStart: 'so the hook always fails and the container is stopped as soon as it has started',
  preStop: 'so the hook always fails and the container is stopped without it',
}

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require that a port which a probe or a hook names is declared',
      category: 'probes',
      presets: { recommended: 'error', strict: 'error', reliability: 'error' },
    },
    messages: {
      missing: 'Container `{{container}}` declares no port named `{{port}}`, {{effect}}.',
      elsewhere:
        'Container `{{container}}` declares no port named `{{port}}`, and that of container `{{other}}` does not count, {{effect}}.',
      use: 'Use port {{port}}',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /Probe|lifecycle/ },
  },

  create(context) {
    return {
      container(node) {
        const ports = portsOf(node)
        if (!ports) return
        for (const { kind, path } of handlers) {
          const port = textAt(node, ...path)
          if (port === undefined || !isPortName(port)) continue
          if (ports.some(({ name }) => name === port)) continue
          const other = containersOf(templateOf(node)!).find((one) =>
            portsOf(one)?.some(({ name }) => name === port),
          )
          const meant = other && portsOf(other)?.find(({ name }) => name === port)?.containerPort
          const candidates = [...ports.map(({ name, containerPort }) => name ?? containerPort), meant]
          context.report({
            node,
            path,
            messageId: other ? 'elsewhere' : 'missing',
            data: {
              container: nameOf(node),
              port,
              other: other ? nameOf(other) : '',
              effect: effects[kind],
            },
            suggest: [...new Set(candidates)].slice(0, 4).flatMap((candidate) =>
              candidate === undefined
                ? []
                : {
                    messageId: 'use',
                    data: { port: candidate },
                    fix: (fixer) => fixer.set(path, candidate),
                  },
            ),
          })
        }
      },
    }
  },
})

const handlers: { kind: keyof typeof effects; path: Path }[] = [
  ...probes.flatMap((kind) => ['httpGet', 'tcpSocket'].map((way) => ({ kind, path: [kind, way, 'port'] }))),
  // A hook's tcpSocket never works, whatever the port is.
  ...hooks.map((kind) => ({ kind, path: ['lifecycle', kind, 'httpGet', 'port'] })),
]

/** The TCP ports of a container; undefined where some of their names are unknown. */
function portsOf(container: ContainerNode) {
  if (container.manifest.role === 'patch' || container.isUnknown('ports')) return undefined
  const ports = container.value.ports ?? []
  const fields = ['name', 'containerPort', 'protocol']
  const isKnown = (_: unknown, index: number) =>
    !container.isUnknown('ports', index) &&
    fields.every((field) => !container.isUnknown('ports', index, field))
  if (!ports.every(isKnown)) return undefined
  return ports.flatMap((port) => (port?.containerPort ? [port] : []))
}

/** Anything else the API server refuses as the name of a port; what is written as `"8080"` as well. */
function isPortName(port: string): boolean {
  return /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(port)
}
