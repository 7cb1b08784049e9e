import type { LintResult } from '../lint/lint.ts'
import type { Manifest, Path } from '../parse/tree.ts'
import type { Edit, Problem } from '../problem.ts'
import { fail } from './assert.ts'
import { list } from './check-errors.ts'
import type { Runner } from './run.ts'

/** Why rules do not see a part of a text; undefined when they see all that they should. */
export function unreadable({ root, problems, hidden }: LintResult): string | undefined {
  const broken = root.documents.find(({ status }) => status === 'broken')
  if (broken) return `The code cannot be decoded, so the rule never sees it: ${broken.errors[0]?.message}`
  const rejection = problems.find(({ rejected }) => rejected)?.message
  // What is hidden without a word is no DaemonSet, or a workload that the API server's checks do not judge.
  const wrong = [...hidden].some(({ type }) => rejection !== undefined || type !== 'daemonSet')
  if (!wrong) return undefined
  return `The API server cannot decode the code, so the rule never sees it: ${rejection ?? 'its shape is wrong'}`
}

/**
 * Fails when a rule says of a templated text what it does not say of the text itself: what is unknown must not be
 * taken for absent. Every scalar but `apiVersion` and `kind` becomes a placeholder.
 */
export function checkTemplated(runner: Runner, result: LintResult): void {
  const text = templated(result)
  const changed = runner.lint(text)
  const unread = unreadable(changed)
  if (unread) fail(`With every scalar templated: ${unread}\n${text}`)
  // What `needs.text` looks for may be a scalar: then the rule does not get to see the document.
  const passedOver = changed.root.documents.some(
    ({ status }, index) => status === 'skipped' && result.root.documents[index]?.status === 'parsed',
  )
  if (!passedOver && changed.root.children.length !== result.root.children.length) {
    fail(`With every scalar templated the code holds other resources, so nothing can be compared.\n${text}`)
  }
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
      if (key === 'apiVersion' || key === 'kind') continue
      for (const edit of placeholders(manifest, [key], value)) edits.set(edit.range[0], edit)
    }
  }
  let { text } = root
  for (const { range, text: replacement } of [...edits.values()].sort((a, b) => b.range[0] - a.range[0])) {
    // Beneath a tag stands only what the tag means.
    if (tagged.test(text.slice(text.lastIndexOf('\n', range[0] - 1) + 1, range[0]))) continue
    text = text.slice(0, range[0]) + replacement + text.slice(range[1])
  }
  return text
}

const tagged = /(?:^|[\s[{,])!\S*\s+(?:&\S+\s+)?$/

function placeholders(manifest: Manifest, path: Path, value: unknown): Edit[] {
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, item]) =>
      placeholders(manifest, [...path, Array.isArray(value) ? Number(key) : key], item),
    )
  }
  const place = manifest.at(...path)
  const source = manifest.source(...path)
  if (!place || !source) return []
  // a block scalar ends with its line
  const lineEnd = /\r?\n$/.exec(source)?.[0] ?? ''
  return [
    {
      range: [place.start.offset ?? 0, place.end.offset ?? 0],
      text: `"\${TEMPLATED}"${lineEnd}`,
    },
  ]
}

/** Workloads as a patch states them that changes nothing: in it nothing is missing. */
export function emptyPatches(kinds: readonly string[]): string[] {
  return kinds.flatMap((kind) => {
    const apiVersion = versions.get(kind)
    if (apiVersion === undefined) return []
    const head = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: agent\n`
    return [
      head,
      `${head}spec: {}\n`,
      `${head}spec:\n  template:\n    spec: {}\n`,
      `${head}spec:\n  template:\n    spec:\n      containers:\n        - name: agent\n`,
      `${head}spec:\n  template:\n${emptyParts}`,
    ]
  })
}

/** Every part that rules look into, each without what it would say. */
const emptyParts = `    metadata: {}
    spec:
      containers:
        - name: agent
          resources: {}
          securityContext: {}
          env:
            - name: LOG_LEVEL
              value: debug
      initContainers:
        - name: prepare
      volumes:
        - name: config
`

const versions: ReadonlyMap<string, string> = new Map([
  ['DaemonSet', 'apps/v1'],
  ['Deployment', 'apps/v1'],
  ['StatefulSet', 'apps/v1'],
  ['ReplicaSet', 'apps/v1'],
  ['Job', 'batch/v1'],
])

/** Fails when a rule accuses a patch of what it does not state. */
export function checkEmptyPatch(runner: Runner, patch: string): void {
  const found = runner.found(runner.lint(patch))
  if (found.length > 0) fail(`The rule reports what a patch does not state:${list(found)}\n${patch}`)
}
