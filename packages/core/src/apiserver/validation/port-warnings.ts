import type { ContainerPort, PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { excerpt } from '../formats/excerpt.ts'
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

/** A port that was declared before. */
interface Declared {
  port: ContainerPort
  field: Field
  /** The server refuses conflicts among the ports of one scope: then there is no need to warn. */
  scope: string | number
}

interface Seen {
  /** By number and protocol. */
  ports: Map<string, Declared[]>
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

function warnOfPort(validation: Validation, declared: Declared, { ports }: Seen): void {
  const { containerPort, protocol } = declared.port
  if (!containerPort) return
  const key = `${containerPort}/${protocol || 'TCP'}`
  const others = ports.get(key)
  if (!others) {
    ports.set(key, [declared])
    return
  }
  for (const kind of ['duplicate', 'overlap', 'ambiguous'] as const) {
    const other = others.find((one) => kindOf(declared, one) === kind)
    if (other) reportPair(validation, kind, declared, other, key)
  }
  others.push(declared)
}

type Kind = 'duplicate' | 'overlap' | 'ambiguous'

function kindOf(one: Declared, other: Declared): Kind | undefined {
  const [a, b] = [one.port.hostPort ?? 0, other.port.hostPort ?? 0]
  const [from, to] = [one.port.hostIP ?? '', other.port.hostIP ?? '']
  if (a === b && from === to) return a !== 0 && one.scope === other.scope ? undefined : 'duplicate'
  if (a === 0 || b === 0) return 'overlap'
  return a === b && (from === '' || to === '') ? 'ambiguous' : undefined
}

function reportPair(
  validation: Validation,
  kind: Kind,
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
  if (first.container === container) return
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
