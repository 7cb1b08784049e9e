import type { Position, Node as UnistNode } from 'unist'
import { isAlias, isScalar, type Node } from 'yaml'
import { printPath } from './field.ts'
import { type Located, type ManifestYaml, nodeAt, rangeOf, yamlOf } from './locate.ts'
import type {
  ContainerNode,
  KubernetesValue,
  Manifest,
  ManifestRole,
  Path,
  PodTemplate,
  VolumeNode,
} from './tree.ts'
import { type UnknownFields, unknownAtOrAbove, unknownBelow } from './unknown.ts'
import { valueAt } from './value.ts'

/** Cyclic, or heavy: not enumerable, so that JSON, `structuredClone` and unist utilities see plain fields. */
function hide(target: object, fields: Record<string, unknown>) {
  for (const [key, value] of Object.entries(fields)) {
    Object.defineProperty(target, key, { value, enumerable: false, configurable: true, writable: true })
  }
}

/** What all nodes can do; see `ResourceNode`. */
abstract class Part implements UnistNode {
  declare readonly manifest: Manifest
  declare readonly unknown: UnknownFields
  readonly type: string
  readonly value: unknown
  readonly path: Path
  position: Position

  constructor(type: string, value: unknown, path: Path, position: Position) {
    this.type = type
    this.value = value
    this.path = path
    this.position = position
  }

  at(...path: Path): Position | undefined {
    const found = this.located(path)
    return found && this.place(found.node)
  }

  keyAt(...path: Path): Position | undefined {
    const found = this.located(path)
    if (!found) return undefined
    return this.place(found.pair ? (found.pair.key as Node | null) : found.node)
  }

  lacks(...path: Path): boolean {
    if (this.manifest.role === 'patch') return false
    const value = valueAt(this.value, path)
    if (value !== undefined && value !== null) return false
    const full = [...this.path, ...path]
    return !unknownAtOrAbove(this.unknown, full) && !unknownBelow(this.unknown, full)
  }

  isUnknown(...path: Path): boolean {
    return unknownAtOrAbove(this.unknown, [...this.path, ...path])
  }

  knows(...path: Path): boolean {
    if (valueAt(this.value, path) === undefined) return false
    const full = [...this.path, ...path]
    return !unknownAtOrAbove(this.unknown, full) && !unknownBelow(this.unknown, full)
  }

  source(...path: Path): string | undefined {
    const yaml = yamlOf(this.manifest)
    const found = this.located(path)?.node
    const node = isAlias(found) ? yaml.resolve(found) : found
    const range = isScalar(node) ? rangeOf(yaml, node) : undefined
    return range && yaml.text.slice(range[0], range[1])
  }

  field(...path: Path): string {
    return printPath([...this.path, ...path])
  }

  private located(path: Path): Located | undefined {
    return nodeAt(this.manifest, [...this.path, ...path])
  }

  private place(node: Node | null | undefined): Position | undefined {
    const yaml = yamlOf(this.manifest)
    const range = rangeOf(yaml, node)
    return range && yaml.lines.positionOf(range[0], range[1])
  }
}

class ResourcePart extends Part {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly role: ManifestRole
  readonly document: number
  children: PodTemplate[] = []

  constructor(input: ManifestInput) {
    super(input.type, input.value, [], input.position)
    this.apiVersion = input.apiVersion
    this.kind = input.kind
    this.name = textAt(input.value, ['metadata', 'name']) || textAt(input.value, ['metadata', 'generateName'])
    this.namespace = textAt(input.value, ['metadata', 'namespace'])
    this.role = input.role
    this.document = input.document
    hide(this, { manifest: this, yaml: input.yaml, unknown: input.unknown })
  }
}

class TemplatePart extends Part {
  children: (ContainerNode | VolumeNode)[] = []

  constructor(manifest: Manifest, value: unknown, path: Path, position: Position) {
    super('podTemplate', value, path, position)
    hide(this, { manifest, unknown: unknownOf(manifest) })
  }
}

class ContainerPart extends Part {
  readonly list: 'containers' | 'initContainers'
  readonly sidecar: boolean

  constructor(
    manifest: Manifest,
    list: ContainerNode['list'],
    value: unknown,
    path: Path,
    position: Position,
  ) {
    super('container', value, path, position)
    this.list = list
    this.sidecar = list === 'initContainers' && valueAt(value, ['restartPolicy']) === 'Always'
    hide(this, { manifest, unknown: unknownOf(manifest) })
  }
}

class VolumePart extends Part {
  constructor(manifest: Manifest, value: unknown, path: Path, position: Position) {
    super('volume', value, path, position)
    hide(this, { manifest, unknown: unknownOf(manifest) })
  }
}

export interface ManifestInput {
  type: Manifest['type']
  apiVersion: string
  kind: string
  /** Unknown fields left out. */
  value: { [key: string]: KubernetesValue }
  unknown: UnknownFields
  role: ManifestRole
  document: number
  position: Position
  yaml: ManifestYaml
}

const textAt = (value: unknown, path: Path): string => {
  const text = valueAt(value, path)
  return typeof text === 'string' ? text : ''
}

/** The unknown fields of a manifest, from its root. */
function unknownOf(manifest: Manifest): UnknownFields {
  return (manifest as unknown as { unknown: UnknownFields }).unknown
}

/** A resource without children. */
export function createManifest(input: ManifestInput): Manifest {
  return new ResourcePart(input) as unknown as Manifest
}

/** The place of a part that is written somewhere; the resource's own if it is not. */
function placeOf(manifest: Manifest, path: Path): Position {
  return manifest.at(...path) ?? manifest.keyAt(...path) ?? manifest.position
}

export function createPodTemplate(manifest: Manifest, path: Path): PodTemplate {
  const value = valueAt(manifest.value, path)
  return new TemplatePart(manifest, value, path, placeOf(manifest, path)) as unknown as PodTemplate
}

export function createContainer(manifest: Manifest, list: ContainerNode['list'], path: Path): ContainerNode {
  const value = valueAt(manifest.value, path)
  return new ContainerPart(manifest, list, value, path, placeOf(manifest, path)) as unknown as ContainerNode
}

export function createVolume(manifest: Manifest, path: Path): VolumeNode {
  const value = valueAt(manifest.value, path)
  return new VolumePart(manifest, value, path, placeOf(manifest, path)) as unknown as VolumeNode
}
