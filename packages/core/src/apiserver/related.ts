import type { Position } from '../parse/tree.ts'
import { placeOf } from '../report/place.ts'
import type { Validation } from './check.ts'
import type { Field } from './field.ts'

/** A second place that a finding speaks of, by its field. */
export function relatedTo(
  { node }: Validation,
  field: Field,
  message: string,
): { position: Position; message: string } {
  return { position: placeOf(node, field.path), message }
}
