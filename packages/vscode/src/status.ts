import type { DocumentStatus } from '@daemonlint/language-server'
import { type Disposable, LanguageStatusSeverity, languages, Uri, workspace } from 'vscode'
import { languagesFor, schemes } from './documents.ts'
import { statusText } from './status-text.ts'

/** The items beside the language of a document: how the server does, and which configuration holds. */
export interface Status extends Disposable {
  /** Shows that it is being started. */
  starting(): void
  /** @param detail which daemonlint it is */
  running(detail: string): void
  stopped(): void
  /** @param why in a line */
  failed(why: string): void
  /** Shows what decides about the document at hand; undefined where nobody knows. */
  decided(by: DocumentStatus | undefined): void
  /** Says for which languages it is shown. */
  watch(languageIds: string[]): void
}

/** @param command what a click runs */
export function createStatus(command: string): Status {
  const item = languages.createLanguageStatusItem('daemonlint', selector(languagesFor()))
  item.name = 'daemonlint'
  item.command = { command, title: 'Show Output' }
  const configuration = languages.createLanguageStatusItem(
    'daemonlint.configuration',
    selector(languagesFor()),
  )
  configuration.name = 'daemonlint configuration'
  show('not started', '')
  decided(undefined)
  return {
    decided,
    starting: () => show('starting', '', { busy: true }),
    running: (detail) => show('running', detail),
    stopped: () => show('stopped', ''),
    failed: (why) => show('failed', why, { severity: LanguageStatusSeverity.Error }),
    watch(languageIds) {
      item.selector = selector(languageIds)
      configuration.selector = selector(languageIds)
    },
    dispose() {
      item.dispose()
      configuration.dispose()
    },
  }

  function decided(by: DocumentStatus | undefined): void {
    const uri = by?.configuration ? Uri.parse(by.configuration) : undefined
    const shown = by && statusText(by, uri && workspace.asRelativePath(uri))
    configuration.text = shown?.text ?? 'no configuration known'
    configuration.detail = shown?.detail ?? ''
    configuration.severity = shown?.isWarning
      ? LanguageStatusSeverity.Warning
      : LanguageStatusSeverity.Information
    configuration.command = uri && { command: 'vscode.open', title: 'Open', arguments: [uri] }
  }

  function show(
    state: string,
    detail: string,
    { busy = false, severity = LanguageStatusSeverity.Information } = {},
  ): void {
    item.text = `daemonlint: ${state}`
    item.detail = detail
    item.busy = busy
    item.severity = severity
  }
}

/** Every document of these languages that the server may see. */
export function selector(languageIds: readonly string[]) {
  return languageIds.flatMap((language) => schemes.map((scheme) => ({ language, scheme })))
}
