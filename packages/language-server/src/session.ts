import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Plugin } from '@daemonlint/core'
import { type OwnCopies, suppressionsFileName } from '@daemonlint/node'
import {
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  type DocumentDiagnosticReport,
  FileChangeType,
  type FileEvent,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  type TextDocumentContentChangeEvent,
  type TextDocumentItem,
} from 'vscode-languageserver/node'
import { chartFile, forgetCharts } from './charts.ts'
import { createConfigReports } from './config-reports.ts'
import { changeDocument, type OpenDocument, openDocument } from './documents.ts'
import type { Encoding } from './encoding.ts'
import { createFolders, type Folder } from './folders.ts'
import { createLinting, isConfigFile, type Linted, type View } from './linting.ts'
import { stackOf } from './process.ts'
import { createProgress } from './progress.ts'
import { createScheduler } from './scheduler.ts'
import { asRecord } from './settings.ts'
import { type DocumentStatus, statusOf } from './status.ts'
import { filePathOf, uriOf } from './uris.ts'

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
  /** Files changed on disk. */
  watched(changes: readonly FileEvent[]): void
  /** Takes settings that the client pushes, or asks for them. */
  configure(pushed?: unknown): Promise<void>
  pull(uri: string, previous: string | undefined, token: CancellationToken): Promise<DocumentDiagnosticReport>
  /** What decides about an open document. */
  status(uri: string): Promise<DocumentStatus | null>
  /** The current version of a document, linted; undefined for what is none of ours. */
  view(uri: string): Promise<View | undefined>
}

/** How long the client may take to tell its settings before the defaults hold, in milliseconds. */
const patience = 2000
/** How long the other open documents wait for somebody who types, in milliseconds. */
const othersDelay = 100
/** How often the disk is looked at for somebody who types, where the client watches no files; in milliseconds. */
const lookEvery = 2000

/**
 * True for a client that asks for diagnostics and can be told to ask again. One that cannot, such as Neovim 0.10, would go
 * on showing what held before a configuration or another file changed: it is sent them.
 */
export function pullsDiagnostics({ textDocument, workspace }: ClientCapabilities): boolean {
  return textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true
}

export function createSession(connection: Connection, options: SessionOptions): Session {
  const { capabilities, encoding } = options
  const pulls = pullsDiagnostics(capabilities)
  const watches = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true
  const documents = new Map<string, OpenDocument>()
  const openByPath = new Map<string, OpenDocument>()
  /** Changed since they were saved, where diagnostics wait for that. */
  const unsaved = new Set<string>()
  const warn = (message: string) =>
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message })
  const folders = createFolders({
    ...options,
    openText: (path) => openByPath.get(path)?.text,
    openFiles: (folder) =>
      [...openByPath.values()].flatMap(({ uri, filePath }) => (folders.of(uri) === folder ? filePath! : [])),
    warn,
  })
  const reports = createConfigReports(connection, () => folders.all())
  const scheduler = createScheduler((uri) => void publish(uri).catch(failed))
  /** Settled when the settings are known, or the client takes its time to tell them. */
  let ready: Promise<unknown> | undefined
  /** What the client pushed last. */
  let settings: unknown
  let lookedAt = 0
  let lookTimer: NodeJS.Timeout | undefined
  for (const uri of options.folders) folders.add(uri)

  const failed = (error: unknown) => connection.console.error(stackOf(error))
  const linting = createLinting(connection, {
    documents,
    folders,
    reports,
    showsRelated: capabilities.textDocument?.publishDiagnostics?.relatedInformation === true,
    ready: () => ready,
    onLinted: (folder) => void settle(folder).catch(failed),
  })

  async function publish(uri: string): Promise<void> {
    const found = await linting.current(uri)
    const document = documents.get(uri)
    if (pulls || !document) return
    if (found && found.document !== document) return scheduler.wish(uri)
    const { version } = document
    await connection.sendDiagnostics({ uri, version, diagnostics: [...(found?.diagnostics ?? [])] })
  }

  /** A file that takes long to lint waits until the typing pauses. */
  const delayFor = (uri: string) => {
    const took = linting.last(uri)?.took ?? 0
    return took > 100 ? Math.min(took, 1000) : 0
  }

  /** What stands around some documents changed. */
  function lintAgain(uris: Iterable<string>, delay = 0): void {
    let some = false
    for (const uri of uris) {
      some = true
      linting.outdate(uri)
      if (!pulls) scheduler.wish(uri, delay)
    }
    if (some && pulls) {
      connection.languages.diagnostics.refresh()
    }
  }

  /** A file holds something else: of the documents that rest on it, those that are open are linted anew. */
  function changedFile(path: string, delay: number): void {
    const concerned: string[] = []
    for (const folder of folders.all()) {
      const { live } = folder.workspace
      const concernsAll = live.changed(path)
      for (const { uri, filePath } of documents.values()) {
        if (filePath === undefined || filePath === path || folders.of(uri) !== folder) continue
        if (concernsAll || live.concerns(filePath, path)) concerned.push(uri)
      }
    }
    lintAgain(concerned, delay)
  }

  /** The disk counts again, and holds the same. */
  function forgetFile(path: string): void {
    for (const { workspace } of folders.all()) workspace.live.changed(path)
  }

  function listedFile(path: string, exists: boolean): void {
    if (basename(path) === chartFile) forgetCharts()
    for (const { workspace } of folders.all()) workspace.live.listed(path)
    folderOf(path).workspace.listed(path, exists)
  }

  const folderOf = (path: string) => folders.of(openByPath.get(path)?.uri ?? uriOf(path))

  /** For clients that tell of no changes. */
  function lookAtDisk(): void {
    if (watches) return
    lookedAt = performance.now()
    const outdated = folders.all().filter(({ configuration }) => configuration.isOutdated())
    for (const { configuration } of outdated) configuration.reload()
    const moved = folders.all().filter(({ workspace }) => workspace.live.refresh())
    const unlike = folders.all().filter(({ suppressions }) => suppressions.isOutdated())
    const concerned = [...outdated, ...moved, ...unlike]
    lintAgain([...documents.keys()].filter((uri) => concerned.includes(folders.of(uri))))
  }

  /** For somebody who types, and does not wait for it. */
  function lookSoon(): void {
    if (watches || lookTimer || performance.now() - lookedAt < lookEvery) return
    lookTimer = setTimeout(() => {
      lookTimer = undefined
      lookAtDisk()
    }, othersDelay)
    lookTimer.unref()
  }

  function reloadConfigurations(): void {
    for (const { configuration } of folders.all()) configuration.reload()
    lintAgain(documents.keys())
  }

  async function askForSettings(): Promise<void> {
    const asked = folders.all()
    const items = asked.map(({ uri }) => ({
      section: 'daemonlint',
      ...(uri !== undefined && { scopeUri: uri }),
    }))
    const values: unknown[] = await connection.workspace.getConfiguration(items)
    configureAll(asked, (index) => values[index])
  }

  /** Waits a while for the client; what it tells later holds from then on. */
  async function askInTime(): Promise<void> {
    let isLate = false
    const asked = askForSettings()
      .then(() => isLate && lintAgain(documents.keys()))
      .catch(failed)
    await Promise.race([asked, new Promise((done) => setTimeout(done, patience).unref())])
    isLate = true
  }

  function configureAll(some: readonly Folder[], valueFor: (index: number) => unknown): void {
    for (const [index, folder] of some.entries()) {
      for (const message of folders.configure(folder, valueFor(index))) warn(message)
    }
  }

  /** Does for rules what would have kept somebody waiting who types, and lints again with what came of it. */
  async function settle({ workspace }: Folder): Promise<void> {
    if (await workspace.settle()) lintAgain(askingForAll(workspace))
  }

  const askingForAll = ({ live }: Folder['workspace']) =>
    [...documents.values()].flatMap(({ uri, filePath }) =>
      filePath !== undefined && live.asksAll(filePath) ? [uri] : [],
    )

  async function indexFolder({ workspace, path }: Folder): Promise<void> {
    if (path === undefined) return
    const progress = createProgress(connection, capabilities, 'daemonlint: looking through the workspace')
    try {
      const done = await workspace.index(progress.report)
      if (!done) return
      lintAgain(askingForAll(workspace))
    } finally {
      progress.done()
    }
  }

  const session: Session = {
    async start() {
      ready = session.configure()
      await ready
      ready = undefined
      for (const folder of folders.all()) indexFolder(folder).catch(failed)
    },
    stop() {
      scheduler.stop()
      for (const { workspace } of folders.all()) workspace.stop()
    },
    open(item) {
      const document = openDocument(item, encoding)
      documents.set(item.uri, document)
      const { filePath } = document
      if (filePath !== undefined) {
        openByPath.set(filePath, document)
        if (performance.now() - lookedAt > lookEvery) lookAtDisk()
        const { workspace, path } = folders.of(item.uri)
        if (!existsSync(filePath)) listedFile(filePath, true)
        // Without a folder it was not read before.
        else if (path === undefined || !isAsOnDisk(document)) changedFile(filePath, othersDelay)
        workspace.listed(filePath, true)
      }
      scheduler.wish(item.uri)
    },
    change(uri, version, changes) {
      const before = documents.get(uri)
      if (!before) return
      const document = changeDocument(before, version, changes, encoding)
      documents.set(uri, document)
      if (document.filePath !== undefined) {
        openByPath.set(document.filePath, document)
        changedFile(document.filePath, othersDelay)
        lookSoon()
      }
      if (folders.of(uri).settings.run === 'onSave') unsaved.add(uri)
      else if (!pulls) scheduler.wish(uri, delayFor(uri))
    },
    saved(uri) {
      const wasUnsaved = unsaved.delete(uri)
      const document = documents.get(uri)
      if (document && isConfigFile(document)) return reloadConfigurations()
      lookAtDisk()
      if (document && !pulls) scheduler.wish(uri)
      else if (wasUnsaved) lintAgain([uri])
    },
    close(uri) {
      const document = documents.get(uri)
      if (!document) return
      documents.delete(uri)
      linting.forget(uri)
      unsaved.delete(uri)
      scheduler.forget(uri)
      const { filePath } = document
      if (filePath !== undefined) {
        openByPath.delete(filePath)
        const { workspace, path } = folders.of(uri)
        workspace.live.forget(filePath)
        const exists = existsSync(filePath)
        if (path === undefined || !exists) workspace.listed(filePath, false)
        if (!exists) listedFile(filePath, false)
        else if (path !== undefined && isAsOnDisk(document)) forgetFile(filePath)
        else changedFile(filePath, othersDelay)
      }
      if (!pulls) void connection.sendDiagnostics({ uri, diagnostics: [] })
    },
    watched(changes) {
      let listed = false
      let configured = false
      for (const { uri, type } of changes) {
        const path = filePathOf(uri)
        if (path === undefined) continue
        if (isConfigFile({ filePath: path })) configured = true
        else if (basename(path) === suppressionsFileName) listed = true
        else if (type !== FileChangeType.Changed) {
          listedFile(path, type === FileChangeType.Created || openByPath.has(path))
          listed = true
        } else if (!openByPath.has(path)) changedFile(path, 0)
      }
      if (configured) reloadConfigurations()
      else if (listed) lintAgain(documents.keys())
    },
    async changeFolders(added, removed) {
      for (const uri of removed) folders.remove(uri)
      const fresh = added.map((uri) => folders.add(uri))
      await session.configure()
      for (const folder of fresh) indexFolder(folder).catch(failed)
    },
    async configure(pushed) {
      settings = asRecord(pushed).daemonlint ?? settings
      if (capabilities.workspace?.configuration) await askInTime()
      else if (settings !== undefined) configureAll(folders.all(), () => settings)
      lintAgain(documents.keys())
      reports.update()
    },
    async pull(uri, previous, token) {
      const before = linting.last(uri)
      if (before && unsaved.has(uri)) return report(before, previous)
      const found = await linting.current(uri)
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled')
      return report(found, previous)
    },
    async status(uri) {
      const view = await linting.current(uri)
      const document = documents.get(uri)
      return document ? statusOf(document, folders.of(uri), view) : null
    },
    view: linting.current,
  }
  return session
}

function report(found: Linted | undefined, previous: string | undefined): DocumentDiagnosticReport {
  if (!found) return { kind: 'full', items: [] }
  const { resultId, diagnostics } = found
  if (previous === resultId) return { kind: 'unchanged', resultId }
  return { kind: 'full', resultId, items: [...diagnostics] }
}

/** Whoever opens or closes a whole folder of saved files changes nothing for any of them. */
function isAsOnDisk({ filePath, text }: OpenDocument): boolean {
  try {
    return readFileSync(filePath!, 'utf8').replace(/^\u{feff}/u, '') === text
  } catch {
    return false
  }
}
