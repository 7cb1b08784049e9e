import type { Position } from 'unist'
import { createLines } from '../parse/lines.ts'
import type { Edit, Problem, Severity } from '../problem.ts'
import { fingerprint } from './fingerprint.ts'
import { type FileResult, type FormatOptions, type RuleInfo, textOf } from './format.ts'
import { lineHashes } from './line-hashes.ts'
import { withoutMarkup } from './markup.ts'
import { resourceName } from './resource.ts'
import { folderUri, toUri } from './uri.ts'

const LEVEL = { info: 'note', warn: 'warning', error: 'error' } as const satisfies Record<Severity, string>

/** `problem.severity`, as GitHub's code scanning names it. */
const CODE_SCANNING = { info: 'recommendation', warn: 'warning', error: 'error' } as const

/** What relative paths start from. */
const base = '%SRCROOT%'

/** Longer snippets say nothing to anybody. */
const longestSnippet = 2000

/**
 * SARIF 2.1.0, one run, as JSON on one line: for GitHub's code scanning, Azure DevOps and editors. Suppressed findings
 * are among the results, with the reason. What could not be read stands in the run's invocation.
 */
export function sarif(results: readonly FileResult[], options: FormatOptions): string {
  const rules = createRules(options)
  const found = results.flatMap((result) => toResults(result, options, rules.indexOf))
  const { version, cwd, summary } = options
  const { failures = [] } = summary
  // Either all results say whether they are suppressed, or none does (3.27.23 of the standard).
  const areSuppressed = found.some(({ suppressions }) => suppressions.length > 0)
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'daemonlint',
            ...(version !== undefined && { version, semanticVersion: version }),
            rules: rules.list(),
          },
        },
        invocations: [
          {
            executionSuccessful: failures.length === 0,
            ...(failures.length > 0 && {
              toolExecutionNotifications: failures.map((text) => ({ level: 'error', message: { text } })),
            }),
          },
        ],
        originalUriBaseIds: { [base]: { uri: folderUri(cwd) } },
        columnKind: 'utf16CodeUnits',
        results: found.map(({ suppressions, ...result }) =>
          areSuppressed ? { ...result, suppressions } : result,
        ),
      },
    ],
  })
}

export default sarif

/** Collects the rules that reported, in the order in which they first did. */
function createRules({ rules: infoOf }: FormatOptions) {
  const indexes = new Map<string, number>()
  const urls = new Map<string, string>()
  return {
    indexOf({ ruleId, url }: Problem): number {
      const index = indexes.get(ruleId) ?? indexes.size
      indexes.set(ruleId, index)
      if (url !== undefined) urls.set(ruleId, url)
      return index
    },
    list: () => [...indexes.keys()].map((id) => toRule(id, infoOf?.(id), urls.get(id))),
  }
}

function toRule(id: string, info: RuleInfo | undefined, url = info?.url) {
  const isRejection = id.startsWith('api-server/')
  const rule = { id, name: toName(id) }
  const precision = isRejection ? 'very-high' : 'high'
  if (!info) {
    return { ...rule, ...(url && { helpUri: url }), properties: { tags: ['kubernetes'], precision } }
  }
  const { description, category, severity, help } = info
  return {
    ...rule,
    shortDescription: { text: `${description}.` },
    fullDescription: { text: (help && firstParagraph(help)) || `${description}.` },
    ...(help && { help: { text: withoutMarkup(help), markdown: help } }),
    ...(url && { helpUri: url }),
    ...(severity && { defaultConfiguration: { level: LEVEL[severity] } }),
    properties: {
      tags: [...(category ? [category] : []), 'kubernetes'],
      precision,
      ...(category && { category }),
      ...(severity && { 'problem.severity': CODE_SCANNING[severity] }),
      fixable: info.fixable === true,
      hasSuggestions: info.hasSuggestions === true,
      rollsPods: info.rollsPods === true,
    },
  }
}

/** `memory-limit` as `MemoryLimit`. */
function toName(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
}

/** GitHub shows at most 1,024 characters of it. */
function firstParagraph(help: string): string {
  const text = withoutMarkup(help.split('\n\n').find((part) => /^[A-Z`]/.test(part)) ?? '')
  return text.length > 1024 ? `${text.slice(0, 1023)}…` : text
}

function toResults(result: FileResult, options: FormatOptions, indexOf: (problem: Problem) => number) {
  const all = [...result.problems, ...result.suppressed]
  if (all.length === 0) return []
  const file = describeFile(result, textOf(result, options))
  return all.map((problem) => ({
    ruleId: problem.ruleId,
    ruleIndex: indexOf(problem),
    level: LEVEL[problem.severity],
    message: { text: problem.message },
    locations: [
      {
        physicalLocation: file.physicalLocation(problem.position),
        ...logicalLocations(problem),
      },
    ],
    ...(problem.related && {
      relatedLocations: [
        {
          id: 1,
          message: { text: problem.related.message },
          physicalLocation: file.physicalLocation(problem.related.position),
        },
      ],
    }),
    partialFingerprints: {
      ...file.lineHash(problem.position),
      'daemonlint/v1': fingerprint(problem),
    },
    ...fixesOf(problem, file.change),
    suppressions: (problem.suppressions ?? []).map(({ kind, justification }) => ({
      kind: kind === 'directive' || kind === 'annotation' ? 'inSource' : 'external',
      status: 'accepted',
      ...(justification && { justification }),
    })),
    ...(problem.rejected && { properties: { rejected: true } }),
  }))
}

/** What places in a file look like. */
function describeFile({ displayPath }: FileResult, text: string | undefined) {
  const uri = toUri(displayPath)
  const artifactLocation = { uri, ...(!uri.startsWith('file:') && { uriBaseId: base }) }
  const lines = text === undefined ? undefined : createLines(text)
  let hashes: string[] | undefined
  const region = ({ start, end }: Position) => ({
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...(start.offset !== undefined &&
      end.offset !== undefined && { charOffset: start.offset, charLength: end.offset - start.offset }),
  })
  const snippet = (from: number | undefined, to: number | undefined) =>
    text !== undefined && from !== undefined && to !== undefined && from < to && to - from <= longestSnippet
      ? { snippet: { text: text.slice(from, to) } }
      : {}
  return {
    physicalLocation(position: Position) {
      const { start, end } = position
      return { artifactLocation, region: { ...region(position), ...snippet(start.offset, end.offset) } }
    },
    lineHash({ start }: Position) {
      if (text === undefined) return {}
      hashes ??= lineHashes(text)
      const hash = hashes[start.line - 1]
      return hash === undefined ? {} : { primaryLocationLineHash: hash }
    },
    change: (edits: readonly Edit[]) => ({
      artifactLocation,
      replacements: edits.map(({ range: [start, end], text: inserted }) => ({
        deletedRegion: lines
          ? region(lines.positionOf(start, end))
          : { charOffset: start, charLength: end - start },
        ...(inserted !== '' && { insertedContent: { text: inserted } }),
      })),
    }),
  }
}

/** The resource, its container and the field, from the outside in. */
function logicalLocations({ resource, container, field }: Problem) {
  const name = resource && resourceName(resource)
  const locations = [
    ...(resource
      ? [
          {
            name: resource.name || resource.kind,
            fullyQualifiedName: name,
            kind: 'resource',
            properties: { apiVersion: resource.apiVersion, kind: resource.kind },
          },
        ]
      : []),
    ...(container
      ? [{ name: container, fullyQualifiedName: `${name ?? ''}/${container}`, kind: 'container' }]
      : []),
    ...(field ? [{ name: field, fullyQualifiedName: `${name ?? ''}/${field}`, kind: 'property' }] : []),
  ]
  return locations.length > 0 ? { logicalLocations: locations } : {}
}

function fixesOf({ ruleId, fix, suggestions = [], rollsPods }: Problem, change: (edits: Edit[]) => object) {
  const restarts = rollsPods ? ' It restarts the pods on every node.' : ''
  const changes = [
    ...(fix ? [{ text: `The fix of ${ruleId}, as --fix applies it.${restarts}`, fix }] : []),
    ...suggestions.map(({ message, fix }) => ({ text: message, fix })),
  ]
  if (changes.length === 0) return {}
  return {
    fixes: changes.map(({ text, fix }) => ({
      description: { text },
      artifactChanges: [change(fix.edits)],
    })),
  }
}
