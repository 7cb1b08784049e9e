import { parseImage } from '@daemonlint/rules/images'
import { isWithin, setAt, valueAt } from '../paths.ts'
import type { ScaffoldedFile } from '../scaffold.ts'
import type { Keep, Manifest } from '../types.ts'
import { writeManifest, writeValue } from '../write-yaml.ts'
import { fileNames } from './file-names.ts'
import { type Form, type FormInput, rolloutStatus } from './form.ts'
import { partsOf } from './parts.ts'
import { schemaOf } from './values-schema.ts'

/** A value that is taken out of a template: where from, where to, and what stands in its place. */
interface Taken {
  /** In the object. */
  from: string
  /** In values.yaml. */
  to: string
  /** What is written in the template. */
  expression: string
  /** Whether the expression writes lines of its own below the key. */
  block: boolean
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
    ...rest.map((one) => chart.template(one)),
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

class Chart {
  readonly values: Record<string, unknown> = {}
  readonly comments: Record<string, string> = {}
  readonly #namespace: string

  constructor(namespace: string) {
    this.#namespace = namespace
  }

  /** An object in which only the namespace depends on the release. */
  template(manifest: Manifest): string {
    const object = structuredClone(manifest.object)
    return this.#write({ ...manifest, object }, [])
  }

  configTemplate(config: Manifest): string {
    return this.#write(config, [
      { from: 'data', to: 'config', expression: 'toYaml .Values.config', block: true },
    ])
  }

  daemonSetTemplate(daemonSet: Manifest): string {
    const object = structuredClone(daemonSet.object)
    const pod = 'spec.template.spec'
    const main = (valueAt(object, `${pod}.containers`) as { name: string; image: string }[])[0]!
    const taken: Taken[] = []
    const take = (from: string, to: string, absent?: unknown) => {
      if (valueAt(object, from) === undefined) {
        if (absent === undefined) return
        setAt(object, from, absent)
      }
      const isBlock = typeof valueAt(object, from) === 'object'
      taken.push({
        from,
        to,
        expression: isBlock ? `toYaml ${reference(to)}` : reference(to),
        block: isBlock,
      })
    }
    const takeImage = (from: string, to: string, image: string) => {
      this.#setValue(to, imageValue(image))
      taken.push({ from, to, expression: `include "image" ${reference(to)}`, block: false })
    }
    takeImage(`${pod}.containers[${main.name}].image`, 'image', main.image)
    for (const field of ['args', 'env', 'resources']) take(`${pod}.containers[${main.name}].${field}`, field)
    for (const list of ['initContainers', 'containers']) {
      for (const { name, image } of (valueAt(object, `${pod}.${list}`) ?? []) as {
        name: string
        image: string
      }[]) {
        if (name === main.name && list === 'containers') continue
        const at = `${pod}.${list}[${name}]`
        if (image === main.image)
          taken.push({
            from: `${at}.image`,
            to: 'image',
            expression: 'include "image" .Values.image',
            block: false,
          })
        else takeImage(`${at}.image`, `${list}.${name}.image`, image)
        take(`${at}.resources`, `${list}.${name}.resources`)
      }
    }
    take('spec.minReadySeconds', 'minReadySeconds')
    take('spec.updateStrategy', 'updateStrategy')
    take(`${pod}.priorityClassName`, 'priorityClassName')
    take(`${pod}.terminationGracePeriodSeconds`, 'terminationGracePeriodSeconds')
    take(`${pod}.nodeSelector`, 'nodeSelector')
    take(`${pod}.affinity`, 'affinity', {})
    take(`${pod}.tolerations`, 'tolerations', [])
    const checksum = 'spec.template.metadata.annotations["checksum/config"]'
    if (valueAt(object, checksum) !== undefined)
      taken.push({ from: checksum, to: '', expression: 'toYaml .Values.config | sha256sum', block: false })
    for (const labels of ['metadata.labels', 'spec.template.metadata.labels']) {
      const from = `${labels}["app.kubernetes.io/version"]`
      if (valueAt(object, from) === undefined) continue
      taken.push({ from, to: '', expression: '.Chart.AppVersion | trimPrefix "v"', block: false })
    }
    return this.#write({ ...daemonSet, object }, taken)
  }

  /** Writes a template, and moves what was taken out of it, with what is said of it, to the values. */
  #write(manifest: Manifest, taken: Taken[]): string {
    const object = structuredClone(manifest.object)
    const expressions: Taken[] = []
    const token = (entry: Taken) => `HELM-VALUE-${expressions.push(entry) - 1}-`
    for (const entry of taken) {
      const value = valueAt(object, entry.from)
      if (entry.to !== '' && !entry.expression.startsWith('include')) this.#setValue(entry.to, value)
      setAt(object, entry.from, token(entry))
    }
    const inline = { from: '', to: '', expression: '.Release.Namespace', block: false }
    if (!manifest.fixedNamespace && object.metadata.namespace === this.#namespace)
      object.metadata.namespace = token(inline)
    for (const subject of (object.subjects as { namespace?: string }[] | undefined) ?? [])
      if (subject.namespace === this.#namespace) subject.namespace = token(inline)
    const comments: Record<string, string> = {}
    for (const [path, text] of Object.entries(manifest.comments ?? {})) {
      const entry = taken.find(({ from, to }) => to !== '' && isWithin(path, from))
      if (entry) this.comments[entry.to + path.slice(entry.from.length)] = text
      else comments[path] = text
    }
    // The linter does not look into values, so there is nothing to hide.
    const keep: Keep[] = (manifest.keep ?? []).filter(
      ({ path }) => !taken.some(({ from }) => isWithin(path, from)),
    )
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
function fill(text: string, expressions: Taken[]): string {
  return text.replace(
    /^( *)(- )?(.*?): HELM-VALUE-(\d+)-$/gm,
    (_, indent: string, hyphen: string | undefined, key: string, index: string) => {
      const { expression, block } = expressions[Number(index)]!
      const start = `${indent}${hyphen ?? ''}${key}:`
      const depth = indent.length + (hyphen ? 4 : 2)
      if (block) return `${start}\n${' '.repeat(depth)}{{- ${expression} | nindent ${depth} }}`
      // A text may look like a number or a boolean.
      return expression === '.Values.minReadySeconds' ||
        expression === '.Values.terminationGracePeriodSeconds'
        ? `${start} {{ ${expression} }}`
        : `${start} {{ ${expression} | quote }}`
    },
  )
}

function reference(path: string): string {
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
  return `${name} is being rolled out. Wait for it:

  kubectl -n {{ .Release.Namespace }} rollout status daemonset/${name}
`
}
