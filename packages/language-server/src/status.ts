import { RequestType, type TextDocumentIdentifier } from 'vscode-languageserver/node'

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
