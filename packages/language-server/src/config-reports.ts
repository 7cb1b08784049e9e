import { readFileSync } from 'node:fs'
import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node'
import type { ConfigFailure } from './configuration.ts'
import { source } from './diagnostics.ts'
import type { Folder } from './folders.ts'
import { uriOf } from './uris.ts'

/** Shows broken configurations in their own files, open or not, until they are mended. */
export interface ConfigReports {
  /** To be called when a configuration was asked for. */
  update(): void
}

export function createConfigReports(connection: Connection, folders: () => readonly Folder[]): ConfigReports {
  /** What is shown, by URI. */
  const shown = new Map<string, string>()
  return {
    update() {
      const failures = folders().flatMap(({ configuration }) => configuration.failures())
      if (failures.length === 0 && shown.size === 0) return
      const wanted = new Map(failures.map((failure) => [uriOf(failure.filePath), failure]))
      for (const uri of shown.keys()) {
        if (wanted.has(uri)) continue
        shown.delete(uri)
        void connection.sendDiagnostics({ uri, diagnostics: [] })
      }
      for (const [uri, failure] of wanted) {
        const diagnostic = toDiagnostic(failure)
        const key = JSON.stringify(diagnostic)
        if (shown.get(uri) === key) continue
        shown.set(uri, key)
        void connection.sendDiagnostics({ uri, diagnostics: [diagnostic] })
        const { filePath, message, untrusted } = failure
        if (untrusted) connection.console.info(`${filePath}: ${message}`)
        else connection.console.error(`${filePath}: ${message}`)
      }
    },
  }
}

function toDiagnostic(failure: ConfigFailure): Diagnostic {
  const { message, untrusted } = failure
  const { line, column } = placeOf(failure)
  return {
    // To the end of the line, wherever that is: clients cut it off.
    range: { start: { line, character: column }, end: { line, character: column + 500 } },
    severity: untrusted ? DiagnosticSeverity.Information : DiagnosticSeverity.Error,
    code: 'daemonlint/configuration',
    source,
    message,
  }
}

/** 0-based. Where nobody could tell, what the message quotes is looked for. */
function placeOf({ filePath, line, column, message }: ConfigFailure): { line: number; column: number } {
  if (line !== undefined) return { line: line - 1, column: (column ?? 1) - 1 }
  const lines = linesOf(filePath)
  for (const [, word = ''] of message.matchAll(/['"`]([^'"`\n]+)['"`]/g)) {
    const found = lines.findIndex((text) => text.includes(word))
    if (found >= 0) return { line: found, column: lines[found]!.indexOf(word) }
  }
  return { line: 0, column: 0 }
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split(/\r\n?|\n/)
  } catch {
    return []
  }
}
