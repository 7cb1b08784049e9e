import type { HostAlias, PodSpec } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { dnsSubdomainFault, nearDnsSubdomain } from '../formats/names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relatedTo } from '../related.ts'
import { suggestNear } from '../suggestions.ts'
import { validateIp } from './ip-addresses.ts'

export const hostAliasesRejections = {
  'host-alias': {
    description: 'Refuses a host alias whose address is no IP address or whose names are no host names',
    messages: {
      ip: '`{{value}}` is no IP address: {{fault}}.',
      missing: 'A host alias needs an `ip`, the address that its names stand for.',
      name: '`{{value}}` is no host name: {{fault}}.',
      canonical: 'Write `{{canonical}}`.',
      choose: 'Write `{{near}}`.',
    },
    hasSuggestions: true,
  },
  'duplicate-host-alias': {
    description: 'Warns of two host aliases for one address',
    messages: {
      duplicate: '`{{ip}}` has a host alias already; put all its names into one `hostnames`.',
    },
    accepted: true,
  },
} satisfies RejectionTable

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateHostAliases. */
export function validateHostAliases(validation: Validation, spec: PodSpec, pod: Field): void {
  if (!spec.hostAliases) return
  const first = new Map<string, Field>()
  eachItem(spec.hostAliases, pod.child('hostAliases'), ({ ip, hostnames }, field) => {
    const at = field.child('ip')
    const named = printed(validation, pod, 'ip') ?? at
    if (!ip) validation.report({ id: 'host-alias', at, field: named, messageId: 'missing' })
    else {
      validateIp(validation, 'host-alias', ip, at, named)
      const other = first.get(ip)
      if (other) warnOfDuplicate(validation, ip, at, other)
      else first.set(ip, at)
    }
    if (hostnames) validateHostnames(validation, hostnames, field.child('hostnames'), pod)
  })
}

/** The field of a host alias as servers name it that do not tell which alias it is. */
const printed = (validation: Validation, pod: Field, name: string): Field | undefined =>
  validation.somewhere('HostAliasIndexes') ? undefined : pod.child('hostAliases', name)

function validateHostnames(
  validation: Validation,
  names: NonNullable<HostAlias['hostnames']>,
  list: Field,
  pod: Field,
): void {
  names.forEach((name, index) => {
    const value = name ?? ''
    const fault = dnsSubdomainFault(value)
    if (!fault) return
    const at = list.index(index)
    const near = value.length > 253 ? undefined : nearDnsSubdomain(value)
    validation.report({
      id: 'host-alias',
      at,
      field: printed(validation, pod, 'hostnames') ?? at,
      messageId: 'name',
      data: { value: excerpt(value), fault },
      ...suggestNear(at, near, 'choose'),
    })
  })
}

/** k8s.io/kubernetes pkg/api/pod: warningsForPodSpecAndMeta. Addresses are compared as they are written. */
function warnOfDuplicate(validation: Validation, ip: string, at: Field, other: Field): void {
  validation.report({
    id: 'duplicate-host-alias',
    at,
    needs: [other],
    messageId: 'duplicate',
    data: { ip: excerpt(ip) },
    related: relatedTo(validation, other, 'its first host alias'),
  })
}
