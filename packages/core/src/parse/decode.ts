import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import { isBlockScalar } from './block-scalar.ts'
import { printPath } from './field.ts'
import type { Lines } from './lines.ts'
import type { ScalarValue } from './resolve.ts'
import { isMergeKey, keyText, readScalar } from './scalar.ts'
import { hasPlaceholder, isHiddenPlaceholder, isPlaceholderKey } from './template.ts'
import type { DecodeError, DecodeErrorCode, KubernetesValue, Path } from './tree.ts'
import { staysWhenUnknown } from './unknown.ts'

/** A YAML document as JSON, the way go-yaml v2 and sigs.k8s.io/yaml make it. */
export interface Decoded {
  /** Unknown scalars are left out, except items of lists and texts. */
  value: KubernetesValue | undefined
  errors: DecodeError[]
  /** Paths of scalars that hold a placeholder, from the document's root. */
  unknown: Path[]
  /** A placeholder stands as a key. */
  templateKey: boolean
  /** False when an error leaves no value that could be trusted. */
  decodable: boolean
}

/** Characters that aliases may repeat; the API server takes 3 MiB. */
const maxRepeated = 64 * 1024 * 1024

const omitted = Symbol('unknown')
type Result = KubernetesValue | typeof omitted

class Refused extends Error {}

interface KeyEntry {
  node: Node
  merged: boolean
}

/** Decodes one document. Never throws. */
export function decode(
  contents: unknown,
  context: { text: string; lines: Lines; anchors: (alias: Alias) => Node | undefined },
): Decoded {
  const decoder = new Decoder(context)
  const decoded: Decoded = {
    value: undefined,
    errors: decoder.errors,
    unknown: [],
    templateKey: false,
    decodable: true,
  }
  try {
    const value = decoder.node(contents as Node | null)
    decoded.value = value === omitted ? undefined : value
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    decoded.decodable = false
  }
  decoded.decodable &&= !decoder.failed
  decoded.templateKey = decoder.templateKey
  decoded.unknown = decoder.unknown
  return decoded
}

/** True when a scalar holds a placeholder, or one stands in its place that YAML takes for a comment. */
function isUnknownScalar(node: Scalar, value: ScalarValue, text: string): boolean {
  if (typeof value === 'string') return hasPlaceholder(value, isBlockScalar(node))
  return value === null && !node.source && !!node.range && isHiddenPlaceholder(text, node.range[0])
}

class Decoder {
  errors: DecodeError[] = []
  unknown: Path[] = []
  templateKey = false
  failed = false
  private path: (string | number)[] = []
  private decodeCount = 0
  private aliasCount = 0
  private aliasDepth = 0
  private repeated = 0
  private scalars = new Map<Scalar, { value: ScalarValue; unknown: boolean }>()
  private open = new Set<Node>()
  private reported = new Set<Node>()
  private context: Parameters<typeof decode>[1]

  constructor(context: Parameters<typeof decode>[1]) {
    this.context = context
  }

  private error(
    code: DecodeErrorCode,
    node: Node | null | undefined,
    message: string,
    more?: Partial<DecodeError>,
  ) {
    const [start, end] = node?.range ?? [0, 0]
    const field = printPath(this.path)
    this.errors.push({
      code,
      message,
      position: this.context.lines.positionOf(start, isScalar(node) || isAlias(node) ? end : start + 1),
      ...(field && { field }),
      ...more,
    })
  }

  /** Counts as go-yaml does, which declines documents that are mostly aliases (`allowedAliasRatio`). */
  private count(node: Node | null) {
    this.decodeCount++
    if (this.aliasDepth > 0) this.aliasCount++
    if (this.aliasCount <= 100 || this.decodeCount <= 1000) return
    const share = Math.min(Math.max((this.decodeCount - 400_000) / 3_600_000, 0), 1)
    if (this.aliasCount / this.decodeCount > 0.99 - 0.89 * share) {
      this.decline(
        node,
        'aliases make this document many times larger than its text, which Kubernetes\' YAML parser refuses as "excessive aliasing"',
      )
    }
  }

  private decline(node: Node | null, reason: string): never {
    this.error('too-complex', node, `Declined: ${reason}`)
    throw new Refused()
  }

  node(node: Node | null | undefined): Result {
    this.count(node ?? null)
    if (!node) return null
    if (isAlias(node)) return this.alias(node)
    if (isScalar(node)) return this.scalar(node)
    if (isMap(node)) {
      const out: { [key: string]: KubernetesValue } = {}
      this.map(node, out, new Map(), false)
      return out
    }
    if (isSeq(node)) {
      const out: KubernetesValue[] = []
      node.items.forEach((item, index) => {
        this.path.push(index)
        const value = this.node(item as Node)
        if (value !== omitted) out[index] = value
        this.path.pop()
      })
      return out
    }
    return null
  }

  private alias<T = Result>(node: Alias, use: (target: Node) => T = (target) => this.node(target) as T): T {
    const target = this.context.anchors(node)
    if (!target) {
      this.error(
        'yaml-syntax',
        node,
        `Alias \`*${node.source}\` names an anchor that is not defined before it`,
      )
      throw new Refused()
    }
    if (this.open.has(target) || this.contains(target, node)) {
      this.error('yaml-syntax', node, `Anchor \`&${node.source}\` contains itself`)
      throw new Refused()
    }
    this.open.add(target)
    this.aliasDepth++
    const value = use(target)
    this.aliasDepth--
    this.open.delete(target)
    return value
  }

  private contains(target: Node, node: Node): boolean {
    return (
      !!target.range && !!node.range && target.range[0] <= node.range[0] && node.range[1] <= target.range[1]
    )
  }

  private scalar(node: Scalar): Result {
    if (this.aliasDepth > 0) {
      this.repeated += node.source?.length ?? 0
      if (this.repeated > maxRepeated)
        this.decline(node, 'aliases repeat more text than any API server takes')
    }
    const { value, unknown } = this.read(node)
    if (!unknown) return value
    this.unknown.push([...this.path])
    return staysWhenUnknown(this.path) ? value : omitted
  }

  /** A scalar's value, and whether it holds a placeholder. What stands under an anchor is read once. */
  private read(node: Scalar): { value: ScalarValue; unknown: boolean } {
    const known = this.scalars.get(node)
    if (known) return known
    const value = this.resolve(node)
    const found = { value, unknown: isUnknownScalar(node, value, this.context.text) }
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.failed = true
      this.error(
        'json-value',
        node,
        `\`${node.source}\` is a number that JSON cannot hold; quote it if it is meant as text`,
      )
      found.value = null
    }
    if (this.aliasDepth > 0 || node.anchor !== undefined) this.scalars.set(node, found)
    return found
  }

  private resolve(node: Scalar): ScalarValue {
    const { value, problem } = readScalar(node)
    if (problem !== undefined) {
      this.failed = true
      this.error('yaml-syntax', node, problem)
    }
    return value
  }

  private map(
    node: YAMLMap,
    out: { [key: string]: KubernetesValue },
    seen: Map<string, KeyEntry>,
    merged: boolean,
  ) {
    for (const pair of node.items) {
      if (!isPair(pair)) continue
      const key = pair.key as Node | null
      const value = pair.value as Node | null
      if (isMergeKey(key)) {
        this.merge(value, key as Node, out, seen)
        continue
      }
      this.count(key)
      const name = this.key(key, pair.value as Node | null)
      if (name === undefined) continue
      const earlier = seen.get(name.identity)
      if (earlier) this.duplicate(name.text, key as Node, earlier, merged)
      else seen.set(name.identity, { node: key as Node, merged })
      if (isPlaceholderKey(name.text)) this.templateKey = true
      this.path.push(name.text)
      if (earlier) this.forget()
      const result = this.node(value)
      if (result === omitted) delete out[name.text]
      else if (name.text === '__proto__') {
        Object.defineProperty(out, name.text, {
          value: result,
          enumerable: true,
          configurable: true,
          writable: true,
        })
      } else out[name.text] = result
      this.path.pop()
    }
  }

  /** What an earlier equal key held is overwritten, its unknown scalars too. */
  private forget() {
    this.unknown = this.unknown.filter((path) => !this.path.every((part, index) => path[index] === part))
  }

  private duplicate(name: string, key: Node, earlier: KeyEntry, merged: boolean) {
    if (this.reported.has(key)) return
    this.reported.add(key)
    const position = earlier.node.range
      ? this.context.lines.positionOf(earlier.node.range[0], earlier.node.range[1])
      : undefined
    const line = position ? ` (first on line ${position.start.line})` : ''
    const message =
      merged || earlier.merged
        ? `Key \`${name}\` is set twice, for \`<<\` brings it in as well${line}; strict decoding refuses that`
        : `Key \`${name}\` is set twice in one map${line}; the first value is lost`
    this.path.push(name)
    this.error('duplicate-key', key, message, {
      ...(position && { related: { position, message: `\`${name}\` is set here first` } }),
    })
    this.path.pop()
  }

  private merge(
    value: Node | null,
    key: Node,
    out: { [key: string]: KubernetesValue },
    seen: Map<string, KeyEntry>,
  ) {
    const one = (source: Node | null) => {
      this.count(source)
      if (isMap(source)) this.map(source, out, seen, true)
      else if (isAlias(source)) {
        this.alias(source, (target) => {
          if (isMap(target)) {
            this.count(target)
            this.map(target, out, seen, true)
          } else refuse(source)
        })
      } else refuse(source)
    }
    const refuse = (source: Node | null) => {
      this.error('yaml-syntax', source ?? key, '`<<` merges a map or a list of maps, nothing else')
      throw new Refused()
    }
    if (!isSeq(value)) return one(value)
    for (const item of value.items.toReversed()) one(item as Node)
  }

  /** A key's JSON text, and what go-yaml compares it by; undefined when JSON cannot hold it. */
  private key(node: Node | null, value: Node | null): { text: string; identity: string } | undefined {
    let target: Node | null | undefined = node
    if (isAlias(node)) target = this.alias(node, (found) => found)
    const place = node?.range && node.range[1] > node.range[0] ? node : (value ?? node)
    if (isMap(target) || isSeq(target)) {
      this.failed = true
      if (this.context.text.startsWith('{', target.range?.[0] ?? 0)) this.findTemplate(target)
      this.error(
        'json-value',
        place,
        `A ${isMap(target) ? 'map' : 'list'} stands as a key; JSON allows only text`,
      )
      return undefined
    }
    const scalar = isScalar(target) ? this.resolve(target) : null
    if (scalar === null) {
      this.failed = true
      this.error(
        'json-value',
        place,
        place === node
          ? 'Null stands as a key; JSON allows only text, so quote it if text is meant'
          : 'An entry without a key: nothing stands before the `:`',
      )
      return undefined
    }
    return { text: keyText(scalar), identity: `${typeof scalar}:${scalar}` }
  }

  private findTemplate(node: Node) {
    const [start, end] = node.range ?? [0, 0]
    if (this.context.text.slice(Math.max(start - 1, 0), end + 1).includes('{{')) this.templateKey = true
  }
}
