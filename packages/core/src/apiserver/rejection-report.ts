import type { Path } from '../parse/tree.ts'
import type { ReportDescriptor } from '../report/descriptor.ts'
import type { RejectionId } from './rejections.ts'

/** What the API server has against a manifest; its messages are those of the rejection `id`. */
export interface RejectionReport extends Omit<ReportDescriptor<string>, 'node'> {
  id: RejectionId
  /** As the API server names the field, where that is not simply `path`. */
  field?: string
  /** Other fields it depends on: nothing is said where a misplaced field belongs to one of them. */
  needs?: readonly Path[]
}
