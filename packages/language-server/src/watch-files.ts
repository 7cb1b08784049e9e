import { configFileNames } from '@daemonlint/node'
import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
} from 'vscode-languageserver/node'

/** Asks the client to tell of changes, of files and of settings, where it lets itself be asked. */
export function registerForChanges(connection: Connection, { workspace }: ClientCapabilities): void {
  const told = (error: unknown) => connection.console.warn(`The client watches nothing: ${error}`)
  if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
    const watchers = [...configFileNames.map((name) => `**/${name}`), '**/*.{yaml,yml,json}']
    connection.client
      .register(DidChangeWatchedFilesNotification.type, {
        watchers: watchers.map((globPattern) => ({ globPattern })),
      })
      .catch(told)
  }
  if (workspace?.didChangeConfiguration?.dynamicRegistration) {
    connection.client.register(DidChangeConfigurationNotification.type, { section: 'daemonlint' }).catch(told)
  }
}
