import type { PodDNSConfig, PodSpec } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { byteLength } from '../formats/bytes.ts'
import { dnsSubdomainFault, nearDnsSubdomain, searchDomainFault } from '../formats/names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'
import { suggestNear } from '../suggestions.ts'
import { validateIp } from './ip-addresses.ts'

export const dnsRejections = {
  'dns-policy': {
    description: 'Refuses an unknown DNS policy',
    messages: {
      unsupported: '`{{value}}` is no DNS policy. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'dns-nameserver': {
    description:
      'Refuses name servers that are no IP addresses, more than three, or none where one is needed',
    messages: {
      ip: '`{{value}}` is no IP address: {{fault}}.',
      canonical: 'Write `{{canonical}}`.',
      most: 'These are {{count}} name servers, and at most 3 are allowed: programs that look up names use no more.',
      none: 'With `dnsPolicy: None` a pod has only the name servers of `dnsConfig.nameservers`, so it needs one there.',
      default: 'Write `dnsPolicy: Default`, for the name servers of the node.',
    },
    hasSuggestions: true,
  },
  'dns-search': {
    description: 'Refuses search domains that are malformed, too many or too long',
    messages: {
      domain: '`{{value}}` is no domain to search: {{fault}}.',
      root: 'The root domain, `.`, can be searched since Kubernetes 1.33 only.',
      most: 'These are {{count}} search domains, and at most 32 are allowed.',
      long: 'The search domains have {{length}} characters, with a space between them, and at most 2048 are allowed.',
      choose: 'Write `{{near}}`.',
    },
    hasSuggestions: true,
  },
  'dns-option': {
    description: 'Refuses a DNS option without a name',
    messages: { name: 'A DNS option needs a `name`, such as `ndots`.' },
  },
} satisfies RejectionTable

const policies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']

/** k8s.io/kubernetes pkg/apis/core/validation: validateDNSPolicy, validatePodDNSConfig. An empty policy is ClusterFirst. */
export function validateDns(validation: Validation, spec: PodSpec, pod: Field): void {
  const { dnsPolicy, dnsConfig } = spec
  if (dnsPolicy) {
    const at = pod.child('dnsPolicy')
    if (!policies.includes(dnsPolicy)) {
      reportUnsupported(validation, { id: 'dns-policy', at, value: dnsPolicy, allowed: policies })
    }
    if (dnsPolicy === 'None' && !dnsConfig?.nameservers?.length) {
      const field = pod.child('dnsConfig')
      reportNoNameserver(validation, at, dnsConfig ? field.child('nameservers') : field, !dnsConfig)
      return
    }
  }
  if (!dnsConfig) return
  const field = pod.child('dnsConfig')
  validateNameservers(validation, dnsConfig, field.child('nameservers'))
  validateSearches(validation, dnsConfig, field.child('searches'))
  eachItem(dnsConfig.options, field.child('options'), ({ name }, option) => {
    if (name) return
    validation.report({ id: 'dns-option', at: option.child('name'), field: option, messageId: 'name' })
  })
}

/**
 * @param missing what is absent or empty
 * @param bare whether there is no dnsConfig that the node's name servers might not be meant for
 */
function reportNoNameserver(validation: Validation, policy: Field, missing: Field, bare: boolean): void {
  validation.report({
    id: 'dns-nameserver',
    at: policy,
    field: missing,
    needs: [missing],
    messageId: 'none',
    ...(bare && {
      suggest: [{ messageId: 'default', fix: (fixer) => fixer.set(policy.path, 'Default') }],
    }),
  })
}

function validateNameservers(validation: Validation, { nameservers }: PodDNSConfig, list: Field): void {
  if (!nameservers) return
  if (nameservers.length > 3) {
    const data = { count: nameservers.length }
    validation.report({ id: 'dns-nameserver', at: list, messageId: 'most', data })
  }
  nameservers.forEach((ip, index) => {
    validateIp(validation, 'dns-nameserver', ip ?? '', list.index(index))
  })
}

/** Before 1.33, when RelaxedDNSSearchValidation came, neither `_` nor `.` alone were allowed. */
function validateSearches(validation: Validation, { searches }: PodDNSConfig, list: Field): void {
  if (!searches) return
  const id = 'dns-search'
  if (searches.length > 32) {
    validation.report({ id, at: list, messageId: 'most', data: { count: searches.length } })
  }
  let length = searches.length - 1
  for (const search of searches) length += byteLength(search ?? '')
  if (length > 2048) validation.report({ id, at: list, needs: [list], messageId: 'long', data: { length } })
  const relaxed = validation.everywhere('RelaxedDNSSearchValidation')
  searches.forEach((search, index) => {
    const value = search ?? ''
    if (relaxed && value === '.') return
    const domain = value.endsWith('.') ? value.slice(0, -1) : value
    const fault = relaxed ? searchDomainFault(domain) : dnsSubdomainFault(domain)
    if (fault) reportSearch(validation, value, fault, list.index(index))
  })
}

function reportSearch(validation: Validation, value: string, fault: string, at: Field): void {
  const near = value.length > 253 ? undefined : nearDnsSubdomain(value)
  validation.report({
    id: 'dns-search',
    at,
    messageId: value === '.' ? 'root' : 'domain',
    data: { value: excerpt(value), fault },
    ...suggestNear(at, near, 'choose'),
  })
}
