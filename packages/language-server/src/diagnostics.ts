import type { Problem } from '@daemonlint/core'
import { unusedDirective } from '@daemonlint/core/editor'
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node'
import type { OpenDocument } from './documents.ts'
import { packedKnowledge } from './knowledge.ts'
import type { BrokenRule } from './lint-document.ts'

export const source = 'daemonlint'

const severities = {
  error: DiagnosticSeverity.Error,
  warn: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const

/** Ids of findings about what does nothing, which editors show as faded. */
const unnecessary = new Set([unusedDirective])
/** Ids of findings about what Kubernetes calls deprecated. */
const deprecated = /(?:^|\/)(?:deprecated-|removed-api-version$|service-account-alias$)/

/** @param related whether the client shows second places */
export function toDiagnostic(problem: Problem, document: OpenDocument, related: boolean): Diagnostic {
  const { ruleId, severity, message, position } = problem
  const { positions, uri } = document
  const diagnostic: Diagnostic = {
    range: positions.rangeOf(position),
    severity: severities[severity],
    code: ruleId,
    source,
    message,
  }
  const href = problem.url ?? packedKnowledge.pageUrl(ruleId)
  if (href !== undefined) diagnostic.codeDescription = { href }
  const tags = tagsOf(ruleId)
  if (tags.length > 0) diagnostic.tags = tags
  if (related && problem.related) {
    const { position: second, message: said } = problem.related
    diagnostic.relatedInformation = [{ location: { uri, range: positions.rangeOf(second) }, message: said }]
  }
  return diagnostic
}

function tagsOf(ruleId: string): DiagnosticTag[] {
  if (unnecessary.has(ruleId)) return [DiagnosticTag.Unnecessary]
  return deprecated.test(ruleId) ? [DiagnosticTag.Deprecated] : []
}

/** The most findings of one document that are sent; editors show fewer. */
const maxShown = 2000

/** Of too many findings the most severe, and how many there are. */
export function shownProblems(
  problems: readonly Problem[],
  show: (problem: Problem) => Diagnostic,
): Diagnostic[] {
  if (problems.length <= maxShown) return problems.map(show)
  const order = ['error', 'warn', 'info']
  const worst = problems.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  const message = `${problems.length} findings, of which ${maxShown} are shown. Run daemonlint in a terminal to see all.`
  return [declinedDiagnostic(message), ...worst.slice(0, maxShown).map(show)]
}

/** At the start of a document: nothing in it was linted. */
export function declinedDiagnostic(message: string): Diagnostic {
  return {
    range: firstPlace,
    severity: DiagnosticSeverity.Information,
    code: 'daemonlint/declined',
    source,
    message,
  }
}

/** At the start of a document: a rule, which is not the manifest's fault. */
export function brokenRuleDiagnostic({ ruleId, error }: BrokenRule): Diagnostic {
  const message = `${error.message.split('\n', 1)[0]}. The rule is left out.`
  return { range: firstPlace, severity: DiagnosticSeverity.Warning, code: ruleId, source, message }
}

const firstPlace = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }
