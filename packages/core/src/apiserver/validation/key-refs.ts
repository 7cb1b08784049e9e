import type { ConfigMapKeySelector } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { configMapKeyFault, dnsSubdomainFault } from '../formats/names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportReferredName } from './referred-name.ts'

export const keyRefsRejections = {
  'config-key-ref': {
    description: 'Refuses a reference to a ConfigMap or Secret without a valid name and key',
    messages: {
      unnamed: 'This needs a `name`, that of the {{kind}} in the namespace of the DaemonSet.',
      name: '`{{name}}` cannot be the name of a {{kind}}: {{fault}}.',
      keyless: 'This needs a `key`, that of the entry in the {{kind}}.',
      key: '`{{key}}` cannot be a key of a {{kind}}: {{fault}}.',
      rename: 'Name it `{{near}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'config-key-ref'

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateConfigMapKeySelector and validateSecretKeySelector. Whether the
 * object exists is not looked at.
 * @param field where the `configMapKeyRef` or `secretKeyRef` stands
 */
export function validateKeyRef(
  validation: Validation,
  { name, key }: ConfigMapKeySelector,
  kind: 'ConfigMap' | 'Secret',
  field: Field,
): void {
  const at = field.child('name')
  const nameFault = name ? dnsSubdomainFault(name) : undefined
  if (!name) validation.report({ id, at, messageId: 'unnamed', data: { kind } })
  else if (nameFault) reportReferredName(validation, id, { name, kind, fault: nameFault }, at)
  if (!key) {
    validation.report({ id, at: field.child('key'), messageId: 'keyless', data: { kind } })
    return
  }
  const fault = configMapKeyFault(key)
  if (!fault) return
  validation.report({
    id,
    at: field.child('key'),
    messageId: 'key',
    data: { key: excerpt(key), kind, fault },
  })
}
