import { dnsSubdomainFault, labelValueFault, nearDnsSubdomain, qualifiedNameFault } from './names.ts'

/** The nearest text that is a label's value, or undefined: `my agent` → `my-agent`. What is too long has none. */
export function nearLabelValue(value: string): string | undefined {
  if (value.length > 100) return undefined
  const near = value
    .trim()
    .replace(/[^-._A-Za-z0-9]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '')
  return near !== '' && near !== value && labelValueFault(near) === undefined ? near : undefined
}

/** The nearest text that is a label's key, or undefined: `Example.com/my role` → `example.com/my-role`. */
export function nearLabelKey(key: string): string | undefined {
  const parts = key.split('/')
  if (key.length > 317 || parts.length > 2) return undefined
  const name = parts.at(-1)!
  const end = labelValueFault(name) === undefined ? name : nearLabelValue(name)
  if (!end) return undefined
  if (parts.length === 1 || parts[0] === '') return end === key ? undefined : end
  const prefix = dnsSubdomainFault(parts[0]!) === undefined ? parts[0] : nearDnsSubdomain(parts[0]!)
  const near = `${prefix}/${end}`
  return prefix && near !== key && qualifiedNameFault(near) === undefined ? near : undefined
}
