import { RequestType, type TextDocumentIdentifier } from 'vscode-languageserver/node'
import type { OpenDocument } from './documents.ts'
import type { Folder } from './folders.ts'
import { isConfigFile, isTemplateLanguage, type View } from './linting.ts'
import { uriOf } from './uris.ts'

/** What decides about a document: what an editor shows beside it. */
export interface DocumentStatus {
  /**
   * `linted`; `off` by a setting; `ignored` by the configuration; `template` for a language that is none of ours before it
   * is rendered; `declined` for what is too long; `configuration` for a configuration file itself.
   */
  state: 'linted' | 'off' | 'ignored' | 'template' | 'declined' | 'configuration'
  /** URI of the configuration file that holds for the document; null where there is none, and the built-in one does. */
  configuration: string | null
  /** Why that file cannot be used, in a line; null where it can. */
  problem: string | null
  /** The Kubernetes versions that the document is judged for, oldest first; none where it is not linted. */
  kubernetesVersions: string[]
}

/** `daemonlint/status`: answers null for a document that is not open. */
export const StatusRequest = new RequestType<
  { textDocument: TextDocumentIdentifier },
  DocumentStatus | null,
  void
>('daemonlint/status')

/** @param view what linting it came to; undefined for what is none of ours */
export async function statusOf(
  document: OpenDocument,
  folder: Folder,
  view: View | undefined,
): Promise<DocumentStatus> {
  const { configuration, settings } = folder
  const config = await configuration.forFile(document.filePath)
  const filePath = configuration.fileOf(document.filePath)
  const failure = configuration.failures().find((one) => one.filePath === filePath)
  const state = stateOf(document, settings.enable, view)
  const versions = folder.kubernetesVersions ?? config.kubernetesVersions
  return {
    state,
    configuration: filePath === undefined ? null : uriOf(filePath),
    problem: failure ? failure.message.split('\n', 1)[0]! : null,
    kubernetesVersions: state === 'linted' ? [...versions] : [],
  }
}

function stateOf(document: OpenDocument, isOn: boolean, view: View | undefined): DocumentStatus['state'] {
  if (!isOn) return 'off'
  if (isTemplateLanguage(document)) return 'template'
  if (isConfigFile(document)) return 'configuration'
  if (!view) return 'ignored'
  return view.isDeclined ? 'declined' : 'linted'
}
