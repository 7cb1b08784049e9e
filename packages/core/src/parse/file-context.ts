import type { KubernetesValue } from './tree.ts'

/**
 * A field that a kustomization (or another overlay) sets when it builds, so that the file alone does not tell it. It
 * need not exist in the file: no parent of it may then be called missing.
 */
export interface OverlaidField {
  /** Which resource; absent parts match any. */
  kind?: string
  name?: string
  namespace?: string
  /**
   * From the resource's root. `'*'` stands for any item or key; an item of a list may be named by what strategic
   * merge knows it by: `{ name: 'agent' }`, `{ mountPath: '/var/log' }`. An item that the file's list does not have is
   * one that the overlay adds: the items that are there stay known, but the list as a whole is not.
   */
  path: readonly (string | number | { readonly [key: string]: string | number })[]
  /**
   * Only where what the file states at `path` is this: the very value, or an image of this name whatever its tag and
   * digest. Without it the field is overlaid whatever is written there, and also where nothing is.
   */
  where?: { value: string } | { image: string }
  /** The value it gets, where that can be told. */
  value?: KubernetesValue
}

/** What the files around one file say about it. */
export interface FileContext {
  /** `patch` when a kustomization lists the file as one. */
  role?: 'manifest' | 'patch'
  /** What kustomizations set on the resources of the file. */
  overlaid?: OverlaidField[]
}
