import type { Plugin } from '@daemonlint/core'
import { errorCode, type OwnCopies } from '@daemonlint/node'
import {
  type ClientCapabilities,
  type Connection,
  createConnection,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node'
import { chooseEncoding, type Encoding } from './encoding.ts'
import { type ProcessOwner, takeProcess } from './process.ts'
import { codeActionCapabilities, serveCodeActions } from './serve-code-actions.ts'
import { knowledgeCapabilities, serveKnowledge } from './serve-knowledge.ts'
import { navigationCapabilities, serveNavigation } from './serve-navigation.ts'
import { createSession, pullsDiagnostics, type Session } from './session.ts'
import { asRecord } from './settings.ts'
import { StatusRequest } from './status.ts'
import { registerForChanges } from './watch-files.ts'

export interface ServerOptions {
  /** Of daemonlint, for the client to show. */
  version: string
  /** The built-in rules and presets. */
  builtin: Plugin
  /** What serves imports of daemonlint's packages in configurations where none is installed. */
  ownCopies?: OwnCopies
}

/**
 * Serves one client over standard input and output, and takes the process for it until the client is done.
 * @returns the exit code: 0 after `shutdown`, else 1. The caller is to end the process with it, for some clients leave the
 * input open
 */
export function startServer(options: ServerOptions): Promise<number> {
  let log = (message: string): void => void process.stderr.write(`${message}\n`)
  const owner = takeProcess((message) => log(message))
  const connection = createConnection(owner.stdin, owner.stdout)
  log = (message) => connection.console.error(message)
  let session: Session | undefined
  let capabilities: ClientCapabilities = {}
  let encoding: Encoding = 'utf-16'

  connection.onInitialize((params) => {
    capabilities = params.capabilities
    encoding = chooseEncoding(capabilities.general?.positionEncodings)
    session = createSession(connection, sessionOptions(params, encoding, options))
    watchParent(params.processId, owner)
    return initializeResult(capabilities, encoding, options.version)
  })
  connection.onInitialized(async () => {
    registerForChanges(connection, capabilities)
    if (capabilities.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
        session?.changeFolders(
          added.map(({ uri }) => uri),
          removed.map(({ uri }) => uri),
        ),
      )
    }
    await session?.start()
  })
  connection.onShutdown(() => session?.stop())
  connection.onExit(() => owner.allowExit())

  const now = () => {
    if (!session) throw new ResponseError(ErrorCodes.ServerNotInitialized, 'initialize comes first')
    return session
  }
  serveDocuments(connection, now)
  serveCodeActions(connection, now, () => capabilities)
  serveNavigation(connection, now, () => ({ capabilities, encoding }))
  serveKnowledge(connection, now, () => capabilities)
  connection.listen()
  return owner.exitCode
}

function serveDocuments(connection: Connection, session: () => Session): void {
  connection.onDidOpenTextDocument(({ textDocument }) => session().open(textDocument))
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) =>
    session().change(uri, version, contentChanges),
  )
  connection.onDidSaveTextDocument(({ textDocument }) => session().saved(textDocument.uri))
  connection.onDidCloseTextDocument(({ textDocument }) => session().close(textDocument.uri))
  connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) =>
    session().pull(textDocument.uri, previousResultId, token),
  )
  connection.onRequest(StatusRequest, ({ textDocument }) => session().status(textDocument.uri))
  connection.onDidChangeConfiguration(({ settings }) => session().configure(settings))
  connection.onDidChangeWatchedFiles(({ changes }) => session().watched(changes))
}

function sessionOptions(params: InitializeParams, encoding: Encoding, { builtin, ownCopies }: ServerOptions) {
  const { capabilities, initializationOptions, workspaceFolders, rootUri } = params
  const folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : [])
  return {
    encoding,
    capabilities,
    folders,
    builtin,
    ownCopies,
    trusted: asRecord(initializationOptions).trusted !== false,
  }
}

function initializeResult(
  { textDocument, workspace }: ClientCapabilities,
  positionEncoding: Encoding,
  version: string,
): InitializeResult {
  return {
    serverInfo: { name: 'daemonlint', version },
    capabilities: {
      positionEncoding,
      textDocumentSync: {
        openClose: true,
        change: TextDocumentSyncKind.Incremental,
        save: { includeText: false },
      },
      ...codeActionCapabilities,
      ...navigationCapabilities,
      ...knowledgeCapabilities,
      ...(pullsDiagnostics({ textDocument, workspace }) && {
        diagnosticProvider: {
          identifier: 'daemonlint',
          interFileDependencies: true,
          workspaceDiagnostics: false,
        },
      }),
      ...(workspace?.workspaceFolders && {
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      }),
    },
  }
}

/** Ends the server when the editor is gone without a word; the library looks after a client's own process alike. */
function watchParent(processId: number | null, owner: ProcessOwner): void {
  if (processId === null) return
  setInterval(() => {
    try {
      process.kill(processId, 0)
    } catch (error) {
      if (errorCode(error) === 'EPERM') return
      owner.allowExit()
      process.exit(1)
    }
  }, 2000).unref()
}
