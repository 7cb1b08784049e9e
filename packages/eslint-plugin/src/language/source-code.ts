import {
  ConfigCommentParser,
  Directive,
  type SourceLocation,
  type SourceRange,
  TextSourceCodeBase,
  type TraversalStep,
  VisitNodeStep,
} from '@eslint/plugin-kit'
import type { rootType } from '../source.ts'

/** The root of a text. */
export interface RootNode {
  type: typeof rootType
  /** Those that may be directives of ESLint; all of the text if there may be any. */
  comments: CommentNode[]
  loc: SourceLocation
  range: SourceRange
}

export interface CommentNode {
  type: 'Comment'
  /** Without the `#`. */
  value: string
  loc: SourceLocation
  range: SourceRange
}

/** A comment that says something to ESLint. */
const directive = /^\s*eslint(?:-enable|-disable(?:(?:-next)?-line)?)?(?:\s|$)/

const parser = new ConfigCommentParser()

/** A text as ESLint and its rules see it; directives of ESLint are read as eslint-plugin-yml reads them. */
export class KubernetesSourceCode extends TextSourceCodeBase<{
  LangOptions: Record<string, unknown>
  RootNode: RootNode
  SyntaxElementWithLoc: RootNode | CommentNode
  ConfigNode: CommentNode
}> {
  readonly hasBOM: boolean

  constructor(text: string, ast: RootNode, hasBOM: boolean) {
    super({ text, ast, lineEndingPattern: /\r\n?|\n/ })
    this.hasBOM = hasBOM
  }

  override getParent(): undefined {
    return undefined
  }

  /** Rules for JavaScript ask every file for them as soon as they are created. */
  getAllComments(): CommentNode[] {
    return this.ast.comments
  }

  getInlineConfigNodes(): CommentNode[] {
    return this.ast.comments.filter(({ value }) => directive.test(value))
  }

  getDisableDirectives() {
    const directives = this.getInlineConfigNodes().flatMap((node) => {
      const { label, value, justification } = parser.parseDirective(node.value)!
      const type = label.slice('eslint-'.length) as Directive['type'] | ''
      return type === '' ? [] : [new Directive({ type, node, value, justification })]
    })
    return { directives, problems: [] }
  }

  applyInlineConfig() {
    const configs: { config: { rules: Record<string, unknown> }; loc: SourceLocation }[] = []
    const problems: { ruleId: null; message: string; loc: SourceLocation }[] = []
    for (const { value: comment, loc } of this.getInlineConfigNodes()) {
      const { label, value } = parser.parseDirective(comment)!
      if (label !== 'eslint') continue
      const parsed = parser.parseJSONLikeConfig(value)
      if (parsed.ok) configs.push({ config: { rules: parsed.config }, loc })
      else problems.push({ ruleId: null, message: parsed.error.message, loc })
    }
    return { configs, problems }
  }

  override *traverse(): Iterable<TraversalStep> {
    const { ast } = this
    yield new VisitNodeStep({ target: ast, phase: 1, args: [ast] })
    yield new VisitNodeStep({ target: ast, phase: 2, args: [ast] })
  }
}
