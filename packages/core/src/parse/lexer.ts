import { Lexer } from 'yaml'

/** What is used of the lexer's inside. */
interface LexerInside {
  indentNext: number
  lex(source: string): Generator<string>
  parseFlowCollection(): Generator<string, string | undefined>
  parseQuotedScalar(): Generator<string, string | undefined>
}

const Base = Lexer as unknown as new () => LexerInside

/**
 * In go-yaml, indentation does not matter within brackets, braces and quotes; `yaml` demands it there.
 * The next key or list item sets `indentNext` anew.
 */
export class GoLexer extends Base {
  override parseFlowCollection(): Generator<string, string | undefined> {
    this.indentNext = 0
    return super.parseFlowCollection()
  }

  override parseQuotedScalar(): Generator<string, string | undefined> {
    this.indentNext = 0
    return super.parseQuotedScalar()
  }
}
