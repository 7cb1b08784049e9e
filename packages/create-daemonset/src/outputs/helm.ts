import { parseImage } from '@daemonlint/rules/images'
import type { Container } from 'kubernetes-types/core/v1.js'
import { isWithin, setAt, valueAt } from '../paths.ts'
import type { ScaffoldedFile } from '../scaffold.ts'
import type { KubernetesObject, Manifest } from '../types.ts'
import { writeManifest, writeValue } from '../write-yaml.ts'
import { fileNames } from './file-names.ts'
import { type Form, type FormInput, rolloutStatus } from './form.ts'
import { partsOf } from './parts.ts'
import { schemaOf } from './values-schema.ts'

/** What stands in a template in the place of a field, and where its value goes. */
interface Taken {
  /** The field, in the object. */
  from: string
  expression: string
  /** How its result is written: below the key, as a text, or as it is. */
  as: 'block' | 'text' | 'number'
  /** The path of its value in values.yaml; without one, it has none there. */
  to?: string
}

/** A chart whose values are the answers, and whose result with them is what the other forms hold. */
export const helm: Form = (input) => {
  const { answers, preset } = input
  const { daemonSet, config, others } = partsOf(input)
  const before = others.filter(({ object }) => object.kind === 'Namespace' || object.kind === 'Secret')
  const definitions = others.filter(({ object }) => object.kind === 'CustomResourceDefinition')
  const rest = others.filter((one) => !before.includes(one) && !definitions.includes(one))
  const chart = new Chart(answers.namespace)
  // First what one looks for first in values.yaml.
  const daemonSetTemplate = chart.daemonSetTemplate(daemonSet)
  const templates = [
    ...rest.map((one) =>
      one.object.kind === 'Deployment' ? chart.workloadTemplate(one) : chart.template(one),
    ),
    ...(config ? [chart.configTemplate(config)] : []),
    daemonSetTemplate,
  ]
  const names = fileNames([...rest, ...(config ? [config] : []), daemonSet], false)
  const { name, namespace } = answers
  const put = (folder: string, manifests: Manifest[]): ScaffoldedFile[] =>
    fileNames(manifests, false).map((file, index) => ({
      path: `${folder}/${file}`,
      contents: writeManifest(manifests[index]!),
    }))
  const isMade = before.some(({ object }) => object.kind === 'Namespace')
  return {
    files: [
      { path: 'Chart.yaml', contents: chartFile(input) },
      {
        path: 'values.yaml',
        contents: writeValue(chart.values, {
          header: `${preset.title}: what was answered, and what goes with it.`,
          comments: chart.comments,
        }),
      },
      { path: 'values.schema.json', contents: `${JSON.stringify(schemaOf(chart.values), null, 2)}\n` },
      { path: 'templates/_helpers.tpl', contents: helpers },
      ...templates.map((contents, index) => ({ path: `templates/${names[index]!}`, contents })),
      { path: 'templates/NOTES.txt', contents: notes(name) },
      ...put('crds', definitions),
      ...put('prerequisites', before),
      { path: '.helmignore', contents: 'prerequisites/\ncreate-daemonset.answers\n' },
    ],
    next: [
      ...(before.length > 0 ? ['kubectl apply --server-side -f prerequisites'] : []),
      `helm upgrade --install ${name} . --namespace ${namespace}${isMade || namespace === 'kube-system' || namespace === 'default' ? '' : ' --create-namespace'}`,
      rolloutStatus(answers),
    ],
  }
}

const pod = 'spec.template.spec'

class Chart {
  readonly values: Record<string, unknown> = {}
  readonly comments: Record<string, string> = {}
  readonly #namespace: string

  constructor(namespace: string) {
    this.#namespace = namespace
  }

  /** An object in which only the namespace depends on the release. */
  template(manifest: Manifest): string {
    return this.#write(manifest, [])
  }

  configTemplate(config: Manifest): string {
    this.#setValue('config', config.object.data)
    return this.#write(config, [
      { from: 'data', to: 'config', expression: 'toYaml .Values.config', as: 'block' },
    ])
  }

  daemonSetTemplate(daemonSet: Manifest): string {
    const object = structuredClone(daemonSet.object)
    const taken: Taken[] = []
    const [main] = valueAt(object, `${pod}.containers`) as [Container]
    const take = (from: string, to: string, absent?: unknown) => this.#take(object, taken, from, to, absent)
    take(`${pod}.containers[${main.name}].image`, 'image')
    for (const field of ['args', 'env', 'resources']) take(`${pod}.containers[${main.name}].${field}`, field)
    this.#takeContainers(object, taken, '', main)
    take('spec.minReadySeconds', 'minReadySeconds')
    take('spec.updateStrategy', 'updateStrategy')
    take(`${pod}.priorityClassName`, 'priorityClassName')
    take(`${pod}.terminationGracePeriodSeconds`, 'terminationGracePeriodSeconds')
    take(`${pod}.nodeSelector`, 'nodeSelector')
    take(`${pod}.affinity`, 'affinity', {})
    take(`${pod}.tolerations`, 'tolerations', [])
    // Secrets of a registry are the cluster's own, so the other forms name none.
    take(`${pod}.imagePullSecrets`, 'imagePullSecrets', [])
    const checksum = 'spec.template.metadata.annotations["checksum/config"]'
    if (valueAt(object, checksum) !== undefined)
      taken.push({ from: checksum, expression: 'toYaml .Values.config | sha256sum', as: 'text' })
    for (const labels of ['metadata.labels', 'spec.template.metadata.labels']) {
      const from = `${labels}["app.kubernetes.io/version"]`
      if (valueAt(object, from) !== undefined)
        taken.push({ from, expression: '.Chart.AppVersion | trimPrefix "v"', as: 'text' })
    }
    return this.#write({ ...daemonSet, object }, taken)
  }

  /** A workload beside the DaemonSet: its images and resources are values under its name. */
  workloadTemplate(workload: Manifest): string {
    const object = structuredClone(workload.object)
    const taken: Taken[] = []
    this.#takeContainers(object, taken, `workloads.${object.metadata.name}.`)
    return this.#write({ ...workload, object }, taken)
  }

  /** Images, arguments, variables and resources of containers, but of the main one. */
  #takeContainers(object: KubernetesObject, taken: Taken[], above: string, main?: Container): void {
    for (const list of ['initContainers', 'containers']) {
      for (const { name, image } of (valueAt(object, `${pod}.${list}`) ?? []) as Container[]) {
        if (name === main?.name && list === 'containers') continue
        const at = `${pod}.${list}[${name}]`
        this.#take(
          object,
          taken,
          `${at}.image`,
          image === main?.image ? 'image' : `${above}${list}.${name}.image`,
        )
        for (const field of ['args', 'env', 'resources'])
          this.#take(object, taken, `${at}.${field}`, `${above}${list}.${name}.${field}`)
      }
    }
  }

  /**
   * Makes a field a value.
   * @param absent what the value is where the object has no such field; without it, nothing is done then
   */
  #take(object: KubernetesObject, taken: Taken[], from: string, to: string, absent?: unknown): void {
    const value = valueAt(object, from) ?? absent
    if (value === undefined) return
    if (valueAt(object, from) === undefined) setAt(object, from, absent)
    const isImage = from.endsWith('.image')
    this.#setValue(to, isImage ? imageValue(String(value)) : value)
    const reference = referenceTo(to)
    if (isImage) taken.push({ from, to, expression: `include "image" ${reference}`, as: 'text' })
    else if (typeof value === 'object')
      taken.push({ from, to, expression: `toYaml ${reference}`, as: 'block' })
    else taken.push({ from, to, expression: reference, as: typeof value === 'number' ? 'number' : 'text' })
  }

  /** Writes a template, and moves what is said of what was taken out of it to the values. */
  #write(manifest: Manifest, taken: readonly Taken[]): string {
    const object = structuredClone(manifest.object)
    const expressions: Taken[] = []
    const token = (entry: Taken) => `HELM-VALUE-${expressions.push(entry) - 1}-`
    for (const entry of taken) setAt(object, entry.from, token(entry))
    const namespace: Taken = { from: '', expression: '.Release.Namespace', as: 'text' }
    if (!manifest.fixedNamespace && object.metadata.namespace === this.#namespace)
      object.metadata.namespace = token(namespace)
    for (const subject of (object.subjects as { namespace?: string }[] | undefined) ?? [])
      if (subject.namespace === this.#namespace) subject.namespace = token(namespace)
    const comments: Record<string, string> = {}
    for (const [path, text] of Object.entries(manifest.comments ?? {})) {
      const entry = taken.find(({ from, to }) => to !== undefined && isWithin(path, from))
      if (entry) this.comments[entry.to + path.slice(entry.from.length)] = text
      else comments[path] = text
    }
    // The linter does not look into values, so there is nothing to hide.
    const keep = (manifest.keep ?? []).filter(({ path }) => !taken.some(({ from }) => isWithin(path, from)))
    const text = writeManifest({ ...manifest, object, comments, keep })
    return fill(text.replaceAll('{{', '{{ "{{" }}'), expressions)
  }

  #setValue(path: string, value: unknown): void {
    const steps = path.split('.')
    const last = steps.pop()!
    let holder = this.values
    for (const step of steps) {
      holder[step] ??= {}
      holder = holder[step] as Record<string, unknown>
    }
    holder[last] ??= value
  }
}

/** Puts the expressions where their tokens stand. */
function fill(text: string, expressions: readonly Taken[]): string {
  return text.replace(
    /^( *)(- )?(.*?): HELM-VALUE-(\d+)-$/gm,
    (_, indent: string, hyphen: string | undefined, key: string, index: string) => {
      const { expression, as } = expressions[Number(index)]!
      const start = `${indent}${hyphen ?? ''}${key}:`
      const depth = indent.length + (hyphen ? 4 : 2)
      if (as === 'block') return `${start}\n${' '.repeat(depth)}{{- ${expression} | nindent ${depth} }}`
      // A text may look like a number or a boolean.
      return `${start} {{ ${expression}${as === 'text' ? ' | quote' : ''} }}`
    },
  )
}

function referenceTo(path: string): string {
  const steps = path.split('.')
  if (steps.every((step) => /^\w+$/.test(step))) return `.Values.${path}`
  return `(index .Values ${steps.map((step) => `"${step}"`).join(' ')})`
}

function imageValue(image: string): { repository: string; tag: string; digest: string } {
  const { name, tag = '', digest = '' } = parseImage(image)
  return { repository: name, tag, digest }
}

function chartFile({ answers, preset }: FormInput): string {
  const { tag } = parseImage(answers.image)
  return writeValue({
    apiVersion: 'v2',
    name: answers.name,
    description: `${preset.title}: ${preset.summary}`,
    type: 'application',
    version: '0.1.0',
    ...(tag && { appVersion: tag }),
    ...(preset.homepage && { home: preset.homepage }),
  })
}

const helpers = `{{/* An image by its digest where there is one, else by its tag. */}}
{{- define "image" -}}
{{- if .digest -}}
{{ .repository }}{{ with .tag }}:{{ . }}{{ end }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ required "an image needs a tag or a digest" .tag }}
{{- end -}}
{{- end }}
`

function notes(name: string): string {
  return `{{- if eq .Values.updateStrategy.type "OnDelete" -}}
Pods that run already are replaced when you delete them, node after node:

  kubectl -n {{ .Release.Namespace }} get pods -l app.kubernetes.io/instance=${name} -o wide
{{- else -}}
${name} is being rolled out. Wait for it:

  kubectl -n {{ .Release.Namespace }} rollout status daemonset/${name}
{{- end }}
`
}
