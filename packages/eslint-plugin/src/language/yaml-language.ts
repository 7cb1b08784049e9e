import { parse, type Root } from '@daemonlint/core'
import { rootType } from '../source.ts'
import { KubernetesSourceCode, type RootNode } from './source-code.ts'

/** A file as ESLint hands it to a language. */
interface VirtualFile {
  /** Without a byte order mark. */
  body: string | Uint8Array
  bom?: boolean
}

/**
 * YAML for ESLint where no other plugin reads it. Its tree is a root and the comments that ESLint's directives may be in:
 * the rules of this plugin read the text themselves. Nothing fails to parse, so that a template is passed over, and one
 * broken document silences no other: broken YAML of a DaemonSet is told of by `daemonlint/api-server/yaml-syntax`.
 */
export const yamlLanguage = {
  fileType: 'text' as const,
  lineStart: 1 as const,
  columnStart: 0 as const,
  nodeTypeKey: 'type',
  visitorKeys: {},

  /** Takes none; those that configurations set for all files, for JavaScript, are no mistake. */
  validateLanguageOptions(): void {},

  parse({ body }: VirtualFile): { ok: true; ast: RootNode } {
    return { ok: true, ast: rootOf(textOf(body)) }
  },

  createSourceCode({ body, bom }: VirtualFile, { ast }: { ast: RootNode }): KubernetesSourceCode {
    return new KubernetesSourceCode(textOf(body), ast, bom === true)
  },
}

function textOf(body: VirtualFile['body']): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body)
}

function rootOf(text: string): RootNode {
  const { comments, position } = parse(text, { wants: () => false, directive: 'eslint' })
  return {
    type: rootType,
    comments: comments.map(({ value, position }) => ({ type: 'Comment', value, ...placeOf(position) })),
    ...placeOf(position),
  }
}

/** As ESLint's trees have it: columns from 0. */
function placeOf({ start, end }: Root['position'] & object): Pick<RootNode, 'loc' | 'range'> {
  return {
    loc: {
      start: { line: start.line, column: start.column - 1 },
      end: { line: end.line, column: end.column - 1 },
    },
    range: [start.offset ?? 0, end.offset ?? 0],
  }
}
