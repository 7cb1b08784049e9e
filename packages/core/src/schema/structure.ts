import type { KubernetesValue, Manifest, Path } from '../parse/tree.ts'
import { valueAt } from '../parse/value.ts'
import type { Structure, StructureRun } from './finding.ts'
import { isDirective } from './patch.ts'
import { scalarFault } from './scalars.ts'
import { elementOf, isStruct, structOf, typeAt, versionsWithout } from './structs.ts'
import { reportFault, reportType } from './types.ts'
import { parentOf, reportUnknown } from './unknown.ts'
import { validate } from './validator.generated.ts'

const root = 'DaemonSet'

/**
 * Checks a DaemonSet's fields and types as the API server's strict decoding does. What is templated, or set by a
 * kustomization, is not judged; in a patch, strategic merge's directives are legal. One cause, one report.
 * @param manifest a DaemonSet, or what is plainly meant to be one
 * @param kubernetesVersions the versions it is for, oldest first
 */
export function checkStructure(manifest: Manifest, kubernetesVersions: readonly string[]): Structure {
  const structure: Structure = { findings: [], trusted: true, meant: [] }
  const run: StructureRun = { manifest, kubernetesVersions, structure }
  const value = manifest.value as unknown as KubernetesValue
  if (!validate(value)) {
    for (const error of validate.errors ?? []) {
      const path = readPointer(error.instancePath, value)
      if (error.keyword === 'additionalProperties') path.push(error.params!.additionalProperty)
      if (manifest.role === 'patch' && path.some(isDirective)) continue
      if (manifest.isUnknown(...path)) continue
      if (error.keyword === 'type') checkType(run, path)
      else reportUnknown(run, path)
    }
  }
  walk(run, root, [], value)
  return structure
}

/** ajv knows no integers beyond 2^53, which Go reads. */
function checkType(run: StructureRun, path: Path): void {
  const type = typeAt(root, path)!
  const value = valueAt(run.manifest.value, path)
  if (typeof value === 'bigint' && takesNumbers.has(type)) return
  run.structure.trusted = false
  reportType(run, path, type, value)
}

const takesNumbers = new Set(['int32', 'int64', 'int-or-string', 'quantity'])

/**
 * Looks at what a JSON type does not say: versions of fields, widths of numbers, quantities, times.
 * @param path where it is; it is put back as it was, and copied only for what is found
 */
function walk(
  run: StructureRun,
  type: string,
  path: (string | number)[],
  value: KubernetesValue | undefined,
): void {
  if (value === null || value === undefined) return
  if (type.startsWith('[]')) {
    if (!Array.isArray(value)) return
    const element = elementOf(type)!
    for (let index = 0; index < value.length; index++) walkInto(run, element, path, index, value[index])
    return
  }
  if (typeof value === 'object') {
    if (Array.isArray(value)) return
    const element = elementOf(type)
    if (element) {
      if (plain.has(element)) return
      for (const key of Object.keys(value)) walkInto(run, element, path, key, value[key])
      return
    }
    walkStruct(run, type, path, value)
    return
  }
  if (isStruct(type) || plain.has(type) || typeof value === 'boolean') return
  if (typeof value === 'string' && (type === 'int32' || type === 'int64')) return
  if (typeof value !== 'string' && textual.has(type)) return
  const fault = scalarFault(type, value)
  if (!fault || run.manifest.isUnknown(...path)) return
  if (run.manifest.role === 'patch' && path.some(isDirective)) return
  run.structure.trusted = false
  reportFault(run, [...path], type, value, fault)
}

function walkInto(
  run: StructureRun,
  type: string,
  path: (string | number)[],
  step: string | number,
  value: KubernetesValue | undefined,
): void {
  path.push(step)
  walk(run, type, path, value)
  path.pop()
}

const plain = new Set(['string', 'bool', 'any'])
const textual = new Set(['time', 'micro-time', 'bytes'])

function walkStruct(
  run: StructureRun,
  type: string,
  path: (string | number)[],
  value: { [key: string]: KubernetesValue },
): void {
  const fields = structOf(type)
  for (const key of Object.keys(value)) {
    const field = fields?.get(key)
    if (!field) continue
    const without = field.since || field.until ? versionsWithout(field, run.kubernetesVersions) : []
    if (without.length === 0) {
      walkInto(run, field.type, path, key, value[key])
      continue
    }
    run.structure.findings.push({
      id: 'field-version',
      path: [...path, key],
      on: 'key',
      messageId: without.some(
        (version) => versionsWithout({ type, since: field.since }, [version]).length > 0,
      )
        ? 'younger'
        : 'removed',
      data: {
        name: key,
        parent: parentOf(run.manifest, [...path, key]),
        since: field.since ?? '',
        until: field.until ?? '',
        targets: targetsOf(without),
      },
    })
  }
}

/** `your target 1.29 refuses`, `your targets 1.29, 1.30 and 1.31 refuse` */
function targetsOf(versions: readonly string[]): string {
  if (versions.length === 1) return `your target ${versions[0]} refuses`
  return `your targets ${versions.slice(0, -1).join(', ')} and ${versions.at(-1)} refuse`
}

/** The path that a JSON pointer of ajv's means; steps into lists become numbers. */
function readPointer(pointer: string, value: KubernetesValue): (string | number)[] {
  const path: (string | number)[] = []
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    const step = Array.isArray(valueAt(value, path)) ? Number(key) : key
    path.push(step)
  }
  return path
}
