import type { Root } from '@daemonlint/core'

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
