import type { Fixer } from '../../fix/types.ts'
import type {
  ExecAction,
  GRPCAction,
  HTTPGetAction,
  SleepAction,
  TCPSocketAction,
} from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { portNameFault } from '../formats/names.ts'
import { isPort } from '../formats/ports.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'

export const handlersRejections = {
  'exec-command': {
    description: 'Refuses an exec of a probe or lifecycle hook without a command',
    messages: {
      missing: '`exec` needs a `command`, the program and its arguments as a list.',
    },
  },
  'handler-port': {
    description: 'Refuses a port of a probe or lifecycle hook that is missing or invalid',
    messages: {
      missing: '`{{action}}` needs a `port`: a number{{or}}.',
      range: '`{{port}}` is no port: it must be from 1 to 65535{{or}}.',
      quoted:
        '"{{port}}" is text, and would be taken for the name of a port: write the number without quotes.',
      name: '`{{port}}` cannot be the name of a port: {{fault}}.',
    },
    fixable: 'code',
  },
  'http-scheme': {
    description: 'Refuses a scheme of an HTTP request that is neither HTTP nor HTTPS',
    messages: {
      unsupported: '`{{value}}` is no `scheme` of an HTTP request. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'http-header-name': {
    description: 'Refuses a name that an HTTP header cannot have',
    messages: {
      missing: 'An HTTP header needs a `name`.',
      fault: '`{{name}}` cannot be the name of an HTTP header: only letters, digits and `-` are allowed.',
    },
  },
} satisfies RejectionTable

/** What a probe or a hook does. */
export interface Handler {
  readonly exec?: ExecAction | null | undefined
  readonly httpGet?: HTTPGetAction | null | undefined
  readonly tcpSocket?: TCPSocketAction | null | undefined
  readonly grpc?: GRPCAction | null | undefined
  readonly sleep?: SleepAction | null | undefined
}

/** What is said of a handler as a whole. */
export interface HandlerKind {
  /** Its messages are `none` and `several`, with `{{kept}}`. */
  readonly id: 'probe-handler' | 'lifecycle-handler'
  /** The actions it can have, in the order in which the server looks at them. */
  readonly actions: readonly (keyof Handler)[]
}

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateHandler. Only the first action is looked at; more are refused.
 * @returns the first action, if there is one
 */
export function validateHandler(
  validation: Validation,
  handler: Handler,
  field: Field,
  { id, actions }: HandlerKind,
): keyof Handler | undefined {
  let first: keyof Handler | undefined
  for (const action of actions) {
    if (!handler[action]) continue
    if (first) {
      validation.report({ id, at: field.child(action), messageId: 'several', data: { kept: first } })
      continue
    }
    first = action
    validateAction(validation, handler, action, field.child(action))
  }
  if (!first) {
    const needs = actions.map((action) => field.child(action))
    validation.report({ id, at: field, messageId: 'none', needs })
  }
  return first
}

function validateAction(
  validation: Validation,
  { exec, httpGet, tcpSocket, grpc }: Handler,
  action: keyof Handler,
  field: Field,
): void {
  if (action === 'exec' && (!exec!.command || exec!.command.length === 0))
    validation.report({ id: 'exec-command', at: field.child('command'), messageId: 'missing' })
  if (action === 'httpGet') validateHttpGet(validation, httpGet!, field)
  if (action === 'tcpSocket') validatePort(validation, tcpSocket!.port, field, action)
  if (action === 'grpc') validatePort(validation, grpc!.port, field, action)
}

const schemes = ['HTTP', 'HTTPS']
const headerName = /^[-A-Za-z0-9]+$/

/** validateHTTPGetAction: host and path are not looked at; the server names the list, not the header. */
function validateHttpGet(validation: Validation, action: HTTPGetAction, field: Field): void {
  const { scheme, httpHeaders } = action
  validatePort(validation, action.port, field, 'httpGet')
  if (scheme && !schemes.includes(scheme)) {
    const at = field.child('scheme')
    reportUnsupported(validation, { id: 'http-scheme', at, value: scheme, allowed: schemes })
  }
  if (!httpHeaders) return
  const list = field.child('httpHeaders')
  eachItem(httpHeaders, list, ({ name }, place) => {
    if (name && headerName.test(name)) return
    validation.report({
      id: 'http-header-name',
      at: place.child('name'),
      field: list,
      messageId: name ? 'fault' : 'missing',
      data: { name: excerpt(name ?? '') },
    })
  })
}

/** ValidatePortNumOrName; that the container has a port of that name is not looked at. gRPC takes numbers only. */
function validatePort(
  validation: Validation,
  port: number | string | null | undefined,
  field: Field,
  action: 'grpc' | 'httpGet' | 'tcpSocket',
): void {
  const id = 'handler-port'
  const at = field.child('port')
  const or = action === 'grpc' ? '' : ', or the name of one of the ports of the container'
  if (port === null || port === undefined || port === '') {
    validation.report({ id, at, messageId: 'missing', data: { action, or } })
  } else if (typeof port === 'number') {
    if (!isPort(port)) validation.report({ id, at, messageId: 'range', data: { port, or } })
  } else if (/^[1-9]\d{0,4}$/.test(port) && isPort(Number(port))) {
    const fix = (fixer: Fixer) => fixer.set(at.path, Number(port))
    validation.report({ id, at, messageId: 'quoted', data: { port }, fix })
  } else {
    const fault = portNameFault(port)
    if (fault) validation.report({ id, at, messageId: 'name', data: { port: excerpt(port), fault } })
  }
}
