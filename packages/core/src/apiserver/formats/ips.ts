/** IP addresses, as k8s.io/apimachinery pkg/util/validation/ip.go decides for fields that are older than its strict rules. */

interface Address {
  /** As the server would write it: RFC 5952, or with dots what is an IPv4 address. */
  canonical: string
  /** Set when some number has more digits than it needs by the strict rules: `010`, `00db8`. */
  padded: boolean
  /** Set for an IPv4 address in the form of an IPv6 one: `::ffff:10.9.8.7`. */
  mapped: boolean
}

/**
 * IsValidIPForLegacyField.
 * @param strict as since Kubernetes 1.36 (StrictIPCIDRValidation); before it, leading zeros and mapped addresses pass
 * @returns what is wrong, to follow "`x` is no IP address: ", or undefined
 */
export function ipFault(value: string, strict: boolean): string | undefined {
  const address = parseIp(value)
  if (!address) return `one looks like \`10.9.8.7\` or \`2001:db8::1\`${hint(value)}`
  if (!strict) return undefined
  if (address.padded)
    return `leading zeros mean another number to some programs; write \`${address.canonical}\``
  if (address.mapped) return `an IPv4 address may not be wrapped in IPv6; write \`${address.canonical}\``
  return undefined
}

/**
 * The one way to write an address: `2001:DB8:0::1` → `2001:db8::1`, `010.1.1.1` → `10.1.1.1`.
 * @returns undefined when it is none
 */
export function canonicalIp(value: string): string | undefined {
  return parseIp(value)?.canonical
}

function hint(value: string): string {
  if (value.includes('/')) return ', without a prefix length'
  if (value.includes('%')) return ', without a zone'
  if (value.startsWith('[')) return ', without brackets'
  if (/^[0-9.]+:[0-9]+$/.test(value)) return ', without a port'
  if (/[g-z]/i.test(value)) return ', and names are not looked up here'
  return ''
}

/** ParseIPSloppy of k8s.io/utils: numbers may have leading zeros. */
function parseIp(value: string): Address | undefined {
  const colon = value.indexOf(':')
  const dot = value.indexOf('.')
  if (colon < 0 && dot < 0) return undefined
  return colon < 0 || (dot >= 0 && dot < colon) ? parseIpv4(value) : parseIpv6(value)
}

function parseIpv4(value: string): Address | undefined {
  const octets = octetsOf(value)
  return octets && { canonical: octets.join('.'), padded: isPadded(value), mapped: false }
}

const dotted = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/
const isPadded = (value: string) => /(?:^|\.)0[0-9]/.test(value)

function octetsOf(value: string): number[] | undefined {
  if (!dotted.test(value)) return undefined
  const octets = value.split('.').map(Number)
  return octets.every((octet) => octet <= 255) ? octets : undefined
}

function parseIpv6(value: string): Address | undefined {
  const halves = value.split('::', 3)
  if (halves.length > 2) return undefined
  const parts = halves.map((half) => (half === '' ? [] : half.split(':', 9)))
  const last = parts.at(-1)!
  const tail = last.at(-1)
  let padded = false
  if (tail?.includes('.')) {
    const octets = octetsOf(tail)
    if (!octets) return undefined
    padded = isPadded(tail)
    const [a, b, c, d] = octets as [number, number, number, number]
    last.splice(-1, 1, (a * 256 + b).toString(16), (c * 256 + d).toString(16))
  }
  const [before, after] = parts as [string[], string[] | undefined]
  const count = before.length + (after?.length ?? 0)
  if (after ? count > 7 : count !== 8) return undefined
  const groups: number[] = []
  for (const group of [...before, ...Array<string>(8 - count).fill('0'), ...(after ?? [])]) {
    const number = /^[0-9a-f]+$/i.test(group) ? Number.parseInt(group, 16) : Number.NaN
    if (!(number <= 0xffff)) return undefined
    padded ||= group.length > 4
    groups.push(number)
  }
  const mapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)
  return { canonical: mapped ? withDots(groups) : withColons(groups), padded, mapped }
}

const withDots = (groups: readonly number[]) =>
  groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 255])
    .join('.')

/** RFC 5952: lower case, and `::` for the first of the longest runs of zeros, of two groups at least. */
function withColons(groups: readonly number[]): string {
  let start = 0
  let length = 1
  for (let from = 0; from < 8; from++) {
    let to = from
    while (to < 8 && groups[to] === 0) to++
    if (to - from > length) {
      start = from
      length = to - from
    }
  }
  const hex = groups.map((group) => group.toString(16))
  return length === 1
    ? hex.join(':')
    : `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`
}
