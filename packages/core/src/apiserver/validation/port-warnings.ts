import type { ContainerPort, PodSpec } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relatedTo } from '../related.ts'

export const portWarningsRejections = {
  'duplicate-port': {
    description: 'Warns of a port that a pod declares twice',
    messages: {
      duplicate:
        'Port {{port}} is declared a second time in this pod, whose containers share their addresses: declare it once.',
      overlap:
        'Port {{port}} is declared a second time in this pod, with another `hostPort` or `hostIP`: declare it once, as it is meant.',
    },
    accepted: true,
  },
  'ambiguous-port': {
    description: 'Warns of one hostPort for one address of the node and for all of them',
    messages: {
      ambiguous:
        'Another port of this pod takes {{protocol}} port {{hostPort}} of the node too, {{other}}. Which of the two gets the traffic is undefined.',
    },
    accepted: true,
  },
  'host-ip-without-host-port': {
    description: 'Warns of a hostIP without a hostPort',
    messages: {
      alone:
        '`hostIP` does nothing without a `hostPort`: this port is not opened on the node. Set `hostPort`, or remove `hostIP`.',
    },
    accepted: true,
  },
  'duplicate-port-name': {
    description: 'Warns of a port name that two containers of a pod use',
    messages: {
      duplicate:
        'Another container of this pod names a port `{{name}}` too. What selects a port by name, such as a Service, gets that one.',
    },
    accepted: true,
  },
} satisfies RejectionTable

interface Declared {
  port: ContainerPort
  field: Field
  /** The server refuses conflicts among the ports of one scope: then there is no need to warn. */
  scope: string | number
}

interface Seen {
  /** The first ports of several kinds, see {@link warnOfPort}. */
  ports: Map<string, Declared>
  /** By name: the first port that has it, and its container. */
  names: Map<string, { field: Field; container: Field }>
}

/** k8s.io/kubernetes pkg/api/pod/warnings.go: the ports of all containers, init containers first. */
export function warnOfPorts(validation: Validation, spec: PodSpec, pod: Field): void {
  const seen: Seen = { ports: new Map(), names: new Map() }
  for (const list of ['initContainers', 'containers'] as const) {
    eachItem(spec[list], pod.child(list), ({ ports }, container, index) => {
      if (!ports) return
      const scope = list === 'containers' ? list : index
      eachItem(ports, container.child('ports'), (port, field) => {
        warnOfAddress(validation, port, field)
        warnOfPort(validation, { port, field, scope }, seen)
        warnOfName(validation, port, field, container, seen)
      })
    })
  }
}

function warnOfAddress(validation: Validation, { hostIP, hostPort }: ContainerPort, field: Field): void {
  if (!hostIP || hostPort) return
  validation.report({
    id: 'host-ip-without-host-port',
    at: field.child('hostIP'),
    field,
    messageId: 'alone',
    needs: [field.child('hostPort')],
  })
}

/** Looks for the first port of each kind that it may clash with, for there may be thousands. */
function warnOfPort(validation: Validation, declared: Declared, { ports }: Seen): void {
  const { containerPort, protocol, hostPort, hostIP } = declared.port
  if (!containerPort) return
  const number = `${containerPort}/${protocol || 'TCP'}`
  const same = `${number} ${hostPort || 0} ${hostIP ?? ''}`
  const atAll = `${number} at all ${hostPort}`
  const atOne = `${number} at one ${hostPort}`
  const first = ports.get(number)
  const twin = ports.get(same)
  if (first) {
    if (twin && (!hostPort || twin.scope !== declared.scope))
      reportPair(validation, 'duplicate', declared, twin, number)
    const other = hostPort
      ? ports.get(`${number} inside`)
      : first === twin
        ? ports.get(`${number} other`)
        : first
    if (other) reportPair(validation, 'overlap', declared, other, number)
    const rival = hostPort ? ports.get(hostIP ? atAll : atOne) : undefined
    if (rival) reportPair(validation, 'ambiguous', declared, rival, number)
    if (first !== twin) keep(ports, `${number} other`, declared)
  }
  keep(ports, number, declared)
  keep(ports, same, declared)
  keep(ports, hostPort ? (hostIP ? atOne : atAll) : `${number} inside`, declared)
}

function keep(ports: Seen['ports'], key: string, declared: Declared): void {
  if (!ports.has(key)) ports.set(key, declared)
}

function reportPair(
  validation: Validation,
  kind: 'duplicate' | 'overlap' | 'ambiguous',
  { port, field }: Declared,
  other: Declared,
  key: string,
): void {
  const ambiguous = kind === 'ambiguous'
  validation.report({
    id: ambiguous ? 'ambiguous-port' : 'duplicate-port',
    at: field.child(ambiguous ? 'hostPort' : 'containerPort'),
    field,
    messageId: kind,
    data: ambiguous
      ? {
          protocol: port.protocol || 'TCP',
          hostPort: port.hostPort!,
          other: other.port.hostIP ? `at \`${excerpt(other.port.hostIP)}\` only` : 'at all its addresses',
        }
      : { port: key },
    needs: [field, other.field],
    related: relatedTo(validation, other.field.child('containerPort'), 'the port declared before'),
  })
}

function warnOfName(
  validation: Validation,
  { name }: ContainerPort,
  field: Field,
  container: Field,
  { names }: Seen,
): void {
  if (!name) return
  const first = names.get(name)
  if (!first) {
    names.set(name, { field, container })
    return
  }
  // Within one container the server refuses it.
  if (first.container === container || !validation.somewhere('PortNameWarnings')) return
  validation.report({
    id: 'duplicate-port-name',
    at: field.child('name'),
    field,
    messageId: 'duplicate',
    data: { name: excerpt(name) },
    needs: [first.field.child('name')],
    related: relatedTo(validation, first.field.child('name'), 'the port that the name selects'),
  })
}
