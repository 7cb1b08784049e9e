import { type TextDocument, workspace } from 'vscode'

/**
 * The schemes of documents that are linted: files, what was never saved, and the files of a workspace that is not on a
 * disk. The old side of a comparison (`git:`) is none of them.
 */
export const schemes = ['file', 'untitled', 'vscode-vfs'] as const

/** The languages of documents that are linted. Templates of charts are `helm` where an extension knows it: never. */
export function languagesFor(): string[] {
  const isJsonWanted = workspace.getConfiguration('daemonlint').get<boolean>('json', false)
  return isJsonWanted ? ['yaml', 'json', 'jsonc'] : ['yaml']
}

/** True for a document that the server is to see. */
export function isMeant({ languageId, uri }: TextDocument): boolean {
  return (
    languagesFor().includes(languageId) &&
    (schemes as readonly string[]).includes(uri.scheme) &&
    workspace.getConfiguration('daemonlint', uri).get<boolean>('enable', true)
  )
}
