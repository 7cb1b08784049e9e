import type { Root } from '@daemonlint/core'
import { once } from './once.ts'

/**
 * True when a file may hold a resource of a kind that its tree does not show: the kind is a placeholder, or the whole
 * document is a template's.
 */
export function mayHideKind(root: Root, kind: string): boolean {
  return root.documents.some((document) => {
    if (document.status === 'empty') return false
    if (!/^[A-Za-z]+$/.test(document.kind)) return true
    return document.kind === kind && document.status !== 'parsed'
  })
}

/**
 * True when a file may hold resources that nobody can see: their kind is a placeholder, or their whole document is a
 * template's. They may be what is looked for.
 */
export const hidesResources: (root: Root) => boolean = once(
  ({ documents, children }) =>
    children.some(({ kind }) => kind === '') ||
    documents.some(({ status, kind }) => status === 'template' || status === 'broken' || !/^\w*$/.test(kind)),
)
