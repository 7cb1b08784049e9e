import { basename, dirname, join } from 'node:path'
import type { Plugin } from '@daemonlint/core'
import { configFileNames, type OwnCopies } from '@daemonlint/node'
import {
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
  type TextDocumentContentChangeEvent,
  type TextDocumentItem,
} from 'vscode-languageserver/node'
import { isChartTemplate } from './charts.ts'
import { createConfigReports } from './config-reports.ts'
import { brokenRuleDiagnostic, declinedDiagnostic, toDiagnostic } from './diagnostics.ts'
import { changeDocument, type OpenDocument, openDocument } from './documents.ts'
import type { Encoding } from './encoding.ts'
import { createFolders, type Folder } from './folders.ts'
import { type LintedDocument, lintDocument } from './lint-document.ts'
import { stackOf } from './process.ts'
import { createScheduler } from './scheduler.ts'
import { asRecord } from './settings.ts'
import type { Snapshot } from './snapshot.ts'

export interface SessionOptions {
  encoding: Encoding
  capabilities: ClientCapabilities
  /** URIs of the workspace folders. */
  folders: readonly string[]
  builtin: Plugin
  ownCopies: OwnCopies | undefined
  /** Whether configurations and plugins that are programs may run. */
  trusted: boolean
}

/** What the server does for a client between `initialize` and `exit`. */
export interface Session {
  start(): Promise<void>
  stop(): void
  open(item: TextDocumentItem): void
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void
  saved(uri: string): void
  close(uri: string): void
  changeFolders(added: readonly string[], removed: readonly string[]): Promise<void>
  /** Configuration files changed. */
  reloadConfigurations(): void
  /** Takes settings that the client pushes, or asks for them. */
  configure(pushed?: unknown): Promise<void>
  pull(uri: string, previous: string | undefined, token: CancellationToken): Promise<DocumentDiagnosticReport>
  /** The current version of a document, linted; undefined for what is none of ours. */
  view(uri: string): Promise<View | undefined>
}

/** The current version of a document, and what linting it came to. */
export interface View {
  document: OpenDocument
  snapshot: Snapshot
  folder: Folder
}

interface Linted extends View {
  diagnostics: readonly Diagnostic[]
  /** The same as long as the diagnostics are. */
  resultId: string
  /** What stands around the document changed since. */
  isStale: boolean
  /** How long it took, in milliseconds. */
  took: number
}

/** Languages that are no YAML before they are rendered. */
const templateLanguages = new Set([
  'helm',
  'gotmpl',
  'go-template',
  'helm-template',
  'gotexttmpl',
  'gohtmltmpl',
])

export function createSession(connection: Connection, options: SessionOptions): Session {
  const { capabilities, encoding } = options
  const pulls = capabilities.textDocument?.diagnostic !== undefined
  const showsRelated = capabilities.textDocument?.publishDiagnostics?.relatedInformation === true
  const documents = new Map<string, OpenDocument>()
  const linted = new Map<string, Linted>()
  /** Changed since they were saved, where diagnostics wait for that. */
  const unsaved = new Set<string>()
  const folders = createFolders({ ...options })
  const reports = createConfigReports(connection, () => folders.all())
  const scheduler = createScheduler((uri) => void publish(uri).catch(failed))
  const toldRules = new Set<string>()
  let results = 0
  for (const uri of options.folders) folders.add(uri)

  const failed = (error: unknown) => connection.console.error(stackOf(error))

  /** Lints what changed; asks again where a newer version came in between. */
  async function lintCurrent(uri: string): Promise<Linted | undefined> {
    for (;;) {
      const document = documents.get(uri)
      if (!document) return undefined
      const known = linted.get(uri)
      if (known?.document === document && !known.isStale) return known
      const folder = folders.of(uri)
      if (!folder.settings.enable || templateLanguages.has(document.languageId)) return undefined
      if (isConfigFile(document)) {
        await folder.configuration.forFile(join(dirname(document.filePath!), 'any.yaml'))
        reports.update()
        return undefined
      }
      if (known) known.isStale = false
      const config = await folder.configuration.forFile(document.filePath)
      reports.update()
      if (documents.get(uri) !== document || (known && (linted.get(uri) !== known || known.isStale))) continue
      if (config.ignored) return undefined
      const next = lintNow(document, folder, config, known)
      linted.set(uri, next)
      return next
    }
  }

  function lintNow(
    document: OpenDocument,
    folder: Folder,
    config: Snapshot['config'],
    before: Linted | undefined,
  ): Linted {
    const { uri, filePath, version, text } = document
    const started = performance.now()
    const found = lintDocument(document, {
      config,
      kubernetesVersions: folder.kubernetesVersions,
      project: undefined,
      previous: before?.snapshot.result.root,
      isTemplate: filePath !== undefined && isChartTemplate(filePath),
    })
    const diagnostics = diagnosticsOf(found, document)
    const snapshot: Snapshot = { uri, filePath, version, text, result: found.result, config }
    const isSame = before && JSON.stringify(before.diagnostics) === JSON.stringify(diagnostics)
    const resultId = isSame ? before.resultId : String(++results)
    const took = performance.now() - started
    return { document, snapshot, folder, diagnostics, resultId, isStale: false, took }
  }

  function diagnosticsOf(
    { result, brokenRules, declined }: LintedDocument,
    document: OpenDocument,
  ): Diagnostic[] {
    for (const { ruleId, error } of brokenRules) {
      if (toldRules.has(ruleId)) continue
      toldRules.add(ruleId)
      connection.console.error(`Rule '${ruleId}' failed and is left out: ${stackOf(error.cause ?? error)}`)
    }
    return [
      ...(declined === undefined ? [] : [declinedDiagnostic(declined)]),
      ...brokenRules.map(brokenRuleDiagnostic),
      ...result.problems.map((problem) => toDiagnostic(problem, document, showsRelated)),
    ]
  }

  async function publish(uri: string): Promise<void> {
    const found = await lintCurrent(uri)
    const document = documents.get(uri)
    if (pulls || !document) return
    if (found && found.document !== document) return scheduler.wish(uri)
    const { version } = document
    await connection.sendDiagnostics({ uri, version, diagnostics: [...(found?.diagnostics ?? [])] })
  }

  /** A file that takes long to lint waits until the typing pauses. */
  const delayFor = (uri: string) => {
    const took = linted.get(uri)?.took ?? 0
    return took > 100 ? Math.min(took, 1000) : 0
  }

  function lintAllAgain(): void {
    for (const one of linted.values()) one.isStale = true
    if (pulls && capabilities.workspace?.diagnostics?.refreshSupport) {
      connection.languages.diagnostics.refresh()
    }
    for (const uri of documents.keys()) scheduler.wish(uri)
  }

  async function askForSettings(): Promise<void> {
    const all = folders.all()
    const items = all.map(({ uri }) => ({
      section: 'daemonlint',
      ...(uri !== undefined && { scopeUri: uri }),
    }))
    const values: unknown[] = await connection.workspace.getConfiguration(items)
    configureAll((index) => values[index])
  }

  function configureAll(valueFor: (index: number) => unknown): void {
    for (const [index, folder] of folders.all().entries()) {
      for (const message of folders.configure(folder, valueFor(index)))
        connection.window.showWarningMessage(message)
    }
  }

  const session: Session = {
    async start() {
      await session.configure().catch(failed)
    },
    stop() {
      scheduler.stop()
    },
    open(item) {
      documents.set(item.uri, openDocument(item, encoding))
      scheduler.wish(item.uri)
    },
    change(uri, version, changes) {
      const document = documents.get(uri)
      if (!document) return
      documents.set(uri, changeDocument(document, version, changes, encoding))
      if (folders.of(uri).settings.run === 'onSave') unsaved.add(uri)
      else if (!pulls) scheduler.wish(uri, delayFor(uri))
    },
    saved(uri) {
      unsaved.delete(uri)
      const document = documents.get(uri)
      if (document && isConfigFile(document)) session.reloadConfigurations()
      else if (document) scheduler.wish(uri)
    },
    close(uri) {
      documents.delete(uri)
      linted.delete(uri)
      unsaved.delete(uri)
      scheduler.forget(uri)
      if (!pulls) void connection.sendDiagnostics({ uri, diagnostics: [] })
    },
    reloadConfigurations() {
      for (const { configuration } of folders.all()) configuration.reload()
      lintAllAgain()
    },
    async changeFolders(added, removed) {
      for (const uri of removed) folders.remove(uri)
      for (const uri of added) folders.add(uri)
      await session.configure()
    },
    async configure(pushed) {
      const own = asRecord(pushed).daemonlint
      if (capabilities.workspace?.configuration) await askForSettings()
      else if (own !== undefined) configureAll(() => own)
      lintAllAgain()
    },
    async pull(uri, previous, token) {
      const before = linted.get(uri)
      if (before && unsaved.has(uri)) return report(before, previous)
      const found = await lintCurrent(uri)
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled')
      return report(found, previous)
    },
    view: lintCurrent,
  }
  return session
}

function report(found: Linted | undefined, previous: string | undefined): DocumentDiagnosticReport {
  if (!found) return { kind: 'full', items: [] }
  const { resultId, diagnostics } = found
  if (previous === resultId) return { kind: 'unchanged', resultId }
  return { kind: 'full', resultId, items: [...diagnostics] }
}

function isConfigFile({ filePath }: OpenDocument): boolean {
  const names: readonly string[] = configFileNames
  return filePath !== undefined && names.includes(basename(filePath))
}
