import type { Position } from 'unist'
import type { FixFunction } from '../fix/types.ts'
import type { KubernetesNode, Path } from '../parse/tree.ts'

export interface SuggestionDescriptor<MessageIds extends string> {
  messageId: MessageIds
  data?: Record<string, string | number>
  fix: FixFunction
}

export interface ReportDescriptor<MessageIds extends string> {
  /** The part of a resource that is spoken of. */
  node: KubernetesNode
  /**
   * The field, relative to the node. It need not exist: then the finding points at the key of the nearest parent that
   * does, or at an item's `name`. A scalar is pointed at itself, a map or list at its key.
   */
  path?: Path
  /** Points at the key although the value is a scalar. */
  on?: 'key' | 'value'
  /** Points elsewhere; `path` still says which field is meant. */
  loc?: Position
  messageId: MessageIds
  data?: Record<string, string | number>
  /** A second place that matters, such as the first of two equal keys. */
  related?: { position: Position; message: string }
  /** An automatic fix: only where the meaning is kept. All edits or none. */
  fix?: FixFunction
  /** Changes of which a person must choose one. Those whose fix is null are dropped. */
  suggest?: SuggestionDescriptor<MessageIds>[]
}
