import type { PodSpec } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { dnsLabelFault, dnsSubdomainFault, nearDnsLabel, nearDnsSubdomain } from '../formats/names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import type { RejectionId } from '../rejections.ts'
import { suggestNear } from '../suggestions.ts'

const choose = 'Write `{{near}}`.'
const name = (what: string) => `\`{{value}}\` cannot be ${what}: {{fault}}.`

export const podNamesRejections = {
  'pod-hostname': {
    description: 'Refuses a hostname that is no DNS label',
    messages: { name: name('a host name'), choose },
    hasSuggestions: true,
  },
  'pod-subdomain': {
    description: 'Refuses a subdomain that is no DNS label',
    messages: { name: name('a subdomain'), choose },
    hasSuggestions: true,
  },
  'service-account-name': {
    description: "Refuses a service account's name that none can have",
    messages: { name: name('the name of a service account'), choose },
    hasSuggestions: true,
  },
  'node-name': {
    description: "Refuses a node's name that none can have",
    messages: { name: name('the name of a node'), choose },
    hasSuggestions: true,
  },
  'priority-class-name': {
    description: "Refuses a priority class' name that none can have",
    messages: { name: name('the name of a priority class'), choose },
    hasSuggestions: true,
  },
  'runtime-class-name': {
    description: "Refuses a runtime class' name that none can have",
    messages: {
      name: name('the name of a runtime class'),
      choose,
      empty: '`runtimeClassName` is empty. Name a runtime class, or remove the line for the default runtime.',
      remove: 'Remove `runtimeClassName`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

interface NameCheck {
  of: 'hostname' | 'subdomain' | 'serviceAccountName' | 'nodeName' | 'priorityClassName' | 'runtimeClassName'
  id: RejectionId
  fault: (value: string) => string | undefined
  near: (value: string) => string | undefined
}

const label = { fault: dnsLabelFault, near: nearDnsLabel }
const subdomain = { fault: dnsSubdomainFault, near: nearDnsSubdomain }

const checks: readonly NameCheck[] = [
  { of: 'serviceAccountName', id: 'service-account-name', ...subdomain },
  { of: 'nodeName', id: 'node-name', ...subdomain },
  { of: 'hostname', id: 'pod-hostname', ...label },
  { of: 'subdomain', id: 'pod-subdomain', ...label },
  { of: 'priorityClassName', id: 'priority-class-name', ...subdomain },
  { of: 'runtimeClassName', id: 'runtime-class-name', ...subdomain },
]

/** The names in a pod's spec; empty ones count as absent. Whether what they name exists is not looked at. */
export function validatePodNames(validation: Validation, spec: PodSpec, pod: Field): void {
  for (const check of checks) {
    const value = spec[check.of]
    if (value) validateName(validation, check, value, pod.child(check.of))
  }
  validateServiceAccountAlias(validation, spec, pod)
  if (spec.runtimeClassName === '') reportEmptyRuntimeClass(validation, pod.child('runtimeClassName'))
}

function validateName(
  validation: Validation,
  { id, fault, near }: NameCheck,
  value: string,
  at: Field,
  name = at,
): void {
  const wrong = fault(value)
  if (!wrong) return
  // What stands before a slash is another name, that of a namespace mostly.
  const choice = value.length > 253 || value.includes('/') ? undefined : near(value)
  validation.report({
    id,
    at,
    field: name,
    messageId: 'name',
    data: { value: excerpt(value), fault: wrong },
    ...suggestNear(at, choice, 'choose'),
  })
}

/** The old name of serviceAccountName, read where that is empty: Convert_v1_PodSpec_To_core_PodSpec. */
function validateServiceAccountAlias(validation: Validation, spec: PodSpec, pod: Field): void {
  const alias = spec.serviceAccount
  if (!alias || spec.serviceAccountName || dnsSubdomainFault(alias) === undefined) return
  const name = pod.child('serviceAccountName')
  const known: Validation = {
    ...validation,
    report: (finding) => validation.report({ ...finding, needs: [name] }),
  }
  validateName(known, checks[0]!, alias, pod.child('serviceAccount'), name)
}

/** ValidateRuntimeClassName: here an empty name is no absent one. */
function reportEmptyRuntimeClass(validation: Validation, at: Field): void {
  validation.report({
    id: 'runtime-class-name',
    at,
    messageId: 'empty',
    suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(at.path) }],
  })
}
