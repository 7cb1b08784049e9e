import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { clusterOf } from '../utils/cluster.ts'
import { hostPortsOf } from '../utils/host-ports.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeOwner, reservedPort, runsOnControlPlane } from '../utils/reserved-ports.ts'

export default defineRule<'taken' | 'diverted' | 'nodePort', [{ nodePortRange?: string }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow ports of the node that Kubernetes itself uses',
      category: 'networking',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      taken:
        'On port {{port}} of {{nodes}}, {{owner}} listens already, so container `{{container}}` cannot. Expected another port.',
      diverted:
        'On port {{port}} of {{nodes}}, {{owner}} listens already: this `hostPort` takes the traffic away from there. Expected another port.',
      nodePort:
        'Port {{port}} is one of those that Services of type NodePort get ({{range}}): once one gets this port, either it or container `{{container}}` has no traffic. Expected a port outside.',
    },
    supersedes: ['host-port'],
    schema: [
      {
        type: 'object',
        properties: { nodePortRange: { type: 'string', pattern: '^\\d{1,5}-\\d{1,5}$' } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ nodePortRange: '30000-32767' }],
    needs: { text: /hostPort|hostNetwork/ },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    const { controlPlaneNodes = true } = clusterOf(context.settings)
    const range = context.options[0].nodePortRange ?? ''
    const [first = 0, last = 0] = range.split('-').map(Number)
    return {
      podTemplate(template) {
        for (const host of hostPortsOf(template)) {
          const { container, path, port, address, listens } = host
          const data = { port, container: nameOf(container), range }
          if (address === '' && port >= first && port <= last) {
            context.report({ node: container, path, messageId: 'nodePort', data })
            continue
          }
          const taken = reservedPort(port)
          if (!taken || host.protocol !== 'TCP' || mayBeOwner(host, taken, template, agents)) continue
          if (taken.controlPlane && !(controlPlaneNodes && runsOnControlPlane(template))) continue
          context.report({
            node: container,
            path,
            messageId: listens ? 'taken' : 'diverted',
            data: {
              ...data,
              owner: taken.owner,
              nodes: taken.controlPlane ? 'control-plane nodes' : 'every node',
            },
          })
        }
      },
    }
  },
})
