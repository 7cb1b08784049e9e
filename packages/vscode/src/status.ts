import { type Disposable, LanguageStatusSeverity, languages } from 'vscode'
import { languagesFor, schemes } from './documents.ts'

/** The item beside the language of a document: how the server does. */
export interface Status extends Disposable {
  /** Shows that it is being started. */
  starting(): void
  /** @param detail which daemonlint it is */
  running(detail: string): void
  stopped(): void
  /** @param why in a line */
  failed(why: string): void
  /** Says for which languages it is shown. */
  watch(languageIds: string[]): void
}

/** @param command what a click runs */
export function createStatus(command: string): Status {
  const item = languages.createLanguageStatusItem('daemonlint', selector(languagesFor()))
  item.name = 'daemonlint'
  item.command = { command, title: 'Show Output' }
  show('not started', '')
  return {
    starting: () => show('starting', '', { busy: true }),
    running: (detail) => show('running', detail),
    stopped: () => show('stopped', ''),
    failed: (why) => show('failed', why, { severity: LanguageStatusSeverity.Error }),
    watch(languageIds) {
      item.selector = selector(languageIds)
    },
    dispose: () => item.dispose(),
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
