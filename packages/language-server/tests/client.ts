/** A client that speaks to the built command through its standard input and output, as an editor does. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node'
import type { Diagnostic, InitializeResult, PublishDiagnosticsParams } from 'vscode-languageserver/node'

export const root = resolve(import.meta.dirname, '../../..')
const command = join(root, 'node_modules/.bin/daemonlint')
if (!existsSync(command)) throw new Error('The command is not built: npm test -- build')

export interface Client {
  connection: MessageConnection
  process: ChildProcess
  /** What the server answered to `initialize`. */
  result: InitializeResult
  /** All that was pushed, in order. */
  pushed: PublishDiagnosticsParams[]
  /** All that was logged or shown. */
  said: string[]
  /** What it wrote to standard error. */
  stderr(): string
  open(uri: string, text: string, languageId?: string): void
  /** Replaces the whole text. */
  change(uri: string, version: number, text: string): void
  /** The next diagnostics of a document that come, or those of a version. */
  diagnostics(uri: string, version?: number): Promise<Diagnostic[]>
  /** Waits until something holds. */
  until(holds: () => boolean, what?: string): Promise<void>
  /** The exit code, or a signal. */
  exited: Promise<number | string | null>
}

export interface ClientOptions {
  capabilities?: object
  initializationOptions?: unknown
  /** Absolute paths. */
  folders?: string[]
  /** What `workspace/configuration` answers for each item. */
  settings?: unknown
  cwd?: string
  onRequest?: (method: string, params: unknown) => unknown
  initialize?: boolean
}

export async function startClient(options: ClientOptions = {}): Promise<Client> {
  const { capabilities = {}, folders, settings, initializationOptions } = options
  const child = spawn(command, ['lsp', '--stdio'], { cwd: options.cwd ?? root, stdio: 'pipe' })
  // A message to a server that has ended already is no failure of the test.
  child.stdin.on('error', () => {})
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const exited = new Promise<number | string | null>((done) => {
    child.on('exit', (code, signal) => done(code ?? signal))
  })
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const pushed: PublishDiagnosticsParams[] = []
  const said: string[] = []
  const waiting = new Set<() => void>()
  const changed = () => {
    for (const check of [...waiting]) check()
  }
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    pushed.push(params)
    changed()
  })
  for (const method of ['window/logMessage', 'window/showMessage']) {
    connection.onNotification(method, ({ message }: { message: string }) => {
      said.push(message)
      changed()
    })
  }
  connection.onRequest((method, params) => {
    if (options.onRequest) {
      const answer = options.onRequest(method, params)
      if (answer !== undefined) return answer
    }
    if (method === 'workspace/configuration') {
      return (params as { items: unknown[] }).items.map(() => settings ?? null)
    }
    return null
  })
  connection.onError(() => {})
  connection.listen()
  onTestFinished(() => {
    connection.dispose()
    child.kill('SIGKILL')
  })
  const client: Client = {
    connection,
    process: child,
    result: { capabilities: {} },
    pushed,
    said,
    stderr: () => errors,
    exited,
    open(uri, text, languageId = 'yaml') {
      void connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      })
    },
    change(uri, version, text) {
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      })
    },
    async diagnostics(uri, version) {
      const from = version === undefined ? pushed.length : 0
      const find = () =>
        pushed
          .slice(from)
          .find((one) => one.uri === uri && (version === undefined || one.version === version))
      await client.until(() => find() !== undefined, `diagnostics of ${uri}`)
      return find()!.diagnostics
    },
    until(holds, what = 'it') {
      return new Promise((done, fail) => {
        const timer = setTimeout(() => {
          waiting.delete(check)
          fail(new Error(`Waited in vain for ${what}. Said: ${said.join('\n')} ${errors}`))
        }, 20_000)
        const check = () => {
          if (!holds()) return
          clearTimeout(timer)
          waiting.delete(check)
          done()
        }
        waiting.add(check)
        check()
      })
    },
  }
  if (options.initialize !== false) {
    client.result = await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      initializationOptions,
      workspaceFolders: folders?.map((path) => ({ uri: pathToFileURL(path).href, name: path })) ?? null,
    })
    await connection.sendNotification('initialized', {})
  }
  return client
}

/** A folder of some files, gone when the test is over. */
export function folderOf(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'daemonlint-lsp-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) write(join(folder, name), text)
  return folder
}

/** Writes a file, and the folders above it. */
export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

export const uriOf = (path: string): string => pathToFileURL(path).href

/** A DaemonSet that the API server takes, with an image that has no version. */
export const agent = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels:
        app: agent
    spec:
      containers:
        - name: agent
          image: example.com/agent
`
