import type { KubernetesValue, OverlaidField } from '@daemonlint/core'
import type { Target } from './kustomization.ts'
import { asRecord, asRecords, asText } from './shape.ts'
import { parseDocuments } from './yaml.ts'

type FieldPath = OverlaidField['path']
type Step = FieldPath[number]

/**
 * The fields that a patch changes.
 * @param text strategic-merge patches, or one list of JSON 6902 operations; YAML or JSON
 * @param target whom it is for, where the kustomization says so
 */
export function patchedFields(text: string, target?: Target): OverlaidField[] {
  return parseDocuments(text).flatMap((patch) => {
    if (Array.isArray(patch)) return withTarget(patch.flatMap(operationFields), target)
    const map = asRecord(patch)
    if (!map || map.$patch === 'delete') return []
    return withTarget(statedFields(map), target ?? identity(map))
  })
}

function identity(patch: Record<string, unknown>): Target {
  const [kind, name] = [asText(patch.kind), asText(asRecord(patch.metadata)?.name)]
  return { ...(kind !== undefined && { kind }), ...(name !== undefined && { name }) }
}

function withTarget(fields: OverlaidField[], target: Target = {}): OverlaidField[] {
  return fields.map((field) => ({ ...target, ...field }))
}

/**
 * What strategic merge knows the items of a list by; other lists it replaces. From the `patchMergeKey` tags of
 * k8s.io/api/core/v1.
 */
const mergeKeys = new Map(
  Object.entries({
    containers: 'name',
    initContainers: 'name',
    ephemeralContainers: 'name',
    volumes: 'name',
    env: 'name',
    imagePullSecrets: 'name',
    resourceClaims: 'name',
    volumeMounts: 'mountPath',
    volumeDevices: 'devicePath',
    ports: 'containerPort',
    hostAliases: 'ip',
    topologySpreadConstraints: 'topologyKey',
  }),
)

/** Every leaf of a strategic-merge patch but those that say whom it is for. */
function statedFields(patch: Record<string, unknown>): OverlaidField[] {
  const fields: OverlaidField[] = []
  const add = (path: Step[], value?: unknown) => {
    fields.push(value === undefined ? { path } : { path, value: value as KubernetesValue })
  }

  function visit(value: unknown, path: Step[]): void {
    const map = asRecord(value)
    const keys = Object.keys(map ?? {}).filter((key) => !key.startsWith('$'))
    if (Array.isArray(value)) visitList(value, path)
    else if (!map) add(path, value ?? null)
    else if ('$patch' in map || keys.length === 0) add(path)
    else for (const key of keys) visit(map[key], [...path, key])
  }

  function visitList(items: unknown[], path: Step[]): void {
    const key = mergeKeys.get(String(path.at(-1)))
    const maps = asRecords(items)
    const isKey = (value: unknown) => typeof value === 'string' || typeof value === 'number'
    const joins = key !== undefined && maps.length === items.length && maps.every((map) => isKey(map[key]))
    if (!joins) add(path)
    else {
      for (const { [key]: value, ...rest } of maps) {
        if (Object.keys(rest).length > 0) visit(rest, [...path, { [key]: value as string | number }])
      }
    }
  }

  for (const [key, value] of Object.entries(patch)) {
    if (key === 'apiVersion' || key === 'kind' || key.startsWith('$')) continue
    const metadata = key === 'metadata' && asRecord(value)
    if (!metadata) visit(value, [key])
    else {
      const { name: _, namespace: __, ...rest } = metadata
      if (Object.keys(rest).length > 0) visit(rest, [key])
    }
  }
  return fields
}

/** What one operation changes: a field, or an item that is put into a list. */
function operationFields(operation: unknown): OverlaidField[] {
  const { op, path, from, value } = asRecord(operation) ?? {}
  if (typeof path !== 'string' || op === 'test') return []
  const moved = op === 'move' && typeof from === 'string' ? [{ path: pointer(from) }] : []
  const steps = pointer(path)
  const isNew =
    steps.at(-1) === '-' || (op !== 'replace' && op !== 'remove' && typeof steps.at(-1) === 'number')
  if (isNew) return [...moved, { path: [...steps.slice(0, -1), newItem] }]
  const isScalar = value !== undefined && (typeof value !== 'object' || value === null) && op !== 'remove'
  return [...moved, isScalar ? { path: steps, value: value as KubernetesValue } : { path: steps }]
}

/** An item that no list has. */
const newItem = { name: '' }

/** A JSON pointer as a path. */
function pointer(text: string): Step[] {
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))
}

/**
 * A field path of `replacements` (`spec.template.spec.containers.[name=agent].image`) as a path.
 * Items chosen by another field than their name stand for any.
 */
export function replacementPath(text: string): Step[] {
  const steps = text.match(/\[[^\]]*\]|(?:\\.|[^.[\\])+/g) ?? []
  return steps.map((step): Step => {
    const selected = /^\[([^=\]]*)=([^\]]*)\]$/.exec(step)
    if (selected) return selected[1] === 'name' ? { name: selected[2]! } : '*'
    const key = step.replace(/^\[(.*)\]$/, '$1').replace(/\\(.)/g, '$1')
    return /^\d+$/.test(key) ? Number(key) : key === '-' ? '*' : key
  })
}
