import { byteLength } from './bytes.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\0-\x1f\x7f]/
const netBios = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/u
const dnsLabel = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?'
const dns = new RegExp(`^${dnsLabel}(?:\\.${dnsLabel})*$`)

/**
 * What is wrong with the name of a Windows user, `USER` or `DOMAIN\USER`, or undefined.
 * Source: k8s.io/kubernetes pkg/apis/core/validation, validateWindowsSecurityContextOptions.
 */
export function windowsUserFault(name: string): string | undefined {
  if (name === '') return 'it is empty'
  if (control.test(name)) return 'it has control characters'
  const parts = name.split('\\')
  if (parts.length > 2) return 'it has more than one backslash'
  const user = parts.at(-1)!
  const domain = parts.length === 2 ? parts[0]! : undefined
  if (domain !== undefined) {
    if (byteLength(domain) >= 256) return 'its domain has more than 255 characters'
    if (!netBios.test(domain) && !dns.test(domain)) return 'its domain is neither a NetBIOS nor a DNS name'
  }
  if (user === '') return 'no user stands after the backslash'
  if (byteLength(user) > 104) return 'its user has more than 104 characters'
  if (/^[. ]+$/.test(user)) return 'its user is only periods or spaces'
  if (/["/\\:;|=,+*?<>@[\]]/.test(user)) return 'its user has one of `"/\\:;|=,+*?<>@[]`'
  return undefined
}
