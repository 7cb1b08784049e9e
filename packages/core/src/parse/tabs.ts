import type { Parser } from 'yaml'

/**
 * Watches lexemes for tabs where go-yaml (`scannerc.go`) refuses them and `yaml` does not: before anything else on a
 * line (a line of nothing but tabs included) and after `-` or `?`. Within brackets and braces they are white space,
 * as they are in the lines after a plain scalar if they stand far enough to the right to continue it.
 */
export class TabWatch {
  private lineStart = true
  private column = 0
  private afterPlain = false
  private afterIndicator = false
  private block = false
  /** How many brackets and braces are open. */
  private flowLevel = 0
  private parser: Parser

  constructor(parser: Parser) {
    this.parser = parser
  }

  /** Where in the lexeme the tab stands that go-yaml refuses; -1 if there is none. */
  see(lexeme: string, scalar: boolean): number {
    const first = lexeme[0]
    if (scalar) {
      this.afterPlain = !this.block && first !== '"' && first !== "'"
      this.lineStart = this.block
      this.column = 0
      this.block = this.afterIndicator = false
    } else if (first === '\n' || first === '\r') {
      this.lineStart = true
      this.column = 0
    } else if (first === ' ' || first === '\t') {
      return this.seeSpace(lexeme)
    } else if (first !== '\x1f' && first !== '\x02') {
      this.block = first === '|' || first === '>'
      this.afterIndicator = lexeme === '-' || lexeme === '?'
      this.lineStart = this.afterPlain = false
      if (first === '[' || first === '{') this.flowLevel++
      else if (first === ']' || first === '}') this.flowLevel = Math.max(0, this.flowLevel - 1)
      // The lexer gave up on what is open.
      else if (first === '\x18') this.flowLevel = 0
    }
    return -1
  }

  private seeSpace(lexeme: string): number {
    const tab = lexeme.indexOf('\t')
    const column = this.column + tab
    this.column += lexeme.length
    if (tab < 0 || this.flowLevel > 0) return -1
    if (this.afterIndicator) return tab
    if (!this.lineStart) return -1
    return !this.afterPlain || column <= this.indent() ? tab : -1
  }

  /** The column of the innermost block collection. */
  private indent(): number {
    const token = this.parser.stack.findLast(({ type }) => type === 'block-map' || type === 'block-seq')
    return token && 'indent' in token ? token.indent : -1
  }
}
