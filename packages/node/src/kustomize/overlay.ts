import type { OverlaidField } from '@daemonlint/core'
import { type Kustomization, type ReplacementEntry, replacementEntry } from './kustomization.ts'
import { patchedFields, replacementPath } from './patches.ts'
import { asRecords } from './shape.ts'
import { parseDocuments } from './yaml.ts'

/** A field that a kustomization sets, and the patch file that says so. */
export interface Effect {
  field: OverlaidField
  /** As the kustomization spells its path. */
  source?: string
}

type Steps = (string | number)[]

/** Where pod specs stand. The first is that of DaemonSets, Deployments, StatefulSets, Jobs … */
const podSpecs: readonly { kind?: string; path: Steps }[] = [
  { path: ['spec', 'template', 'spec'] },
  { kind: 'Pod', path: ['spec'] },
  { kind: 'CronJob', path: ['spec', 'jobTemplate', 'spec', 'template', 'spec'] },
]

/**
 * What a kustomization sets on the resources it reaches. Names are not among it although prefixes and suffixes change
 * them: kustomize changes what refers to them alike.
 * @param read a file by its path as the kustomization spells it; undefined when it cannot be read
 */
export function effectsOf(
  kustomization: Kustomization,
  read: (path: string) => string | undefined,
): Effect[] {
  const plain = [
    ...kustomization.images.flatMap(imageFields),
    ...kustomization.generated.flatMap(generatedFields),
    ...kustomization.labels.flatMap(labelFields),
    ...annotationFields(kustomization.annotations),
    ...kustomization.replicas.map(({ name, count }) => ({ name, path: ['spec', 'replicas'], value: count })),
    ...kustomization.replacements.flatMap((entry) => replacementFields(entry, read)),
  ]
  if (kustomization.namespace) plain.push({ path: ['metadata', 'namespace'], value: kustomization.namespace })
  const patched = kustomization.patches.flatMap(({ path, patch, target }) => {
    const text = patch ?? (path === undefined ? undefined : read(path))
    return patchedFields(text ?? '', target).map((field) => ({
      field,
      source: patch === undefined ? path : undefined,
    }))
  })
  return [...plain.map((field) => ({ field })), ...patched]
}

/** A tag or digest that is set decides what the image is; without either the tag stays as it is written. */
function imageFields({ name, newName, newTag, digest }: Kustomization['images'][number]): OverlaidField[] {
  const version = digest ? `@${digest}` : newTag ? `:${newTag}` : ''
  const value = version === '' ? {} : { value: `${newName ?? name}${version}` }
  return inPodSpecs([
    ['containers', '*', 'image'],
    ['initContainers', '*', 'image'],
  ]).map((field) => ({ ...field, where: { image: name }, ...value }))
}

const references = {
  ConfigMap: [
    ['volumes', '*', 'configMap', 'name'],
    ['volumes', '*', 'projected', 'sources', '*', 'configMap', 'name'],
    ...inContainers(
      ['envFrom', '*', 'configMapRef', 'name'],
      ['env', '*', 'valueFrom', 'configMapKeyRef', 'name'],
    ),
  ],
  Secret: [
    ['volumes', '*', 'secret', 'secretName'],
    ['volumes', '*', 'projected', 'sources', '*', 'secret', 'name'],
    ['imagePullSecrets', '*', 'name'],
    ...inContainers(['envFrom', '*', 'secretRef', 'name'], ['env', '*', 'valueFrom', 'secretKeyRef', 'name']),
  ],
}

/** What refers to a generated ConfigMap or Secret gets a name with a hash. */
function generatedFields({ kind, name }: Kustomization['generated'][number]): OverlaidField[] {
  return inPodSpecs(references[kind]).map((field) => ({ ...field, where: { value: name } }))
}

function labelFields({ pairs, selectors, templates }: Kustomization['labels'][number]): OverlaidField[] {
  return Object.entries(pairs).flatMap(([key, value]) => {
    const paths: Steps[] = [['metadata', 'labels', key]]
    if (templates) paths.push(['spec', 'template', 'metadata', 'labels', key])
    if (selectors) paths.push(['spec', 'selector', 'matchLabels', key])
    return paths.map((path) => ({ path, value }))
  })
}

function annotationFields(annotations: Record<string, string>): OverlaidField[] {
  return Object.entries(annotations).flatMap(([key, value]) => [
    { path: ['metadata', 'annotations', key], value },
    { path: ['spec', 'template', 'metadata', 'annotations', key], value },
  ])
}

function replacementFields(
  entry: ReplacementEntry,
  read: (path: string) => string | undefined,
): OverlaidField[] {
  const file =
    entry.path === undefined ? [] : asRecords(parseDocuments(read(entry.path) ?? '', 'failsafe')[0])
  return [entry, ...file.map(replacementEntry)].flatMap(({ targets }) =>
    targets.flatMap(({ target, fieldPaths }) =>
      fieldPaths.map((path) => ({ ...target, path: replacementPath(path) })),
    ),
  )
}

function inPodSpecs(paths: readonly Steps[]): OverlaidField[] {
  return podSpecs.flatMap(({ kind, path: base }) =>
    paths.map((path) => ({ ...(kind !== undefined && { kind }), path: [...base, ...path] })),
  )
}

function inContainers(...paths: Steps[]): Steps[] {
  return ['containers', 'initContainers'].flatMap((list) => paths.map((path) => [list, '*', ...path]))
}
