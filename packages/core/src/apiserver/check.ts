import type { FixFunction } from '../fix/types.ts'
import type { DaemonSetNode, Position } from '../parse/tree.ts'
import type { SuggestionDescriptor } from '../report/descriptor.ts'
import type { Feature } from './features.ts'
import type { Field } from './field.ts'
import type { RejectionId } from './rejections.ts'

/** Something that the API server refuses, or warns of, in one field. */
export interface Finding {
  /** What it is called, without `api-server/`; its messages are those of the rejection. */
  id: RejectionId
  /**
   * The field it points at, which need not exist: something missing is pointed out at its nearest parent. Nothing is
   * reported when the field's value, or whether it is there, is not known (templates, patches, kustomizations).
   */
  at: Field
  /** The field as the API server names it, where that is another: labels are `metadata.labels`, without the key. */
  field?: Field | string
  messageId: string
  data?: Record<string, string | number>
  /**
   * Other fields that the verdict rests on; nothing is reported when anything in them is not known. `list.each()` stands
   * for thousands of fields that thousands of findings rest on.
   */
  needs?: readonly Field[]
  /** Points at the key although the value is a scalar. */
  on?: 'key' | 'value'
  /** Points elsewhere. */
  loc?: Position
  related?: { position: Position; message: string }
  /** Only where there is no doubt; paths are from the DaemonSet's root. */
  fix?: FixFunction
  /** Changes of which a person must choose one. */
  suggest?: SuggestionDescriptor<string>[]
}

/** What a check of the API server's validation is given. */
export interface Validation {
  /** The DaemonSet; every value in it has the type that its field takes. */
  readonly node: DaemonSetNode
  /** The versions the manifest is for, oldest first. */
  readonly kubernetesVersions: readonly string[]
  /** True when a feature is on by default in every version the manifest is for: what it allows is allowed. */
  everywhere(feature: Feature): boolean
  /** True when a feature is on by default in some version the manifest is for: what it checks is checked. */
  somewhere(feature: Feature): boolean
  /** @returns false where it is not reported, for something it rests on is not known or was said already */
  report(finding: Finding): boolean
}
