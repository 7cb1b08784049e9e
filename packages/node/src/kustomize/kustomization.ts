import { asList, asRecord, asRecords, asText } from './shape.ts'
import { parseDocuments } from './yaml.ts'

/** What a kustomization says, as far as it changes what other files mean. All text is as written. */
export interface Kustomization {
  /** Paths of files and of folders with kustomizations; `bases` too. */
  resources: string[]
  components: string[]
  /** Paths of files, or YAML itself. */
  transformers: string[]
  patches: PatchEntry[]
  images: { name: string; newName?: string; newTag?: string; digest?: string }[]
  namespace?: string
  namePrefix: string
  nameSuffix: string
  labels: { pairs: Record<string, string>; selectors: boolean; templates: boolean }[]
  annotations: Record<string, string>
  /** ConfigMaps and Secrets whose names get a hash at the end. */
  generated: { kind: 'ConfigMap' | 'Secret'; name: string }[]
  replicas: { name: string; count: number }[]
  replacements: ReplacementEntry[]
}

export interface Target {
  kind?: string
  name?: string
}

/** A strategic-merge patch or a list of JSON 6902 operations. */
export interface PatchEntry {
  path?: string
  patch?: string
  /** Whom it is for, instead of what the patch says itself. */
  target?: Target
}

export interface ReplacementEntry {
  path?: string
  targets: { target: Target; fieldPaths: string[] }[]
}

/** The names kustomize looks for, in its order. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const

/**
 * Reads a kustomization.
 * @returns undefined for what is not one, or is broken: to say so is for others
 */
export function parseKustomization(text: string): Kustomization | undefined {
  const value = asRecord(parseDocuments(text, 'failsafe')[0])
  return value && kustomizationOf(value)
}

/** Takes what has the right shape and passes over the rest. */
export function kustomizationOf(value: Record<string, unknown>): Kustomization {
  const hashed = asText(asRecord(value.generatorOptions)?.disableNameSuffixHash) !== 'true'
  return {
    resources: [...texts(value.resources), ...texts(value.bases)],
    components: texts(value.components),
    transformers: texts(value.transformers),
    patches: [
      ...records(value.patches).map(patchEntry),
      ...texts(value.patchesStrategicMerge).map((entry) =>
        entry.includes('\n') ? { patch: entry } : { path: entry },
      ),
      ...records(value.patchesJson6902).map(patchEntry),
    ],
    images: records(value.images).flatMap(imageEntry),
    namespace: asText(value.namespace),
    namePrefix: asText(value.namePrefix) ?? '',
    nameSuffix: asText(value.nameSuffix) ?? '',
    labels: [
      { pairs: pairs(value.commonLabels), selectors: true, templates: true },
      ...records(value.labels).map((entry) => ({
        pairs: pairs(entry.pairs),
        selectors: asText(entry.includeSelectors) === 'true',
        templates: asText(entry.includeTemplates) === 'true' || asText(entry.includeSelectors) === 'true',
      })),
    ],
    annotations: pairs(value.commonAnnotations),
    generated: [
      ...generators(value.configMapGenerator, 'ConfigMap', hashed),
      ...generators(value.secretGenerator, 'Secret', hashed),
    ],
    replicas: records(value.replicas).flatMap((entry) => {
      const name = asText(entry.name)
      return name === undefined ? [] : [{ name, count: Number(entry.count) }]
    }),
    replacements: records(value.replacements).map(replacementEntry),
  }
}

/** Replacements stand in the kustomization, or in a file of their own. */
export function replacementEntry(entry: Record<string, unknown>): ReplacementEntry {
  return {
    path: asText(entry.path),
    targets: records(entry.targets).map((target) => {
      const fieldPaths = texts(target.fieldPaths)
      return {
        target: targetOf(asRecord(target.select) ?? {}),
        fieldPaths: fieldPaths.length > 0 ? fieldPaths : ['metadata.name'],
      }
    }),
  }
}

function patchEntry(entry: Record<string, unknown>): PatchEntry {
  const target = asRecord(entry.target)
  return { path: asText(entry.path), patch: asText(entry.patch), target: target && targetOf(target) }
}

/** kustomize takes both for regular expressions; what is one matches anything here. */
function targetOf(value: Record<string, unknown>): Target {
  const [kind, name] = [plain(value.kind), plain(value.name)]
  return { ...(kind !== undefined && { kind }), ...(name !== undefined && { name }) }
}

function plain(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.-]+$/.test(value) ? value : undefined
}

function imageEntry(entry: Record<string, unknown>) {
  const name = asText(entry.name)
  const [newName, newTag, digest] = [asText(entry.newName), asText(entry.newTag), asText(entry.digest)]
  return name === undefined || !(newName || newTag || digest) ? [] : [{ name, newName, newTag, digest }]
}

function generators(value: unknown, kind: 'ConfigMap' | 'Secret', hashed: boolean) {
  return records(value).flatMap((entry) => {
    const name = asText(entry.name)
    const own = asText(asRecord(entry.options)?.disableNameSuffixHash)
    return name === undefined || own === 'true' || !hashed ? [] : [{ kind, name }]
  })
}

function pairs(value: unknown): Record<string, string> {
  const entries = Object.entries(asRecord(value) ?? {}).filter(([, text]) => typeof text === 'string')
  return Object.fromEntries(entries) as Record<string, string>
}

function texts(value: unknown): string[] {
  return asList(value).filter((item) => typeof item === 'string' && item !== '') as string[]
}

function records(value: unknown): Record<string, unknown>[] {
  return asRecords(asList(value))
}
