import type { ContainerPort, PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { isPort } from '../formats/ports.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relatedTo } from '../related.ts'

export const hostPortsRejections = {
  'host-port-conflict': {
    description: 'Refuses one port of the node for two ports of a pod',
    messages: {
      conflict:
        'Another port of this pod takes {{protocol}} port {{port}} of the node{{address}} too. Only one can have it.',
    },
  },
  'host-network-port': {
    description: 'Refuses a hostPort that differs from the containerPort under hostNetwork',
    messages: {
      differs:
        'With `hostNetwork: true` the container listens on the node itself, so `hostPort` must be its `containerPort`, {{containerPort}}, or be left out, not {{hostPort}}.',
      alone: 'With `hostNetwork: true`, `hostPort` must be the same as `containerPort`, or be left out.',
      match: 'Set `hostPort` to {{containerPort}}, the port that the container listens on.',
      listen: 'Set `containerPort` to {{hostPort}}.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** What conflicts, and where it stands. */
type Taken = Map<string, Field>

/**
 * Ports of the node: k8s.io/kubernetes pkg/apis/core/validation, checkHostPortConflicts and
 * validatePodHostNetworkDeps. All containers run together, so their ports may not conflict; of init containers, each
 * is looked at by itself, sidecars too, and its ports are named as if it were the first of them.
 */
export function validateHostPorts(validation: Validation, spec: PodSpec, pod: Field): void {
  const taken: Taken = new Map()
  eachItem(spec.containers, pod.child('containers'), ({ ports }, container) => {
    if (!ports) return
    eachItem(ports, container.child('ports'), (port, field) => {
      validateConflict(validation, port, field, taken)
      if (spec.hostNetwork) validateMatch(validation, port, field, pod)
    })
  })
  const first = pod.child('initContainers').index(0).child('ports')
  eachItem(spec.initContainers, pod.child('initContainers'), ({ ports }, container) => {
    if (!ports || ports.length < 2) return
    const own: Taken = new Map()
    eachItem(ports, container.child('ports'), (port, field, index) =>
      validateConflict(validation, port, field, own, first.index(index)),
    )
  })
}

/** @param printed how the server names the port */
function validateConflict(
  validation: Validation,
  { hostPort, protocol, hostIP }: ContainerPort,
  field: Field,
  taken: Taken,
  printed = field,
): void {
  if (!hostPort) return
  const key = `${protocol || 'TCP'}/${hostIP ?? ''}/${hostPort}`
  const first = taken.get(key)
  if (!first) {
    taken.set(key, field)
    return
  }
  validation.report({
    id: 'host-port-conflict',
    at: field.child('hostPort'),
    field: printed.child('hostPort'),
    messageId: 'conflict',
    data: {
      protocol: protocol || 'TCP',
      port: hostPort,
      address: hostIP ? ` at \`${hostIP}\`` : '',
    },
    needs: [field.child('protocol'), field.child('hostIP'), first.child('protocol'), first.child('hostIP')],
    related: relatedTo(validation, first.child('hostPort'), 'the first that takes it'),
  })
}

function validateMatch(
  validation: Validation,
  { hostPort, containerPort }: ContainerPort,
  field: Field,
  pod: Field,
): void {
  // That it is out of range has been said.
  if (!hostPort || hostPort === containerPort || !isPort(hostPort)) return
  const at = field.child('hostPort')
  const needs = [pod.child('hostNetwork'), field.child('containerPort')]
  if (!containerPort || !isPort(containerPort)) {
    validation.report({ id: 'host-network-port', at, needs, messageId: 'alone' })
    return
  }
  const { path } = at
  const other = field.child('containerPort').path
  validation.report({
    id: 'host-network-port',
    at,
    needs,
    messageId: 'differs',
    data: { hostPort, containerPort },
    suggest: [
      { messageId: 'match', data: { containerPort }, fix: (fixer) => fixer.set(path, containerPort) },
      { messageId: 'listen', data: { hostPort }, fix: (fixer) => fixer.set(other, hostPort) },
    ],
  })
}
