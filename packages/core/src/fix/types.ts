import type { KubernetesNode, KubernetesValue, Path } from '../parse/tree.ts'
import type { Edit } from '../problem.ts'

/** A value that is written into a manifest by a fix. */
export type NewValue = KubernetesValue

/**
 * Makes edits of the source text. Operations that take a path write real YAML in the file's own style (indentation,
 * flow or block) and return null when they cannot do so safely: under an alias or a merge key, or where a value is
 * templated. A rule then simply offers no fix. Paths are relative to the reported node unless another is given. Several
 * operations may make up one fix; where they need the same missing map or list, it is made once.
 */
export interface Fixer {
  /** Writes `value` at `path`, adding the maps above it that are missing. Never makes a duplicate key. */
  set(path: Path, value: NewValue, node?: KubernetesNode): Edit[] | null
  /** Adds an item at the end of the list at `path`, making the list if it is missing. */
  append(path: Path, value: NewValue, node?: KubernetesNode): Edit[] | null
  /**
   * Removes a key with its value, or an item of a list, and their lines. Comments stay: one that stood beside what
   * goes gets a line of its own. What was the only entry leaves `{}` or `[]`.
   */
  remove(path: Path, node?: KubernetesNode): Edit[] | null
  /** Changes the key of an entry; null if the new one exists. */
  rename(path: Path, key: string, node?: KubernetesNode): Edit[] | null
  /** Moves an entry to another key of the same resource; null if the target exists. */
  move(from: Path, to: Path, node?: KubernetesNode): Edit[] | null
  /** Replaces text by 0-based offsets, as in ESLint. */
  replaceTextRange(range: [number, number], text: string): Edit[]
  insertTextAfterRange(range: [number, number], text: string): Edit[]
  insertTextBeforeRange(range: [number, number], text: string): Edit[]
  removeRange(range: [number, number]): Edit[]
}

/** One change, or several that belong together; null or an empty list: none can be offered. */
export type FixFunction = (fixer: Fixer) => Edit[] | null | (Edit[] | null)[]
