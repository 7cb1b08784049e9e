/**
 * The formats of names, as k8s.io/apimachinery pkg/util/validation decides. Each function returns what is wrong, to
 * follow "`x` is no valid container name: ", or undefined.
 */

const dnsLabel = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?'
const dnsLabelPattern = new RegExp(`^${dnsLabel}$`)
const dnsSubdomainPattern = new RegExp(`^${dnsLabel}(?:\\.${dnsLabel})*$`)
const searchLabel = '_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?'
const searchPattern = new RegExp(`^${searchLabel}(?:\\.${searchLabel})*$`)
const qualifiedPattern = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/

const tooLong = (value: string, most: number): string | undefined =>
  value.length > most ? `it has ${value.length} characters, and at most ${most} are allowed` : undefined

/** IsDNS1123Label: names of containers, volumes, namespaces. */
export function dnsLabelFault(value: string): string | undefined {
  return (
    tooLong(value, 63) ??
    (dnsLabelPattern.test(value)
      ? undefined
      : 'only lower-case letters, digits and `-` are allowed, with a letter or digit at both ends')
  )
}

/** IsDNS1123Subdomain: names of most objects. */
export function dnsSubdomainFault(value: string): string | undefined {
  return (
    tooLong(value, 253) ??
    (dnsSubdomainPattern.test(value)
      ? undefined
      : 'only lower-case letters, digits, `-` and `.` are allowed, with a letter or digit at both ends and beside each `.`')
  )
}

/** IsDNS1123SubdomainWithUnderscore: domains that names are searched in, since Kubernetes 1.33. */
export function searchDomainFault(value: string): string | undefined {
  return (
    tooLong(value, 253) ??
    (searchPattern.test(value)
      ? undefined
      : 'only lower-case letters, digits, `-`, `_` and `.` are allowed, with a letter or digit at the end of each part and `_`, a letter or a digit at its start')
  )
}

/**
 * NameIsDNSSubdomain with prefix: what is generated from it may end in dashes.
 * Source: k8s.io/apimachinery pkg/api/validation/generic.go, maskTrailingDash.
 */
export function dnsSubdomainPrefixFault(value: string): string | undefined {
  return dnsSubdomainFault(maskTrailingDash(value))
}

const maskTrailingDash = (value: string) =>
  value.length > 1 && value.endsWith('-') ? `${value.slice(0, -2)}a` : value

/** IsQualifiedName: keys of labels and annotations, names of conditions. */
export function qualifiedNameFault(value: string): string | undefined {
  const parts = value.split('/')
  if (parts.length > 2) return 'it has more than one `/`'
  const name = parts.at(-1)!
  if (parts.length === 2) {
    const prefix = parts[0]!
    if (prefix === '') return 'nothing stands before its `/`'
    const fault = dnsSubdomainFault(prefix)
    if (fault) return `before the \`/\` ${fault}`
  }
  if (name === '') return parts.length === 2 ? 'nothing stands after its `/`' : 'it is empty'
  const where = parts.length === 2 ? 'after the `/` ' : ''
  const long = tooLong(name, 63)
  if (long) return where + long
  if (qualifiedPattern.test(name)) return undefined
  return `${where}only letters, digits, \`-\`, \`_\` and \`.\` are allowed, with a letter or digit at both ends`
}

/** IsValidLabelValue; an empty value is one. */
export function labelValueFault(value: string): string | undefined {
  if (value === '') return undefined
  return (
    tooLong(value, 63) ??
    (qualifiedPattern.test(value)
      ? undefined
      : 'only letters, digits, `-`, `_` and `.` are allowed, with a letter or digit at both ends')
  )
}

/** IsValidPortName, an IANA service name. */
export function portNameFault(value: string): string | undefined {
  const long = tooLong(value, 15)
  if (long) return long
  if (!/^[-a-z0-9]+$/.test(value)) return 'only lower-case letters, digits and `-` are allowed'
  if (!/[a-z]/.test(value)) return 'it needs at least one letter'
  if (value.includes('--')) return 'it has two `-` in a row'
  if (value.startsWith('-') || value.endsWith('-')) return 'it begins or ends with `-`'
  return undefined
}

/** IsConfigMapKey: keys of ConfigMaps and Secrets. */
export function configMapKeyFault(value: string): string | undefined {
  const long = tooLong(value, 253)
  if (long) return long
  if (!/^[-._a-zA-Z0-9]+$/.test(value)) return 'only letters, digits, `-`, `_` and `.` are allowed'
  if (value === '.' || value.startsWith('..')) return 'it is `.` or begins with `..`'
  return undefined
}

/** The nearest name that is a DNS label, or undefined: `Node_Agent` → `node-agent`; none where it is far too long. */
export function nearDnsLabel(value: string): string | undefined {
  const near = nearDnsSubdomain(value)?.replaceAll('.', '-')
  return near && dnsLabelFault(near) === undefined ? near : undefined
}

/** The nearest name that is a DNS subdomain, or undefined, as it is where the text is far too long. */
export function nearDnsSubdomain(value: string): string | undefined {
  if (value.length > 300) return undefined
  const near = value
    .trim()
    .toLowerCase()
    .replace(/[_\s/:]+/g, '-')
    .split('.')
    .map((part) => part.replace(/^-+|-+$/g, ''))
    .filter((part) => part !== '')
    .join('.')
  return near !== value && dnsSubdomainFault(near) === undefined ? near : undefined
}
