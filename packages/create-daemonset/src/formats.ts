/** Each says what is wrong with a value, as the end of a sentence that begins with the value; undefined where nothing is. */

/**
 * A label of RFC 1123, of which names of pods and namespaces are made.
 * @param longest how many characters it may have
 */
export function mistakeInLabel(value: string, longest = 63): string | undefined {
  if (value === '') return 'is empty'
  if (value.length > longest) return `has ${value.length} characters; at most ${longest} are possible`
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value))
    return 'may hold lower case letters, digits and hyphens only, and begins and ends with a letter or digit'
  return undefined
}

/** A name of RFC 1123 with dots: of Secrets, classes and most other objects. */
export function mistakeInName(value: string): string | undefined {
  if (value === '') return 'is empty'
  if (value.length > 253) return `has ${value.length} characters; at most 253 are possible`
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(value))
    return 'may hold lower case letters, digits, hyphens and dots only, and begins and ends with a letter or digit'
  return undefined
}

/** A label's key, with a domain or without. */
export function mistakeInLabelKey(key: string): string | undefined {
  const parts = key.split('/')
  const name = parts.at(-1)!
  if (parts.length > 2) return 'has more than one slash'
  if (parts.length === 2 && mistakeInName(parts[0]!)) return `has a domain that ${mistakeInName(parts[0]!)}`
  if (!/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(name))
    return 'is no key of a label: at most 63 letters, digits, hyphens, dots and underscores, after a domain and a slash or without'
  return undefined
}

export function mistakeInLabelValue(value: string): string | undefined {
  return value === '' || /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(value)
    ? undefined
    : 'is no value of a label: at most 63 letters, digits, hyphens, dots and underscores'
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

const factors: Record<string, number> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

/** What a well-formed quantity comes to. */
export function amountOf(value: string): number {
  const [, digits = '', unit = ''] = /^([\d.]+)(\D*)$/.exec(value) ?? []
  return Number(digits) * (factors[unit] ?? 1)
}

/** A count, or a percentage up to 100 %. */
export function mistakeInCount(value: string, least: number): string | undefined {
  if (!/^\d{1,5}%?$/.test(value)) return 'is neither a count nor a percentage, such as 1 or 10%'
  if (value.endsWith('%') && Number.parseInt(value, 10) > 100) return 'is more than 100%'
  if (Number.parseInt(value, 10) < least) return `is less than ${least}`
  return undefined
}

/** The address of a server. */
export function mistakeInUrl(value: string, schemes = ['http', 'https']): string | undefined {
  const expected = `is no URL such as ${schemes.at(-1)}://logs.example.com:9200`
  if (!URL.canParse(value) || /\s/.test(value)) return expected
  const url = new URL(value)
  if (!schemes.includes(url.protocol.slice(0, -1)) || url.hostname === '') return expected
  if (url.username !== '' || url.password !== '')
    return 'holds a user or a password, which belong in a Secret; leave them out'
  if (url.hash !== '' || url.search !== '') return 'holds a query or a fragment; leave them out'
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
