import type { Container, EnvFromSource } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { dnsSubdomainPrefixFault } from '../formats/names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { envNameFault } from './env-names.ts'
import { reportReferredName } from './referred-name.ts'

export const envFromRejections = {
  'env-from': {
    description: 'Refuses an entry of envFrom without exactly one source, name or sound prefix',
    messages: {
      none: 'An entry of `envFrom` needs a `configMapRef` or a `secretRef`.',
      several: 'An entry of `envFrom` takes only one source: make two entries.',
      unnamed: '`{{source}}` needs a `name`, that of the {{kind}} in the namespace of the DaemonSet.',
      name: '`{{name}}` cannot be the name of a {{kind}}: {{fault}}.',
      prefix: 'No environment variable can begin with `{{prefix}}`: {{fault}}.',
      rename: 'Name it `{{near}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'env-from'
const kinds = { configMapRef: 'ConfigMap', secretRef: 'Secret' } as const

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateEnvFrom. */
export function validateEnvFrom(validation: Validation, container: Container, field: Field): void {
  const { envFrom } = container
  if (!envFrom || envFrom.length === 0) return
  const list = field.child('envFrom')
  eachItem(envFrom, list, (entry, place) => {
    validatePrefix(validation, entry, place)
    validateName(validation, entry, 'configMapRef', place)
    validateName(validation, entry, 'secretRef', place)
    if (entry.configMapRef && entry.secretRef) {
      const at = place.child('secretRef')
      validation.report({ id, at, field: list, messageId: 'several' })
    } else if (!entry.configMapRef && !entry.secretRef) {
      const needs = [place.child('configMapRef'), place.child('secretRef')]
      validation.report({ id, at: place, field: list, messageId: 'none', needs })
    }
  })
}

function validatePrefix(validation: Validation, { prefix }: EnvFromSource, field: Field): void {
  const fault = prefix ? envNameFault(validation, prefix) : undefined
  if (!prefix || !fault) return
  const data = { prefix: excerpt(prefix), fault }
  validation.report({ id, at: field.child('prefix'), messageId: 'prefix', data })
}

/** validateConfigMapEnvSource and validateSecretEnvSource: the name may end in a dash. */
function validateName(
  validation: Validation,
  entry: EnvFromSource,
  source: keyof typeof kinds,
  field: Field,
): void {
  const reference = entry[source]
  if (!reference) return
  const kind = kinds[source]
  const { name } = reference
  const at = field.child(source, 'name')
  if (!name) {
    validation.report({ id, at, messageId: 'unnamed', data: { source, kind } })
    return
  }
  const fault = dnsSubdomainPrefixFault(name)
  if (fault) reportReferredName(validation, id, { name, kind, fault }, at)
}
