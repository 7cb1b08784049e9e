import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { flagsOf } from '../utils/flags.ts'
import { normaliseHostPath } from '../utils/host-paths.ts'
import { hostPathAt, seesHostPath } from '../utils/host-view.ts'
import { parseImage } from '../utils/image.ts'
import { mountHost } from '../utils/mount-fix.ts'
import { hostMountsOf, knowsHostMounts, mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'

/** node_exporter's flags for what it reads, each with its default, which is the node's path. */
const places = [
  ['path.rootfs', '/'],
  ['path.procfs', '/proc'],
  ['path.sysfs', '/sys'],
] as const

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: "Require node-exporter's flags and mounts to agree on the node's file systems",
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      missing:
        "Container `{{container}}` runs node-exporter without the node's `/`, so it measures its own file systems, not those of the node. Expected `/` mounted, and `--path.rootfs` naming where.",
      unset:
        "The node's `{{path}}` is mounted here, but node-exporter is not told so and measures the container's own. Expected `--{{flag}}={{place}}`.",
      nothing:
        "`--{{flag}}` names `{{place}}`, where the node's `{{path}}` is not mounted, so what node-exporter measures there is not the node.",
      flag: 'Add `--{{flag}}={{place}}`',
      mount: "Mount the node's `/` read-only at `/host/root`, and say so",
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /node[-_]exporter/i },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (!knowsHostMounts(template)) return
        for (const node of mainContainersOf(template)) {
          const flags = flagsOf(node)
          if (agentOf(node)?.name !== 'node-exporter' || !flags || isOld(node)) continue
          for (const [name, hostPath] of places) {
            const given = flags.get(name)
            if (given && !given.known) continue
            const place = normaliseHostPath(given?.value || hostPath)
            if (hostPathAt(template, node, place) === hostPath) continue
            const data = { container: nameOf(node), flag: name, path: hostPath, place }
            if (given && place !== hostPath) {
              context.report({ node, path: given.path, messageId: 'nothing', data })
              continue
            }
            const mount = mountOf(template, node, hostPath)
            if (mount) {
              const own = { ...data, place: mount.place }
              const word = `--${name}=${mount.place}`
              context.report({
                node,
                path: ['volumeMounts', mount.index, 'mountPath'],
                messageId: 'unset',
                data: own,
                suggest: given
                  ? []
                  : [{ messageId: 'flag', data: own, fix: (fixer) => fixer.append(['args'], word) }],
              })
            } else if (hostPath === '/' && measuresFileSystems(node) && !seesHostPath(template, node, '/')) {
              context.report({
                node,
                path: ['volumeMounts'],
                messageId: 'missing',
                data,
                suggest: [
                  {
                    messageId: 'mount',
                    fix: (fixer) => [
                      ...mountHost(fixer, template, node, root),
                      fixer.append(['args'], `--path.rootfs=${root.mountPath}`),
                    ],
                  },
                ],
              })
            }
          }
        }
      },
    }
  },
})

const root = {
  name: 'root',
  path: '/',
  type: 'Directory',
  mountPath: '/host/root',
  readOnly: true,
  mountPropagation: 'HostToContainer',
} as const

/** Versions before 0.18 know no `--path.rootfs`, or only strip it from names. */
function isOld(container: ContainerNode): boolean {
  return /^v?0\.(\d|1[0-7])\./.test(parseImage(container.value.image ?? '').tag ?? '')
}

function mountOf(template: PodTemplate, container: ContainerNode, hostPath: string) {
  const host = hostMountsOf(template).find((one) => one.container === container && one.hostPath === hostPath)
  return host && { index: host.index, place: normaliseHostPath(host.mount.mountPath) }
}

function measuresFileSystems(container: ContainerNode): boolean {
  const flags = flagsOf(container)
  return !flags?.has('no-collector.filesystem') && !flags?.has('collector.disable-defaults')
}
