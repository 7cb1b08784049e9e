import type { DecodeError, SourceDocument } from '../parse/tree.ts'
import type { Problem } from '../problem.ts'
import { rejections } from './rejections.ts'

/** What was found while a document's text was decoded, as problems. */
export const decodingProblems = (document: SourceDocument): Problem[] => document.errors.map(decodingProblem)

function decodingProblem({ code, message, position, field, related }: DecodeError): Problem {
  const accepted = rejections[code].accepted === true
  return {
    ruleId: `api-server/${code}`,
    severity: accepted ? 'warn' : 'error',
    message,
    messageId: 'error',
    position,
    ...(field === undefined ? {} : { field }),
    ...(accepted ? {} : { rejected: true }),
    ...(related === undefined ? {} : { related }),
  }
}

/** True when something the API server refuses was found in a document's text. */
export const isUndecodable = (document: SourceDocument): boolean =>
  document.errors.some(({ code }) => rejections[code].accepted !== true)
