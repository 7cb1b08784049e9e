import type { LintResult } from '../lint/lint.ts'
import type { Manifest, Path } from '../parse/tree.ts'
import type { Edit, Problem } from '../problem.ts'
import { fail } from './assert.ts'
import { list } from './check-errors.ts'
import type { Runner } from './run.ts'

/**
 * Fails when a rule says of a templated text what it does not say of the text itself: what is unknown must not be
 * taken for absent. Every scalar but `apiVersion` and `kind` becomes a placeholder.
 */
export function checkTemplated(runner: Runner, result: LintResult): void {
  const text = templated(result)
  const changed = runner.lint(text)
  // a placeholder may stand where YAML does not take it, such as under an anchor
  if (changed.root.children.length !== result.root.children.length) return
  const known = new Set(runner.found(result).map(identity))
  const added = runner.found(changed).filter((problem) => !known.has(identity(problem)))
  if (added.length === 0) return
  fail(`With every scalar templated the rule still reports, though nothing is known:${list(added)}\n${text}`)
}

function identity({ messageId, field }: Problem): string {
  return `${messageId} ${field}`
}

function templated({ root }: LintResult): string {
  const edits = new Map<number, Edit>()
  for (const manifest of root.children) {
    for (const [key, value] of Object.entries(manifest.value)) {
      if (key !== 'apiVersion' && key !== 'kind') collect(manifest, [key], value, edits)
    }
  }
  let text = root.text
  for (const { range, text: replacement } of [...edits.values()].sort((a, b) => b.range[0] - a.range[0])) {
    text = text.slice(0, range[0]) + replacement + text.slice(range[1])
  }
  return text
}

function collect(manifest: Manifest, path: Path, value: unknown, edits: Map<number, Edit>): void {
  if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      collect(manifest, [...path, Array.isArray(value) ? Number(key) : key], item, edits)
    }
    return
  }
  const place = manifest.at(...path)
  const source = manifest.source(...path)
  if (!place || !source) return
  const start = place.start.offset ?? 0
  const end = place.end.offset ?? 0
  // a block scalar ends with its line
  const lineEnd = /\r?\n$/.exec(source)?.[0] ?? ''
  edits.set(start, { range: [start, end], text: `"\${TEMPLATED}"${lineEnd}` })
}

/** Workloads as a patch states them that changes nothing: in it nothing is missing. */
export function emptyPatches(kinds: readonly string[]): string[] {
  return kinds.flatMap((kind) => {
    const apiVersion = versions[kind]
    if (apiVersion === undefined) return []
    const head = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: agent\n`
    return [
      head,
      `${head}spec: {}\n`,
      `${head}spec:\n  template:\n    spec: {}\n`,
      `${head}spec:\n  template:\n    spec:\n      containers:\n        - name: agent\n`,
    ]
  })
}

const versions: Readonly<Record<string, string>> = {
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  Job: 'batch/v1',
}

/** Fails when a rule accuses a patch of what it does not state. */
export function checkEmptyPatch(runner: Runner, patch: string): void {
  const found = runner.found(runner.lint(patch))
  if (found.length > 0) fail(`The rule reports what a patch does not state:${list(found)}\n${patch}`)
}
