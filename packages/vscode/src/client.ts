import { homedir } from 'node:os'
import type { DocumentStatus, Settings } from '@daemonlint/language-server'
import {
  type ExtensionContext,
  extensions,
  type LogOutputChannel,
  languages,
  Uri,
  window,
  workspace,
} from 'vscode'
import {
  type ConfigurationItem,
  LanguageClient,
  type LanguageClientOptions,
  State,
} from 'vscode-languageclient/node'
import { languagesFor } from './documents.ts'
import { messageOf } from './errors.ts'
import { type ServerCommand, serverCommand } from './server-command.ts'
import { type EditorSettings, isServedElsewhere, serverSettings } from './settings.ts'
import { type Status, selector } from './status.ts'

/** The one server of a window, and what keeps it told. */
export interface Client {
  /** Starts it, unless it runs. */
  start(): Promise<void>
  /** Starts it anew, with the settings as they are now. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** How long after a change the server is asked what decides about a document, in milliseconds. */
const lookDelay = 300

/** What decides how the server is started: another value needs another server. */
const startSettings = ['daemonlint.path', 'daemonlint.nodePath', 'daemonlint.json'] as const

export function createClient(context: ExtensionContext, output: LogOutputChannel, status: Status): Client {
  let client: LanguageClient | undefined
  /** Starts and stops come one after the other, however fast they are asked for. */
  let queue: Promise<unknown> = Promise.resolve()
  /** Starting failed: not tried again before something changes, or somebody asks. */
  let hasFailed = false
  let looking: NodeJS.Timeout | undefined
  const watcher = workspace.createFileSystemWatcher('**/daemonlint.config.*')

  context.subscriptions.push(
    workspace.onDidGrantWorkspaceTrust(() => again()),
    workspace.onDidChangeConfiguration((event) => {
      if (startSettings.some((name) => event.affectsConfiguration(name))) again()
      else if (event.affectsConfiguration('daemonlint') || event.affectsConfiguration('yaml.schemas')) tell()
    }),
    // What another extension offers, this one leaves to it.
    extensions.onDidChange(() => tell()),
    window.onDidChangeActiveTextEditor(() => look()),
    // Whatever changes configurations changes findings, or comes to the disk.
    languages.onDidChangeDiagnostics(() => look()),
    watcher,
    watcher.onDidCreate(() => look()),
    watcher.onDidChange(() => look()),
    watcher.onDidDelete(() => look()),
    { dispose: () => clearTimeout(looking) },
  )
  return {
    start: () => next(async () => (client || hasFailed ? undefined : launch())),
    restart,
    stop: () => next(halt),
  }

  function next(work: () => Promise<void>): Promise<void> {
    const done = queue.then(work)
    queue = done.catch(() => undefined)
    return done
  }

  function restart(): Promise<void> {
    return next(async () => {
      await halt()
      await launch()
    })
  }

  async function again(): Promise<void> {
    try {
      await restart()
    } catch (error) {
      window.showErrorMessage(`daemonlint: ${messageOf(error)}`)
    }
  }

  async function launch(): Promise<void> {
    status.starting()
    try {
      const command = commandFor(context)
      output.info(`Starting ${command.command} ${command.args.join(' ')}`)
      const started = clientFor(command, output)
      client = started
      started.onDidChangeState(({ newState }) => {
        if (client !== started) return
        if (newState === State.Running) {
          status.running(detailOf(started, command))
          look()
        } else if (newState === State.Starting) status.starting()
        else status.failed('The server ended.')
      })
      await started.start().catch((error) => {
        throw new Error(`${command.command} ${command.args.join(' ')} does not serve: ${messageOf(error)}`)
      })
      started.hasServed = true
      hasFailed = false
    } catch (error) {
      client = undefined
      hasFailed = true
      status.failed(messageOf(error))
      throw error
    }
  }

  async function halt(): Promise<void> {
    const stopping = client
    client = undefined
    if (!stopping) return
    status.stopped()
    status.decided(undefined)
    try {
      await stopping.dispose()
    } catch (error) {
      // It is gone already.
      output.warn(messageOf(error))
    }
  }

  /** Shows what decides about the document at hand, once the server had time to see what changed. */
  function look(): void {
    clearTimeout(looking)
    looking = setTimeout(async () => status.decided(await ask()), lookDelay)
  }

  async function ask(): Promise<DocumentStatus | undefined> {
    const uri = window.activeTextEditor?.document.uri
    if (!uri || client?.state !== State.Running) return undefined
    const textDocument = { uri: client.code2ProtocolConverter.asUri(uri) }
    try {
      return (
        (await client.sendRequest<DocumentStatus | null>('daemonlint/status', { textDocument })) ?? undefined
      )
    } catch {
      // A daemonlint of the person's own may be too old to know.
      return undefined
    }
  }

  function tell(): void {
    if (client?.state !== State.Running) return
    client.sendNotification('workspace/didChangeConfiguration', { settings: { daemonlint: settingsFor() } })
  }
}

function commandFor(context: ExtensionContext): ServerCommand {
  const settings = workspace.getConfiguration('daemonlint')
  return serverCommand({
    path: settings.get<string>('path', ''),
    nodePath: settings.get<string>('nodePath', ''),
    isTrusted: workspace.isTrusted,
    bundled: Uri.joinPath(context.extensionUri, 'dist', 'server', 'daemonlint.cjs').fsPath,
    editorNode: process.execPath,
    folder: workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath,
    home: homedir(),
  })
}

/** Says nothing of a start that fails: whoever asked for it does, in words that say which setting to look at. */
class ServedClient extends LanguageClient {
  hasServed = false

  override error(message: string, data?: unknown, showNotification?: boolean | 'force'): void {
    super.error(message, data, this.hasServed ? showNotification : false)
  }
}

function clientFor({ command, args, env }: ServerCommand, output: LogOutputChannel): ServedClient {
  const options: LanguageClientOptions = {
    documentSelector: selector(languagesFor()),
    outputChannel: output,
    traceOutputChannel: output,
    diagnosticCollectionName: 'daemonlint',
    initializationOptions: { trusted: workspace.isTrusted },
    // Failing to start is told of where it was asked for.
    initializationFailedHandler: () => false,
    middleware: {
      workspace: {
        configuration: async (params, token, forward) => {
          const answers = await forward(params, token)
          if (!Array.isArray(answers)) return answers
          return params.items.map((item, index) =>
            item.section === 'daemonlint' ? settingsFor(scopeOf(item)) : answers[index],
          )
        },
        didChangeConfiguration: async (sections, forward) => forward(sections),
      },
    },
  }
  const server = { command, args, options: { env: { ...process.env, ...env } } }
  return new ServedClient('daemonlint', 'daemonlint', server, options)
}

function scopeOf({ scopeUri }: ConfigurationItem): Uri | undefined {
  return scopeUri === undefined ? undefined : Uri.parse(scopeUri)
}

/** @param scope a folder or a document in it; undefined for what holds everywhere */
function settingsFor(scope?: Uri): Settings {
  const settings = workspace.getConfiguration('daemonlint', scope)
  const known: EditorSettings = {
    enable: settings.get('enable', true),
    run: settings.get('run', 'onType'),
    configFile: settings.get('configFile', ''),
    kubernetesVersion: settings.get('kubernetesVersion', ''),
    hover: { enable: settings.get('hover.enable', 'auto') },
    completion: { enable: settings.get('completion.enable', 'auto') },
  }
  const isServed = isServedElsewhere({
    has: (id) => extensions.getExtension(id) !== undefined,
    yamlSchemas: workspace.getConfiguration('yaml', scope).get('schemas'),
  })
  return serverSettings(known, isServed)
}

function detailOf({ initializeResult }: LanguageClient, { origin }: ServerCommand): string {
  const { version } = initializeResult?.serverInfo ?? {}
  return [version, origin].filter(Boolean).join(', ')
}
