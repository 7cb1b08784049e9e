/**
 * What go-yaml refuses and `yaml` takes. Checked on the text of a document that is otherwise fine.
 */
import { type Document, isCollection, isPair, isScalar } from 'yaml'
import type { SyntaxProblem } from './compose.ts'

/** go-yaml reads only these (`readerc.go`). */
const forbidden = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** The first control character, directive or the like. `text` is the document, `offset` its place in the file. */
export function checkCharacters(text: string, offset: number): SyntaxProblem | undefined {
  const control = forbidden.exec(text)
  if (!control) return undefined
  const code = control[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return {
    start: offset + control.index,
    end: offset + control.index + control[0].length,
    code: 'CONTROL_CHARACTER',
    message: `Control character U+${code}: Kubernetes' YAML parser allows none in a file`,
  }
}

const knownEscape = /\\(?:[0abt\tnvfre "'\\N_LP\n\r]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/y

/** The first escape in double quotes that go-yaml does not know, or that names no character. */
function checkEscapes(source: string, start: number): SyntaxProblem | undefined {
  for (let at = source.indexOf('\\'); at >= 0; at = source.indexOf('\\', at)) {
    knownEscape.lastIndex = at
    const match = knownEscape.exec(source)
    if (!match) {
      const text = source.slice(at, at + 2)
      return {
        start: start + at,
        end: start + at + 2,
        code: 'BAD_ESCAPE',
        message: `Unknown escape \`${text}\` in double quotes: Kubernetes' YAML parser refuses it; write \`${text[1]}\`, or \`\\${text}\` for a backslash`,
      }
    }
    const code = match[0].length > 2 ? Number.parseInt(match[0].slice(2), 16) : 0
    if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
      return {
        start: start + at,
        end: start + at + match[0].length,
        code: 'BAD_ESCAPE',
        message: `Escape \`${match[0]}\` names no character: Kubernetes' YAML parser refuses halves of a surrogate pair`,
      }
    }
    at += match[0].length
  }
  return undefined
}

/** The first bad escape of a document, if any. `text` is the whole file. */
export function checkAllEscapes(document: Document, text: string): SyntaxProblem | undefined {
  return checkNode(document.contents, text)
}

function checkNode(node: unknown, text: string): SyntaxProblem | undefined {
  if (isScalar(node)) {
    if (node.type !== 'QUOTE_DOUBLE' || !node.range) return undefined
    return checkEscapes(text.slice(node.range[0], node.range[1]), node.range[0])
  }
  if (!isCollection(node)) return undefined
  for (const item of node.items) {
    const problem = isPair(item)
      ? (checkNode(item.key, text) ?? checkNode(item.value, text))
      : checkNode(item, text)
    if (problem) return problem
  }
  return undefined
}
