import { isScalar, type Scalar } from 'yaml'
import { excerpt } from '../text/excerpt.ts'
import { decodeBase64, TextDecoder } from './platform.ts'
import { resolvePlain, type ScalarType, type ScalarValue } from './resolve.ts'
import { isTimestamp } from './times.ts'

const yamlPrefix = 'tag:yaml.org,2002:'
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** What tags with a meaning for go-yaml accept; it ignores all other tags. */
const accepted: Record<string, readonly ScalarType[]> = {
  null: ['null'],
  bool: ['bool'],
  int: ['int'],
  float: ['float', 'int'],
  timestamp: ['str'],
}

/** A scalar node's value as go-yaml resolves it, and what is wrong with it. */
export function readScalar(node: Scalar): { value: ScalarValue; problem?: string } {
  const text = node.source ?? ''
  const { tag } = node
  if (!tag || tag === '!') return { value: node.type === 'PLAIN' ? resolvePlain(text).value : text }
  if (!tag.startsWith(yamlPrefix)) return { value: text }
  const wanted = tag.slice(yamlPrefix.length)
  if (wanted === 'binary') return readBinary(text)
  if (!Object.hasOwn(accepted, wanted)) return { value: text }
  const { type, value } = resolvePlain(text)
  if (!accepted[wanted]!.includes(type) || (wanted === 'timestamp' && !isTimestamp(text)))
    return { value, problem: `Cannot read \`${excerpt(text)}\` as \`!!${wanted}\`` }
  return { value: wanted === 'float' ? Number(value) : value }
}

function readBinary(text: string): { value: string; problem?: string } {
  const plain = text.replace(/[\r\n]/g, '')
  if (!base64.test(plain)) return { value: text, problem: 'Tagged `!!binary` but not valid base64' }
  const bytes = Uint8Array.from(decodeBase64(plain), (character) => character.charCodeAt(0))
  return { value: new TextDecoder('utf-8').decode(bytes) }
}

/** An unquoted `<<`. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.source === '<<' && (key.type === 'PLAIN' || key.tag === `${yamlPrefix}merge`)
}

/** A key's text as JSON has it: `yes` is `true`, `0644` is `420`. */
export function keyText(value: ScalarValue): string {
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value)
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  // sigs.k8s.io/yaml prints float keys with the digits that a 32-bit number needs.
  for (let digits = 1; digits <= 9; digits++) {
    const shorter = Number(value.toPrecision(digits))
    if (Math.fround(shorter) === Math.fround(value)) return String(shorter)
  }
  return String(value)
}

/** A key node's JSON text, for finding an entry by name; undefined for keys that JSON cannot hold. */
export function keyNameOf(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined
  const { value } = readScalar(node)
  return value === null ? undefined : keyText(value)
}
