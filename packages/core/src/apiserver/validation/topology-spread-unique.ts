import type { TopologySpreadConstraint } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relatedTo } from '../related.ts'

export const topologySpreadUniqueRejections = {
  'topology-spread-unique': {
    description: 'Refuses two topology spread constraints on the same key with the same effect',
    messages: {
      repeated:
        'Another constraint has the same `topologyKey` and `whenUnsatisfiable`, and of each such pair there can be only one: remove one of the two.',
      remove: 'Remove the other constraint.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** k8s.io/kubernetes pkg/apis/core/validation, ValidateSpreadConstraintNotRepeat: each that one after it repeats is named. */
export function validateUnique(
  validation: Validation,
  constraints: readonly (TopologySpreadConstraint | null)[],
  list: Field,
): void {
  const later = new Map<string, number>()
  for (let index = constraints.length - 1; index >= 0; index--) {
    const { topologyKey, whenUnsatisfiable } = constraints[index] ?? {}
    const pair = `${topologyKey ?? ''}\n${whenUnsatisfiable ?? ''}`
    const other = later.get(pair)
    later.set(pair, index)
    if (other === undefined) continue
    const [field, twin] = [list.index(index), list.index(other)]
    validation.report({
      id: 'topology-spread-unique',
      at: field.child('topologyKey'),
      field: field.child('{topologyKey, whenUnsatisfiable}'),
      needs: [field.child('whenUnsatisfiable'), twin.child('topologyKey'), twin.child('whenUnsatisfiable')],
      messageId: 'repeated',
      related: relatedTo(validation, twin.child('topologyKey'), 'The other constraint.'),
      suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(twin.path) }],
    })
  }
}
