import type { FoundResource, Manifest, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { placeOf, sharesNamespace } from '../utils/found.ts'
import { type HostPort, hostPortsOf } from '../utils/host-ports.ts'
import { nameOf } from '../utils/names.ts'
import { surelyMeet } from '../utils/node-overlap.ts'

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
  },
  create(context) {
    return {
      daemonSet(node) {
        const [template] = node.children
        const ports = template && node.role === 'manifest' ? hostPortsOf(template) : []
        for (const port of ports) {
          const found = context.resources({ kinds: ['DaemonSet'], text: String(port.port) }).find((other) => {
            const [theirs] = other.manifest.children
            if (!theirs || !comesBefore(other)) return false
            if (mayBeSame(node, other.manifest)) return false
            return hostPortsOf(theirs).some((their) => clash(port, their)) && surelyMeet(template!, theirs)
          })
          if (!found) continue
          const their = portOf(found, port)
          context.report({
            node: port.container,
            path: port.path,
            messageId: 'taken',
            data: { port: port.port, name: nameOf(found.manifest), place: placeOf(found, context.filePath) },
            ...(found.filePath === undefined &&
              their && { related: { position: their, message: 'the other DaemonSet takes it here' } }),
          })
        }

        /** Of the two the later one is told, or the one in the file that comes later. */
        function comesBefore({ manifest, filePath }: FoundResource): boolean {
          if (filePath !== undefined) return context.filePath === undefined || filePath < context.filePath
          return manifest.position.start.line < node.position.start.line
        }
      },
    }
  },
})

/** True when one may take the place of the other: it has the same name, or perhaps so. */
function mayBeSame(one: Manifest, other: Manifest): boolean {
  if (sharesNamespace(one, other) === false) return false
  return one.name === other.name || one.name === '' || other.name === ''
}

function clash(one: HostPort, other: HostPort): boolean {
  if (one.port !== other.port || one.protocol !== other.protocol) return false
  return one.address === other.address || one.address === '' || other.address === ''
}

function portOf({ manifest: { children } }: FoundResource, port: HostPort) {
  const their = hostPortsOf(children[0] as PodTemplate).find((one) => clash(port, one))
  return their?.container.at(...their.path)
}
