import { ConfigError } from '@daemonlint/core'
import { LineCounter, parseAllDocuments } from 'yaml'
import { sentence } from './errors.ts'

/**
 * Reads a configuration written in YAML 1.2 or JSON.
 * @param text without regard to a byte order mark
 * @param filePath absolute; `.json` makes it strict JSON
 * @throws {ConfigError} with line and column
 */
export function loadData(text: string, filePath: string): unknown {
  const source = text.replace(/^\uFEFF/, '')
  const lines = new LineCounter()
  const documents = parseAllDocuments(source, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' })
  const [document, second] = 'empty' in documents ? [] : documents
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { filePath, line, column: col }
  }
  const error = document?.errors[0]
  if (error) throw new ConfigError(`${sentence(error.message)} Correct the syntax.`, at(error.pos[0]))
  if (filePath.endsWith('.json')) return strictJson(source, filePath, at)
  if (second) {
    throw new ConfigError(
      'A second document begins. Write one list of configuration objects instead.',
      at(second.range[0]),
    )
  }
  try {
    return document?.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw new ConfigError(sentence(error instanceof Error ? error.message : String(error)), { filePath })
  }
}

type Place = { filePath: string; line: number; column: number }

function strictJson(source: string, filePath: string, at: (offset: number) => Place): unknown {
  if (source.trim() === '') return undefined
  try {
    return JSON.parse(source)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const offset = /at position (\d+)/.exec(message)?.[1]
    const end = /end of JSON/i.test(message) ? source.trimEnd().length : undefined
    const quoted = /^Unexpected token (.+?), /.exec(message)?.[1]
    const what = message.replace(/ (in JSON )?at position.*$| in JSON.*$|, (\.\.\.)?"[\s\S]*$/, '')
    const advice = /\/\/|\/\*|#/.test(source)
      ? 'JSON has no comments: remove them, or use YAML'
      : 'Correct the JSON'
    const found = offset === undefined ? (end ?? position(source, quoted)) : Number(offset)
    throw new ConfigError(`${sentence(what)} ${advice}.`, found === undefined ? { filePath } : at(found))
  }
}

/** Some versions of V8 name the unexpected character only. */
function position(source: string, quoted: string | undefined): number | undefined {
  const character = quoted?.replace(/^'(.*)'$/s, '$1')
  if (!character) return undefined
  for (let at = source.indexOf(character); at >= 0; at = source.indexOf(character, at + 1)) {
    if (failsAt(source, at)) return at
  }
  return undefined
}

/** True if the text before `offset` is a beginning of JSON, but not with the character at it. */
function failsAt(source: string, offset: number): boolean {
  return endsTooEarly(source.slice(0, offset)) && !endsTooEarly(source.slice(0, offset + 1))
}

function endsTooEarly(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    return /end of JSON|Unterminated/i.test(String(error))
  }
}
