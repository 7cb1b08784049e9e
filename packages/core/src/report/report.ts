import { createFixer } from '../fix/fixer.ts'
import type { FixFunction } from '../fix/types.ts'
import type { KubernetesNode, Manifest, Path } from '../parse/tree.ts'
import { valueAt } from '../parse/value.ts'
import type { Fix, Problem, ProblemResource, Severity, Suggestion } from '../problem.ts'
import type { ReportDescriptor } from './descriptor.ts'
import { collectEdits } from './edits.ts'
import { interpolate, type MessageData } from './interpolate.ts'
import { placeOf } from './place.ts'
import { RuleError } from './rule-error.ts'

/** What is known of a finding before it is made: its rule, or the API server's check. */
export interface ReportSource {
  ruleId: string
  severity: Severity
  messages: Record<string, string>
  /** The API server refuses the manifest because of it. */
  rejected?: boolean
  /** Its fix changes the pod template. */
  rollsPods?: boolean
  /** For messages about the rule itself. */
  filePath?: string
  url?: string
  /** For tests: throws where a placeholder has no data, instead of leaving it as it is written. */
  strict?: boolean | undefined
}

/**
 * Makes a problem of a report: finds its place, writes its message and asks for its fixes.
 * @returns null when the reported field is templated or set by a kustomization, so that nothing is known of it
 * @throws Error when the rule itself is wrong: an unknown `messageId`, a placeholder without data, overlapping edits
 */
export function toProblem(descriptor: ReportDescriptor<string>, source: ReportSource): Problem | null {
  const { node, path = [], messageId, data, loc, on, related } = descriptor
  if (node.isUnknown(...path)) return null
  const problem: Problem = {
    ruleId: source.ruleId,
    severity: source.severity,
    message: messageOf(source, messageId, data),
    messageId,
    position: loc ?? placeOf(node, path, on),
    manifest: node.manifest,
    resource: resourceOf(node.manifest),
  }
  const field = node.field(...path)
  if (field) problem.field = field
  const container = containerOf(node, path)
  if (container) problem.container = container
  if (source.rejected) problem.rejected = true
  if (source.url) problem.url = source.url
  if (related) problem.related = related
  addFixes(problem, descriptor, source)
  return problem
}

function resourceOf({ apiVersion, kind, namespace, name }: Manifest): ProblemResource {
  return { apiVersion, kind, namespace, name }
}

function addFixes(problem: Problem, descriptor: ReportDescriptor<string>, source: ReportSource): void {
  const { node, suggest = [] } = descriptor
  // A remark is no reason to restart a daemon on every node: a person decides.
  const isChoice = source.rollsPods && source.severity === 'info'
  const fix = descriptor.fix && !isChoice && runFix(descriptor.fix, node)
  if (fix) problem.fix = fix
  const choice = isChoice ? descriptor.fix : undefined
  if (choice || suggest.length > 0) {
    // Most runs print none, and to make them takes longer than to find the problem.
    defineLazily(problem, 'suggestions', () => {
      try {
        return suggestionsOf(choice, descriptor, source)
      } catch (error) {
        const { ruleId, filePath } = source
        throw new RuleError(ruleId, { filePath, line: problem.position.start.line }, error)
      }
    })
  }
  if (source.rollsPods && (fix || choice || suggest.length > 0)) problem.rollsPods = true
}

function suggestionsOf(
  choice: FixFunction | undefined,
  { node, suggest = [] }: ReportDescriptor<string>,
  source: ReportSource,
): Suggestion[] | undefined {
  const suggestions: Suggestion[] = []
  const fix = choice && runFix(choice, node)
  if (fix) suggestions.push({ message: 'Apply the fix; it restarts the pods on every node.', fix })
  for (const { messageId, data, fix } of suggest) {
    const made = runFix(fix, node)
    if (made) suggestions.push({ messageId, message: messageOf(source, messageId, data), fix: made })
  }
  return suggestions.length > 0 ? suggestions : undefined
}

/** A property that is made when it is first read; to all who look it is like any other. */
function defineLazily<K extends keyof Problem>(problem: Problem, key: K, make: () => Problem[K]): void {
  const define = (descriptor: PropertyDescriptor) =>
    Object.defineProperty(problem, key, { enumerable: true, configurable: true, ...descriptor })
  const settle = (value: Problem[K]) => {
    define({ value, writable: true })
    return value
  }
  define({ get: () => settle(make()), set: settle })
}

function runFix(fix: FixFunction, node: KubernetesNode): Fix | null {
  const edits = collectEdits(fix(createFixer(node)))
  return edits && { edits }
}

function messageOf(source: ReportSource, messageId: string, data: MessageData | undefined): string {
  const { messages, strict } = source
  const message = Object.hasOwn(messages, messageId) ? messages[messageId] : undefined
  if (message === undefined) {
    const known = Object.keys(messages).join(', ')
    throw new Error(`it reports with messageId '${messageId}'; its messages are: ${known}`)
  }
  return interpolate(message, data, (name) => {
    if (strict) throw new Error(`its message '${messageId}' has no data for {{${name}}}`)
  })
}

/** The name of the container that a field belongs to. */
export function containerOf(node: KubernetesNode, path: Path = []): string | undefined {
  const full = [...node.path, ...path]
  const list = full.findIndex(
    (step, index) => containerLists.has(step) && typeof full[index + 1] === 'number',
  )
  if (list < 0) return undefined
  const name = valueAt(node.manifest.value, [...full.slice(0, list + 2), 'name'])
  return typeof name === 'string' && name !== '' ? name : undefined
}

const containerLists = new Set<string | number>(['containers', 'initContainers', 'ephemeralContainers'])
