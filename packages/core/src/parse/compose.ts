import { Composer, type Document, Parser } from 'yaml'
import { GoLexer } from './lexer.ts'
import { composeOptions } from './schema.ts'
import { TabWatch } from './tabs.ts'

/** More nesting than any manifest has, and far less than the stack can bear. go-yaml's own bound is 10,000. */
const maxDepth = 300
/** Characters in one document; the API server takes 3 MiB. */
const maxLength = 64 * 1024 * 1024

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
  const lexer = new GoLexer()
  const parser = new Parser()
  parser.offset = offset
  const composer = new Composer(composeOptions)
  const documents: Document[] = []
  const inScalar = parser as unknown as { atScalar: boolean }
  const tabs = source.includes('\t') ? new TabWatch(parser) : undefined
  for (const lexeme of lexer.lex(source)) {
    const at = parser.offset
    let stop = false
    const tab = tabs ? tabs.see(lexeme, inScalar.atScalar) : -1
    if (tab >= 0) result.problems.push(tabProblem(at + tab))
    if (!inScalar.atScalar) {
      if (lexeme[0] === '#') result.comments.push({ start: at, end: at + lexeme.length })
      else if (lexeme === '...') {
        result.documentEnd = at
        stop = true
      }
    }
    for (const token of parser.next(lexeme)) for (const one of composer.next(token)) documents.push(one)
    if (parser.stack.length > maxDepth) {
      result.tooComplex = { offset: at, reason: `it nests more than ${maxDepth} levels deep` }
      return result
    }
    if (stop) break
  }
  for (const token of parser.end()) documents.push(...composer.next(token))
  documents.push(...composer.end(true, offset + source.length))
  const document = documents[0]
  if (!document) return result
  result.document = document
  if (documents.length > 1) result.secondDocument = documents[1]!.range?.[0]
  for (const error of document.errors) {
    // `"quoted"#comment`, which go-yaml takes for a comment too.
    if (error.message.startsWith('Comments must be separated')) continue
    if (error.code === 'RESOURCE_EXHAUSTION') {
      result.tooComplex = { offset: error.pos[0], reason: 'it nests too deep' }
    }
    result.problems.push({ start: error.pos[0], end: error.pos[1], code: error.code, message: error.message })
  }
  result.problems.sort((a, b) => a.start - b.start)
  return result
}

const tabProblem = (start: number): SyntaxProblem => ({
  start,
  end: start + 1,
  code: 'TAB',
  message: "Tab as indentation, which Kubernetes' YAML parser refuses even on an empty line; use spaces",
})
