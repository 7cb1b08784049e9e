import { parseImage } from '@daemonlint/rules/images'
import type { PodSpec } from 'kubernetes-types/core/v1.js'
import type { CommonAnswers } from '../common-questions.ts'
import { valueAt } from '../paths.ts'
import type { ScaffoldedFile } from '../scaffold.ts'
import type { Manifest } from '../types.ts'
import { writeManifest, writeValue } from '../write-yaml.ts'
import { fileNames } from './file-names.ts'
import { type Form, type FormInput, rolloutStatus } from './form.ts'
import { partsOf, withoutChecksum, withoutVersionLabel } from './parts.ts'

const kind = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }

/** A base with everything, and an overlay for each of two clusters. */
export const kustomize: Form = (input) => {
  const { answers } = input
  return {
    files: [...baseOf(input), ...stagingOf(input), ...productionOf(input)],
    next: [
      `kubectl kustomize overlays/production`,
      `kubectl apply --server-side -k overlays/staging`,
      rolloutStatus(answers),
    ],
  }
}

function baseOf(input: FormInput): ScaffoldedFile[] {
  const { agent, answers } = input
  const { daemonSet, config, others } = partsOf(input)
  // The label would restart the pods of an overlay that has an older version of its own.
  const manifests = [...others, withoutVersionLabel(withoutChecksum(daemonSet))]
  const names = fileNames(manifests, false)
  const files = Object.entries(agent.config ?? {}).map(([name, contents]) => ({
    path: `base/config/${name}`,
    contents,
  }))
  const kustomization = {
    ...kind,
    resources: names,
    ...(config && {
      configMapGenerator: [
        {
          name: answers.name,
          namespace: answers.namespace,
          files: Object.keys(agent.config!).map((name) => `config/${name}`),
          options: { labels: config.object.metadata.labels },
        },
      ],
    }),
  }
  const comments: Record<string, string> = config
    ? {
        configMapGenerator:
          'Its name ends in a hash of the files: when they change, so does the pod, and it reads them anew.',
      }
    : {}
  return [
    { path: 'base/kustomization.yaml', contents: writeValue(kustomization, { comments }) },
    ...manifests.map((manifest, index) => ({
      path: `base/${names[index]!}`,
      contents: writeManifest(manifest),
    })),
    ...files,
  ]
}

function stagingOf({ answers }: FormInput): ScaffoldedFile[] {
  const folder = 'overlays/staging'
  // Where one node at a time is meant, it is meant everywhere: networks, storage.
  const isFaster = isByShare(answers)
  const kustomization = {
    ...kind,
    resources: ['../../base'],
    labels: [{ pairs: { environment: 'staging' }, includeTemplates: true }],
    ...(isFaster && { patches: [{ path: 'rollout.yaml' }] }),
  }
  const files = [
    {
      path: `${folder}/kustomization.yaml`,
      contents: writeValue(kustomization, {
        header: 'Where updates are tried first: it takes the version of the base.',
      }),
    },
  ]
  if (!isFaster) return files
  const patch = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: answers.name, namespace: answers.namespace },
    spec: { updateStrategy: { rollingUpdate: { maxUnavailable: '25%' } } },
  }
  return [
    ...files,
    {
      path: `${folder}/rollout.yaml`,
      contents: writeValue(patch, {
        header: 'A quarter of the nodes at once: here a quick answer is worth more than a gap.',
      }),
    },
  ]
}

/** True where updates take a share of the nodes at once, and not one after the other. */
function isByShare({ updateType, maxSurge, maxUnavailable }: CommonAnswers): boolean {
  return updateType === 'RollingUpdate' && maxSurge === '0' && maxUnavailable.endsWith('%')
}

function productionOf(input: FormInput): ScaffoldedFile[] {
  const kustomization = {
    ...kind,
    resources: ['../../base'],
    labels: [{ pairs: { environment: 'production' }, includeTemplates: true }],
    images: imagesOf(input.manifests).map((image) => {
      const { name, tag, digest } = parseImage(image)
      return { name, ...(digest ? { digest } : { newTag: tag }) }
    }),
  }
  const comments = { images: 'Versions of its own, so that others can be tried in staging first.' }
  return [
    { path: 'overlays/production/kustomization.yaml', contents: writeValue(kustomization, { comments }) },
  ]
}

/** The images of all pods, as they stand in the base, each once. */
function imagesOf(manifests: readonly Manifest[]): string[] {
  const pods = manifests
    .map(({ object }) => valueAt(object, 'spec.template.spec') as PodSpec | undefined)
    .filter((pod) => pod !== undefined)
  const images = pods.flatMap(({ initContainers = [], containers }) =>
    [...containers, ...initContainers].map(({ image }) => image!),
  )
  return [...new Map(images.map((image) => [parseImage(image).name, image])).values()]
}
