import type { KubernetesValue, Path } from '../parse/tree.ts'
import { excerpt } from '../text/excerpt.ts'
import type { Change, StructureRun } from './finding.ts'
import { nearQuantity } from './quantity.ts'
import { int32, int64, type ScalarFault } from './scalars.ts'
import { elementOf, isStruct } from './structs.ts'

/** Reports a value whose JSON type its field does not take. */
export function reportType(
  { manifest, structure }: StructureRun,
  path: Path,
  type: string,
  value: KubernetesValue | undefined,
): void {
  const id = 'wrong-type'
  const source = manifest.source(...path) ?? (typeof value === 'object' ? '' : String(value))
  const data = {
    ...namesOf(path),
    expected: expectation(type),
    found: finding(value),
    source: excerpt(source),
  }
  const scalar = value !== null && typeof value !== 'object'
  if (type === 'string' && scalar) {
    const messageId = typeof value === 'boolean' && !/^(?:true|false)$/i.test(source) ? 'word' : 'quote'
    // Quoting is the only way to mean what is written.
    structure.findings.push({ id, path, messageId, data, change: { set: source } })
    return
  }
  const bare = typeof value === 'string' ? withoutQuotes(type, value) : undefined
  if (bare !== undefined) {
    const full = { ...data, bare: String(bare) }
    const change: Change = { set: bare }
    const finding = { id, path, messageId: 'unquote', data: full } as const
    // Refused, it gives a container nothing; mended, the power over its node, which nobody may get in passing.
    const grants = bare === true && granting.has(String(path.at(-1)))
    structure.findings.push(
      grants ? { ...finding, choices: [{ messageId: 'grant', data: full, change }] } : { ...finding, change },
    )
    return
  }
  if (type === '[]string' && typeof value === 'string') {
    const choices = [{ messageId: 'wrap', change: { set: [value] } }]
    structure.findings.push({ id, path, messageId: 'items', data, choices })
    return
  }
  structure.findings.push({ id, path, messageId: type.startsWith('[]') ? 'items' : 'shape', data })
}

/** Fields that are no matter of spelling when they become true. */
const granting = new Set(['privileged', 'allowPrivilegeEscalation', 'hostNetwork', 'hostPID', 'hostIPC'])

/** Reports a scalar of the right JSON type that its field cannot hold. */
export function reportFault(
  { manifest, structure }: StructureRun,
  path: Path,
  type: string,
  value: string | number | bigint,
  fault: ScalarFault,
): void {
  const source = excerpt(manifest.source(...path) ?? String(value))
  const names = namesOf(path)
  if (fault !== 'quantity') {
    const [low, high] = type === 'int64' ? int64 : int32
    const data = { ...names, source, low: String(low), high: String(high) }
    structure.findings.push({ id: 'wrong-type', path, messageId: fault, data })
    return
  }
  const near = nearQuantity(String(value))
  if (near === undefined) {
    structure.findings.push({
      id: 'invalid-quantity',
      path,
      messageId: 'quantity',
      data: { ...names, source },
    })
    return
  }
  const data = { ...names, source, near: excerpt(near) }
  structure.findings.push({
    id: 'invalid-quantity',
    path,
    messageId: 'near',
    data,
    choices: [{ messageId: 'replace', data, change: { set: near } }],
  })
}

/** What a string would be without its quotes, where that is what the field takes. */
function withoutQuotes(type: string, value: string): number | boolean | undefined {
  if (type === 'bool') return value === 'true' ? true : value === 'false' ? false : undefined
  if (type !== 'int32' && type !== 'int64') return undefined
  return /^(?:0|-?[1-9]\d{0,8})$/.test(value) ? Number(value) : undefined
}

/** What a message calls a value: within a sentence, and at its beginning. */
function namesOf(path: Path): { name: string; subject: string } {
  const name = nameOf(path)
  return { name, subject: name.replace(/^[a-z]/, (letter) => letter.toUpperCase()) }
}

function nameOf(path: Path): string {
  const last = path.at(-1)
  if (last === undefined) return 'the manifest'
  return typeof last === 'number' ? `an item of \`${excerpt(String(path.at(-2)))}\`` : `\`${excerpt(last)}\``
}

function expectation(type: string): string {
  const element = elementOf(type)
  if (type.startsWith('[]')) return isStruct(element!) ? 'a list of maps' : 'a list of strings'
  if (element || isStruct(type)) return 'a map'
  return expectations[type] ?? type
}

const expectations: Record<string, string> = {
  string: 'a string',
  bool: 'true or false',
  int32: 'a whole number',
  int64: 'a whole number',
  quantity: 'a quantity such as 100m or 64Mi',
  'int-or-string': 'a whole number or a string',
  time: 'a time such as "2026-01-31T12:00:00Z"',
  'micro-time': 'a time such as "2026-01-31T12:00:00.000000Z"',
  bytes: 'base64 text',
}

function finding(value: KubernetesValue | undefined): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  if (typeof value === 'boolean') return 'a boolean'
  return typeof value === 'string' ? 'a string' : 'a number'
}
