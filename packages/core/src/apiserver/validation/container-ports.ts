import type { Container, ContainerPort } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { portNameFault } from '../formats/names.ts'
import { isPort } from '../formats/ports.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relatedTo } from '../related.ts'
import { reportUnsupported } from '../report-unsupported.ts'

export const containerPortsRejections = {
  'container-port': {
    description: 'Refuses a containerPort that is missing or out of range',
    messages: {
      missing: 'A port needs a `containerPort`, the number that the container listens on.',
      range: '`{{port}}` is no port: `containerPort` must be from 1 to 65535.',
    },
  },
  'host-port': {
    description: 'Refuses a hostPort that is out of range',
    messages: {
      range: '`{{port}}` is no port: `hostPort` must be from 1 to 65535, or be left out.',
    },
  },
  'port-name': {
    description: 'Refuses a name that a port cannot have',
    messages: {
      fault: '`{{name}}` cannot be the name of a port: {{fault}}.',
    },
  },
  'port-name-unique': {
    description: 'Refuses two ports of one name in a container',
    messages: {
      duplicate: 'Another port of this container is named `{{name}}` too: give one of them another name.',
    },
  },
  'port-protocol': {
    description: 'Refuses an unknown protocol of a port',
    messages: {
      unsupported: '`{{value}}` is no protocol of a port. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

const protocols = ['TCP', 'UDP', 'SCTP']

/** k8s.io/kubernetes pkg/apis/core/validation: validateContainerPorts. An address to bind to is not looked at. */
export function validateContainerPorts(validation: Validation, container: Container, field: Field): void {
  const { ports } = container
  if (!ports || ports.length === 0) return
  const names = new Map<string, Field>()
  eachItem(ports, field.child('ports'), (port, place) => {
    validatePortName(validation, port, place, names)
    validatePort(validation, port, place)
  })
}

/** @param names those of the ports before, and where they stand */
function validatePortName(
  validation: Validation,
  { name }: ContainerPort,
  field: Field,
  names: Map<string, Field>,
): void {
  if (!name) return
  const at = field.child('name')
  const fault = portNameFault(name)
  if (fault) {
    validation.report({ id: 'port-name', at, messageId: 'fault', data: { name: excerpt(name), fault } })
    return
  }
  const first = names.get(name)
  if (!first) {
    names.set(name, at)
    return
  }
  validation.report({
    id: 'port-name-unique',
    at,
    messageId: 'duplicate',
    data: { name },
    needs: [first],
    related: relatedTo(validation, first, 'the first of that name'),
  })
}

function validatePort(
  validation: Validation,
  { containerPort, hostPort, protocol }: ContainerPort,
  field: Field,
): void {
  if (containerPort === null || containerPort === undefined) {
    validation.report({ id: 'container-port', at: field.child('containerPort'), messageId: 'missing' })
  } else if (!isPort(containerPort)) {
    const at = field.child('containerPort')
    validation.report({ id: 'container-port', at, messageId: 'range', data: { port: containerPort } })
  }
  if (hostPort && !isPort(hostPort)) {
    const at = field.child('hostPort')
    validation.report({ id: 'host-port', at, messageId: 'range', data: { port: hostPort } })
  }
  if (protocol && !protocols.includes(protocol)) {
    const at = field.child('protocol')
    reportUnsupported(validation, { id: 'port-protocol', at, value: protocol, allowed: protocols })
  }
}
