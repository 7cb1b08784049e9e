import { commands, type ExtensionContext, type TextDocument, window, workspace } from 'vscode'
import type { Client } from './client.ts'
import { isMeant, languagesFor } from './documents.ts'
import { messageOf } from './errors.ts'
import { createStatus } from './status.ts'

let client: Client | undefined

/**
 * Waits for a document that is meant, and only then reads what talks to the server: an editor that never sees a manifest
 * pays for nothing else.
 */
export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel('daemonlint', { log: true })
  const status = createStatus('daemonlint.showOutput')
  let starting: Promise<Client> | undefined
  const start = () => {
    starting ??= import('./client.ts').then(({ createClient }) => {
      client = createClient(context, output, status)
      return client
    })
    return starting
  }
  const look = (document: TextDocument) => {
    if (isMeant(document)) run(async () => (await start()).start())
  }
  context.subscriptions.push(
    output,
    status,
    workspace.onDidOpenTextDocument(look),
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('daemonlint')) return
      status.watch(languagesFor())
      if (!starting) workspace.textDocuments.forEach(look)
    }),
    command('daemonlint.restart', async () => (await start()).restart()),
    command('daemonlint.showOutput', async () => output.show()),
    command('daemonlint.fixAll', async () => (await import('./fix-all.ts')).fixAll()),
    command('daemonlint.showRule', async (id: unknown) =>
      (await import('./rule-pages.ts')).showRule(context, typeof id === 'string' ? id : undefined),
    ),
    command('daemonlint.generate', async (target: unknown) =>
      (await import('./scaffold/index.ts')).scaffold(target),
    ),
  )
  workspace.textDocuments.forEach(look)

  function command(name: string, handler: (argument: unknown) => Promise<unknown>) {
    return commands.registerCommand(name, (argument: unknown) => run(() => handler(argument)))
  }

  /** What goes wrong is said once, in words, with the way to what else is known. */
  async function run(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      output.error(error instanceof Error ? error : String(error))
      const choice = await window.showErrorMessage(`daemonlint: ${messageOf(error)}`, 'Show Output')
      if (choice) output.show()
    }
  }
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop()
}
