import type { KubernetesValue, Manifest, Path } from '../parse/tree.ts'
import { valueAt } from '../parse/value.ts'
import { excerpt } from '../text/excerpt.ts'
import type { ChangeChoice, StructureRun } from './finding.ts'
import { guess } from './misplaced.ts'

/** Reports a field that no version knows, and says what may be meant. */
export function reportUnknown({ manifest, structure }: StructureRun, path: Path): void {
  const key = String(path.at(-1))
  const name = excerpt(key)
  const within = path.slice(0, -1)
  if (path.length === 2 && path[0] === 'spec' && key === 'replicas') {
    structure.findings.push({
      id: 'no-replicas',
      path,
      on: 'key',
      messageId: 'replicas',
      change: { remove: true },
    })
    return
  }
  const parent = parentOf(manifest, path)
  const root = manifest.value as unknown as KubernetesValue
  const meant = guess('DaemonSet', path, valueAt(root, path))
  if (!meant) {
    structure.findings.push({
      id: 'unknown-field',
      path,
      on: 'key',
      messageId: 'unknown',
      data: { name, parent },
    })
    return
  }
  if (meant.kind === 'name') {
    structure.meant.push([...within, meant.name])
    const data = { name, parent, meant: meant.name }
    structure.findings.push({
      id: 'unknown-field',
      path,
      on: 'key',
      messageId: 'misspelt',
      data,
      choices: [{ messageId: 'rename', data, change: { rename: meant.name } }],
    })
    return
  }
  const target = resolve(root, meant.path)
  if (target) structure.meant.push(target)
  const place = printPlace(meant.path.slice(0, -1))
  const choices: ChangeChoice[] = target
    ? [{ messageId: 'move', data: { place }, change: { moveTo: target } }]
    : []
  structure.findings.push({
    id: 'unknown-field',
    path,
    on: 'key',
    messageId: 'misplaced',
    data: { name, parent, place },
    choices,
  })
}

/** What messages call the place that a field is written in: `` `spec.template.spec` `` with its backquotes. */
export function parentOf(manifest: Manifest, path: Path): string {
  return path.length === 1 ? 'a DaemonSet' : `\`${manifest.field(...path.slice(0, -1))}\``
}

/** The path with its `*` filled in where a list has one item; undefined where one must choose. */
function resolve(root: KubernetesValue, path: Path): Path | undefined {
  const filled: (string | number)[] = []
  for (const step of path) {
    if (step !== '*') {
      filled.push(step)
      continue
    }
    const list = valueAt(root, filled)
    if (!Array.isArray(list) || list.length !== 1) return undefined
    filled.push(0)
  }
  return filled
}

function printPlace(path: Path): string {
  let text = ''
  for (const step of path) {
    text += step === '*' || typeof step === 'number' ? `[${step}]` : `${text === '' ? '' : '.'}${step}`
  }
  return text === '' ? 'the manifest itself' : `\`${text}\``
}
