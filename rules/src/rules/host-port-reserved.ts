import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { type Agents, agentsFor } from '../utils/agents.ts'
import { clusterOf } from '../utils/cluster.ts'
import { type HostPort, hostPortsOf } from '../utils/host-ports.ts'
import { knownRepositoryOf, repositoryOf } from '../utils/image.ts'
import { nameOf } from '../utils/names.ts'
import { nodeSelectionOf } from '../utils/node-selection.ts'
import { controlPlaneTaint, tolerates, tolerationsOf } from '../utils/tolerations.ts'

interface Reserved {
  ports: readonly number[]
  owner: string
  /** What the owner, its replacements and proxies for it are called. */
  called: RegExp
  /** Only control-plane nodes have it. */
  controlPlane?: true
}

/**
 * TCP ports of Kubernetes' own components, by their defaults: pkg/cluster/ports of kubernetes/kubernetes and
 * https://kubernetes.io/docs/reference/networking/ports-and-protocols/. CNI agents that replace kube-proxy answer its
 * health checks in its place.
 */
const reserved: readonly Reserved[] = [
  { ports: [10248, 10250], owner: 'the kubelet', called: /kubelet/ },
  { ports: [10255], owner: 'the read-only server of the kubelet, where that is on,', called: /kubelet/ },
  { ports: [10249, 10256], owner: 'kube-proxy', called: /proxy/ },
  {
    ports: [6443],
    owner: 'the API server',
    called: /api|proxy|vip|lb|balancer|nginx|envoy/,
    controlPlane: true,
  },
  { ports: [2379, 2380], owner: 'etcd', called: /etcd/, controlPlane: true },
  { ports: [10257], owner: 'the controller manager', called: /controller-manager/, controlPlane: true },
  { ports: [10259], owner: 'the scheduler', called: /scheduler/, controlPlane: true },
]

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
    schema: [
      {
        type: 'object',
        properties: { nodePortRange: { type: 'string', pattern: '^\\d{1,5}-\\d{1,5}$' } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ nodePortRange: '30000-32767' }],
  },
  create(context) {
    const agents = agentsFor(context.settings)
    const { controlPlaneNodes = true } = clusterOf(context.settings)
    const range = context.options[0].nodePortRange ?? ''
    const [first = 0, last = 0] = range.split('-').map(Number)
    return {
      podTemplate(template) {
        for (const host of hostPortsOf(template)) {
          const { container, path, port, listens } = host
          const data = { port, container: nameOf(container), range }
          if (port >= first && port <= last) {
            context.report({ node: container, path, messageId: 'nodePort', data })
            continue
          }
          const taken = reserved.find(({ ports }) => ports.includes(port))
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

/** True for the component itself, what stands in for it, and what may be either. */
function mayBeOwner(
  host: HostPort,
  { owner, called }: Reserved,
  template: PodTemplate,
  agents: Agents,
): boolean {
  const { manifest } = template
  if (host.address !== '' || manifest.isUnknown('metadata', 'name') || !manifest.name) return true
  if (owner === 'kube-proxy' && agents.mayBeOfKind(template, ['network'])) return true
  return called.test(manifest.name) || mayBeCalled(called, host.container)
}

function mayBeCalled(called: RegExp, container: ContainerNode): boolean {
  if (container.isUnknown('name') || knownRepositoryOf(container) === '') return true
  return called.test(`${container.value.name} ${repositoryOf(container)}`)
}

/** True when the pods tolerate the control plane's taint, and nothing but labels that any node has chooses the nodes. */
function runsOnControlPlane(template: PodTemplate): boolean {
  const keys = nodeSelectionOf(template)?.terms.flat()
  if (!keys || keys.some((key) => /control-plane|master|role/.test(key))) return false
  return (
    tolerationsOf(template)?.some(({ value, known }) => known && tolerates(value, controlPlaneTaint)) ?? false
  )
}
