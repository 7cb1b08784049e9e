import type { ContainerNode, Path } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { containersOf } from '../utils/mounts.ts'
import { counted, nameOf } from '../utils/names.ts'
import { itemsAt, knownAt } from '../utils/pod-security/fields.ts'
import { writtenAt } from '../utils/written.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow Secrets in environment variables',
      category: 'security',
      presets: { strict: 'info', security: 'info' },
    },
    messages: {
      used: 'The environment of {{containers}} holds {{secrets}}: every process started there inherits it, dumps show it, and a changed Secret comes in with a restart on every node only. Expected a mounted file, if the agent can read one.',
    },
    needs: { text: /secretKeyRef|secretRef/ },
  },
  create(context) {
    return {
      podTemplate(template) {
        const uses = containersOf(template).flatMap((node) => secretsOf(node).map((path) => ({ node, path })))
        const [first] = uses
        if (!first) return
        context.report({
          node: first.node,
          path: first.path,
          messageId: 'used',
          data: {
            containers: counted(
              'container',
              uses.map(({ node }) => nameOf(node)),
            ),
            secrets: counted(
              'Secret',
              uses.map(({ node, path }) => writtenAt(node, ...path)),
            ),
          },
        })
      },
    }
  },
})

/** Where a container's environment names Secrets. */
function secretsOf(node: ContainerNode): Path[] {
  const references = [
    ...itemsAt(node, 'env').map(({ path }) => [...path, 'valueFrom', 'secretKeyRef']),
    ...itemsAt(node, 'envFrom').map(({ path }) => [...path, 'secretRef']),
  ]
  return references.flatMap((path) => (typeof knownAt(node, ...path) === 'object' ? [[...path, 'name']] : []))
}
