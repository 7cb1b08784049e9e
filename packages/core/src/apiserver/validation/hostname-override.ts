import type { PodSpec } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { dnsSubdomainFault, nearDnsSubdomain } from '../formats/names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { type Suggestion, suggestNear } from '../suggestions.ts'

export const hostnameOverrideRejections = {
  'hostname-override': {
    description: 'Refuses a hostnameOverride that is no host name, or that a field beside it rules out',
    messages: {
      name: '`{{value}}` is no host name: {{fault}}.',
      hostNetwork:
        '`hostnameOverride` does not go with `hostNetwork: true`: the pod then has the host name of its node.',
      setHostnameAsFQDN:
        '`hostnameOverride` does not go with `setHostnameAsFQDN: true`: both say what the host name is.',
      choose: 'Write `{{near}}`.',
      remove: 'Remove `{{name}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** A host name of Linux has at most 64 bytes. */
const mostBytes = 64

/** k8s.io/kubernetes pkg/apis/core/validation: validatePodHostName. An empty name is no absent one. */
export function validateHostnameOverride(validation: Validation, spec: PodSpec, pod: Field): void {
  const value = spec.hostnameOverride
  if (value === null || value === undefined || !validation.somewhere('HostnameOverride')) return
  const at = pod.child('hostnameOverride')
  for (const other of ['setHostnameAsFQDN', 'hostNetwork'] as const) {
    if (!spec[other]) continue
    validation.report({
      id: 'hostname-override',
      at,
      needs: [pod.child(other)],
      messageId: other,
      suggest: [removal(at, 'hostnameOverride'), removal(pod.child(other), other)],
    })
  }
  const fault =
    value.length > mostBytes
      ? `it has ${value.length} characters, and at most ${mostBytes} are allowed`
      : dnsSubdomainFault(value)
  if (!fault) return
  const near = value.length > mostBytes ? undefined : nearDnsSubdomain(value)
  validation.report({
    id: 'hostname-override',
    at,
    messageId: 'name',
    data: { value: excerpt(value), fault },
    ...suggestNear(at, near, 'choose'),
  })
}

const removal = (field: Field, name: string): Suggestion => ({
  messageId: 'remove',
  data: { name },
  fix: (fixer) => fixer.remove(field.path),
})
