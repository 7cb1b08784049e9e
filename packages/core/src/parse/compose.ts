import { Composer, type CST, type Document, Parser } from 'yaml'
import { GoLexer } from './lexer.ts'
import { composeOptions } from './schema.ts'
import { syntaxWords, tabWords } from './syntax-words.ts'
import { TabWatch } from './tabs.ts'

/** More nesting than any manifest has, and far less than the stack can bear. go-yaml's own bound is 10,000. */
const maxDepth = 300
/** Characters in one document; the API server takes 3 MiB. */
const maxLength = 64 * 1024 * 1024
/**
 * Words, marks, comments and line breaks in one document. etcd stores 1.5 MiB of JSON, which is a million of them where
 * nothing is longer than a letter.
 */
const maxTokens = 3_000_000
/** What is wrong with one document; nobody is told more than the first. */
const maxProblems = 1000

export interface SyntaxProblem {
  start: number
  end: number
  code: string
  message: string
}

export interface Composed {
  document?: Document
  comments: { start: number; end: number }[]
  /** What `yaml` objects to, in the order of the text. */
  problems: SyntaxProblem[]
  /** Offset of the `...` that ends the document early. */
  documentEnd?: number
  /** Offset of a second document within the same stretch, which go-yaml never reads. */
  secondDocument?: number
  /** Why it was not parsed. */
  tooComplex?: { offset: number; reason: string }
}

/**
 * Lexes, parses and composes one document; collects its comments in the same pass.
 * @param text the document alone; a lone CR counts as a line break
 * @param offset where it stands in its file; all offsets in the result count from the file's start
 */
export function compose(text: string, offset: number): Composed {
  const result: Composed = { comments: [], problems: [] }
  if (text.length > maxLength) {
    result.tooComplex = { offset, reason: `it is ${Math.round(text.length / 1048576)} MiB long` }
    return result
  }
  // Of equal length, so that offsets stay.
  const source = text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text
  const parser = new Parser()
  parser.offset = offset
  const composer = new Composer(composeOptions)
  const note = (pos: readonly [number, number], code: string, message: string) => {
    if (code === 'RESOURCE_EXHAUSTION') result.tooComplex = { offset: pos[0], reason: 'it nests too deep' }
    result.problems.push({ start: pos[0], end: pos[1], code, message })
    if (result.problems.length >= maxProblems) throw new Enough()
  }
  // Its own way makes an `Error` of each, which takes longer than to read a page.
  const inside = composer as unknown as { onError: OnError }
  inside.onError = (where, code, message, warning) => {
    // `"quoted"#comment`, which go-yaml takes for a comment too.
    if (warning || message.startsWith('Comments must be separated')) return
    note(placeOf(where), code, syntaxWords(code, message))
  }
  try {
    composeTokens(source, parser, composer, result, note)
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  }
  result.problems.sort((a, b) => a.start - b.start)
  return result
}

/** Thrown when so much is wrong with a document that nothing in it needs to be read any more. */
class Enough extends Error {}

type ErrorPlace = number | [number, number] | { offset: number; source?: string }
type OnError = (where: ErrorPlace, code: string, message: string, warning?: boolean) => void

/** As `yaml` places its errors. */
function placeOf(where: ErrorPlace): readonly [number, number] {
  if (typeof where === 'number') return [where, where + 1]
  if (Array.isArray(where)) return [where[0], where[1] ?? where[0] + 1]
  return [where.offset, where.offset + (typeof where.source === 'string' ? where.source.length : 1)]
}

function composeTokens(
  source: string,
  parser: Parser,
  composer: Composer,
  result: Composed,
  note: (pos: readonly [number, number], code: string, message: string) => void,
): void {
  const offset = parser.offset
  const inScalar = parser as unknown as { atScalar: boolean }
  const tabs = source.includes('\t') ? new TabWatch(parser) : undefined
  let documents = 0
  const add = (token: CST.Token) => {
    if (token.type === 'document' && ++documents === 2) result.secondDocument = token.offset
    if (documents > 1) return
    if (token.type === 'error') {
      note(placeOf(token), 'UNEXPECTED_TOKEN', syntaxWords('UNEXPECTED_TOKEN', token.message, token.source))
      return
    }
    for (const document of composer.next(token)) take(document)
  }
  const take = (document: Document) => {
    result.document = document
    for (const { code, pos, message } of document.errors) note(pos, code, syntaxWords(code, message))
  }
  let tokens = 0
  for (const lexeme of new GoLexer().lex(source)) {
    const at = parser.offset
    let stop = false
    const tab = tabs ? tabs.see(lexeme, inScalar.atScalar) : -1
    if (tab >= 0) note([at + tab, at + tab + 1], 'TAB', tabWords)
    if (!inScalar.atScalar) {
      if (lexeme[0] === '#') result.comments.push({ start: at, end: at + lexeme.length })
      else if (lexeme === '...') {
        result.documentEnd = at
        stop = true
      }
    }
    for (const token of parser.next(lexeme)) add(token)
    if (parser.stack.length > maxDepth) {
      result.tooComplex = { offset: at, reason: `it nests more than ${maxDepth} levels deep` }
      return
    }
    if (++tokens > maxTokens) {
      const reason = `it holds more than ${maxTokens / 1_000_000} million words, marks and line breaks`
      result.tooComplex = { offset, reason }
      return
    }
    if (stop) break
  }
  for (const token of parser.end()) add(token)
  for (const document of composer.end(true, offset + source.length)) take(document)
}
