import type { FoundResource, Manifest, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { placeOf, sharesNamespace } from '../utils/found.ts'
import { type HostPort, hostPortsOf } from '../utils/host-ports.ts'
import { nameOf } from '../utils/names.ts'
import { surelyMeet } from '../utils/node-overlap.ts'
import { once } from '../utils/once.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow one port of the node for two DaemonSets',
      category: 'cross-resource',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      taken:
        'Port {{port}} of the node is taken by DaemonSet `{{name}}` too ({{place}}): where both are to run, the pods of one stay Pending. Expected another port for one of them.',
    },
    supersedes: ['host-port'],
    needs: { text: /hostPort|hostNetwork/ },
  },
  create(context) {
    return {
      daemonSet(node) {
        const [template] = node.children
        const ports = template && node.role === 'manifest' ? hostPortsOf(template) : []
        if (!template || ports.length === 0) return
        const others = context
          .resources({ kinds: ['DaemonSet'], text: /hostPort|hostNetwork/ })
          .filter((other) => comesBefore(other) && !mayBeSame(node, other.manifest))
          .filter(({ manifest: { children } }) => children[0] && surelyMeet(template, children[0]))
        for (const port of ports) {
          const found = takenBy(others, port)
          if (!found) continue
          const { other, at } = found
          context.report({
            node: port.container,
            path: port.path,
            messageId: 'taken',
            data: { port: port.port, name: nameOf(other.manifest), place: placeOf(other, context.filePath) },
            ...(other.filePath === undefined &&
              at && { related: { position: at, message: 'the other DaemonSet takes it here' } }),
          })
        }

        /** Of the two the later one is told, or the one in the file that comes later. */
        function comesBefore({ manifest, filePath }: FoundResource): boolean {
          if (filePath !== undefined) return context.filePath === undefined || filePath < context.filePath
          return offsetOf(manifest) < offsetOf(node)
        }
      },
    }
  },
})

const offsetOf = ({ position }: Manifest) => position.start.offset ?? 0

/** True when one may take the place of the other: it has the same name, or perhaps so. */
function mayBeSame(one: Manifest, other: Manifest): boolean {
  if (sharesNamespace(one, other) === false) return false
  return one.name === other.name || one.name === '' || other.name === ''
}

/** The first of other DaemonSets beside which a port cannot be taken, and where that states it. */
function takenBy(others: readonly FoundResource[], port: HostPort) {
  for (const other of others) {
    const [template] = other.manifest.children
    const their = (template && byNumber(template).get(port.port))?.find(
      ({ protocol, address }) =>
        protocol === port.protocol && (address === port.address || address === '' || port.address === ''),
    )
    if (their) return { other, at: their.container.at(...their.path) }
  }
  return undefined
}

const byNumber = once((template: PodTemplate): ReadonlyMap<number, HostPort[]> => {
  const known = new Map<number, HostPort[]>()
  for (const one of hostPortsOf(template)) {
    const same = known.get(one.port)
    if (same) same.push(one)
    else known.set(one.port, [one])
  }
  return known
})
