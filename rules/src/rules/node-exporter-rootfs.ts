import type { ContainerNode, Edit, Fixer, FixFunction } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { flagsOf } from '../utils/flags.ts'
import { seesHostPath } from '../utils/host-view.ts'
import { mountHost } from '../utils/mount-fix.ts'
import { knowsHostMounts, mainContainersOf } from '../utils/mounts.ts'
import { listed, nameOf } from '../utils/names.ts'
import { mayBeOld, measuresFileSystems, wrongPlaces } from '../utils/node-exporter.ts'

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
        "Container `{{container}}` mounts the node's {{paths}}, but node-exporter is not told where and measures the container's own. Expected {{flags}}.",
      nothing: "{{found}}, so what node-exporter measures there is not the node's.",
      add: 'Add {{flags}}',
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
          const flags = agentOf(node)?.id === 'node-exporter' && flagsOf(node)
          if (!flags || mayBeOld(node)) continue
          const container = nameOf(node)
          const wrong = wrongPlaces(template, node, flags)
          const misled = wrong.flatMap((one) => (one.given && one.place !== one.path ? [one] : []))
          if (misled.length > 0) {
            const found = misled.map(
              (one) => `\`--${one.flag}\` names \`${one.place}\`, where ${one.instead}`,
            )
            context.report({
              node,
              path: misled[0]!.given!.path,
              messageId: 'nothing',
              data: { found: found.join(', and ') },
            })
          }
          const unset = wrong.filter(({ given, path, place, mount }) => mount && (!given || place === path))
          if (unset.length > 0) {
            const words = unset.map(({ flag, mount }) => `--${flag}=${mount!.place}`)
            const texts = { paths: listed(unset.map(({ path }) => path)), flags: listed(words) }
            const fix: FixFunction = (fixer) => [
              ...unset.flatMap(({ path, mount }) =>
                path === '/' ? [follow(fixer, node, mount!.index)] : [],
              ),
              ...words.map((word) => fixer.append(['args'], word)),
            ]
            context.report({
              node,
              path: ['volumeMounts', unset[0]!.mount!.index, 'mountPath'],
              messageId: 'unset',
              data: { container, ...texts },
              // A flag that is there already must not be there twice.
              suggest: unset.some(({ given }) => given) ? [] : [{ messageId: 'add', data: texts, fix }],
            })
          }
          if (!wrong.some(({ path, place, mount }) => path === '/' && place === path && !mount)) continue
          if (!measuresFileSystems(flags) || seesHostPath(template, node, '/')) continue
          const fix: FixFunction = (fixer) => {
            const mount = () => mountHost(fixer, template, node, root)
            const tell = () => flagsFor(wrong).map((flag) => fixer.append(['args'], flag))
            // What belongs to a list comes before what follows it.
            return node.lacks('args') ? [...mount(), ...tell()] : [...tell(), ...mount()]
          }
          const suggest = [{ messageId: 'mount' as const, fix }]
          context.report({ node, path: ['volumeMounts'], messageId: 'missing', data: { container }, suggest })
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

/** What is to be told where the whole node is mounted: nothing that it is told already. */
function flagsFor(wrong: ReturnType<typeof wrongPlaces>): string[] {
  return wrong.flatMap(({ flag, path, given }) =>
    given && path !== '/' ? [] : [`--${flag}=${root.mountPath}${path === '/' ? '' : path}`],
  )
}

/** Lets a mount show what the node mounts later. */
function follow(fixer: Fixer, container: ContainerNode, index: number): Edit[] | null {
  const path = ['volumeMounts', index, 'mountPropagation']
  return container.lacks(...path) ? fixer.set(path, 'HostToContainer') : []
}
