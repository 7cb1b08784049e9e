import { dnsLabelFault, dnsSubdomainFault, labelValueFault, qualifiedNameFault } from '@daemonlint/core/names'
import { quantityOf } from '@daemonlint/rules/quantities'

/** Each says what is wrong with a value, as the end of a sentence that begins with the value; undefined where nothing is. */

/** A label of RFC 1123, of which names of pods and namespaces are made. */
export function mistakeInLabel(value: string): string | undefined {
  return faultOf('is no name', value, dnsLabelFault)
}

/** A name of RFC 1123 with dots: of Secrets, classes and most other objects. */
export function mistakeInName(value: string): string | undefined {
  return faultOf('is no name', value, dnsSubdomainFault)
}

/** A label's key, with a domain or without. */
export function mistakeInLabelKey(key: string): string | undefined {
  return faultOf('is no key of a label', key, qualifiedNameFault)
}

export function mistakeInLabelValue(value: string): string | undefined {
  return faultOf('is no value of a label', value, labelValueFault)
}

function faultOf(
  what: string,
  value: string,
  faultIn: (value: string) => string | undefined,
): string | undefined {
  if (value === '' && faultIn('') !== undefined) return 'is empty'
  const fault = faultIn(value)
  return fault && `${what}: ${fault}`
}

/** `'value' is no …`, of what the functions here say. */
export function sentence(value: string, mistake: string | undefined): string | undefined {
  const shown = value.length > 100 ? `${value.slice(0, 80)}…` : value
  return mistake && `'${shown}' ${mistake}`
}

/** The mistake in the first value that has one. */
export function firstOf(
  values: readonly string[],
  mistakeIn: (value: string) => string | undefined,
): string | undefined {
  for (const value of values) {
    const mistake = mistakeIn(value)
    if (mistake) return mistake
  }
  return undefined
}

/** An amount of CPU (`100m`) or memory (`128Mi`), as Kubernetes reads it. */
export function mistakeInQuantity(value: string, of: 'cpu' | 'memory'): string | undefined {
  const isAmount =
    of === 'cpu'
      ? /^(\d{1,6}m|\d{1,4}(\.\d{1,3})?)$/.test(value)
      : /^\d{1,12}(\.\d{1,3})?(Ki|Mi|Gi|Ti|k|M|G|T)?$/.test(value)
  if (!isAmount)
    return `is no amount of ${of === 'cpu' ? 'CPU, such as 100m or 0.5' : 'memory, such as 128Mi or 1Gi'}`
  if (amountOf(value) === 0) return 'is nothing'
  // The smallest limit with which a container can start (the runtime's own process needs some of it).
  if (of === 'memory' && amountOf(value) < 6 * 2 ** 20)
    return 'is too little memory to start a container; the unit may be missing (Mi, Gi)'
  return undefined
}

/** What a quantity comes to: cores, or bytes. NaN for what is none. */
export function amountOf(value: string): number {
  return quantityOf(value)?.amount ?? Number.NaN
}

/** A count, or a percentage up to 100 %. */
export function mistakeInCount(value: string, least: number): string | undefined {
  if (!/^\d{1,5}%?$/.test(value)) return 'is neither a count nor a percentage, such as 1 or 10%'
  if (value.endsWith('%') && Number.parseInt(value, 10) > 100) return 'is more than 100%'
  if (Number.parseInt(value, 10) < least) return `is less than ${least}`
  return undefined
}

const hostName = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\.?$/i
/** No character that means something in a configuration: of variables, quotes, comments. */
const urlPath = /^(\/([\w.~!*@,;=+&:-]|%[0-9a-fA-F]{2})*)*$/

/** The address of a server: scheme, host, port and path, and nothing that a configuration would read otherwise. */
export function mistakeInUrl(value: string, schemes = ['http', 'https']): string | undefined {
  const expected = `is no URL such as ${schemes.at(-1)}://logs.example.com:9200`
  const [, scheme = '', authority = '', path = ''] = /^([a-z]+):\/\/([^/?#\s]*)(.*)$/.exec(value) ?? []
  if (!schemes.includes(scheme) || authority === '' || !URL.canParse(value)) return expected
  const url = new URL(value)
  if (authority.includes('@')) return 'holds a user or a password, which belong in a Secret; leave them out'
  if (/[?#]/.test(path)) return 'holds a query or a fragment; leave them out'
  const [, host = '', port] = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]+)(?::(\d+))?$/.exec(authority) ?? []
  if (!host.startsWith('[') && !hostName.test(host)) return expected
  if (port !== undefined && Number(port) < 1) return expected
  if (!urlPath.test(path) || path.split('/').includes('..') || url.hostname === '')
    return 'has a path with characters that are not possible here: letters, digits and ._~!*@,;=+&:- only, and % before two hex digits'
  return undefined
}

/** An absolute path of a node. */
export function mistakeInPath(value: string): string | undefined {
  if (!value.startsWith('/')) return 'is no absolute path'
  if (value.split('/').includes('..')) return "holds '..', which Kubernetes refuses"
  if (!/^[\w./+@-]+$/.test(value)) return 'may hold letters, digits and ./_+@- only'
  return undefined
}

/** A range of addresses: `10.244.0.0/16`. */
export function mistakeInCidr(value: string): string | undefined {
  const [, address = '', length = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(value) ?? []
  if (mistakeInIp(address) || length === '' || Number(length) > 32)
    return 'is no range of addresses, such as 10.244.0.0/16'
  const bits = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  if (bits % 2 ** (32 - Number(length)) !== 0)
    return `has bits beyond its first ${length}, which name one address and no range`
  return undefined
}

export function mistakeInIp(value: string): string | undefined {
  const parts = value.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
    ? undefined
    : 'is no IPv4 address, such as 169.254.20.10'
}
