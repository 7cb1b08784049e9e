import { didYouMean } from '@daemonlint/core/text'
import { answersAsked, completeAnswers } from './answers.ts'
import { assemble, placeholder } from './assemble.ts'
import type { CommonAnswers } from './common-questions.ts'
import { ScaffoldError } from './errors.ts'
import { atRegistry, defaultImage } from './images.ts'
import { files } from './outputs/files.ts'
import { helm } from './outputs/helm.ts'
import { kustomize } from './outputs/kustomize.ts'
import { type Output, outputs } from './outputs/names.ts'
import { single } from './outputs/single.ts'
import { presets as builtIn } from './presets/index.ts'
import type { Answers } from './questions.ts'
import type { Agent, Manifest, Preset } from './types.ts'

/** A file to be written. */
export interface ScaffoldedFile {
  /** Relative, with slashes: `base/daemonset.yaml`. */
  path: string
  contents: string
}

export interface ScaffoldOptions {
  /** Presets beside those that are built in; one of the same name takes its place. */
  presets?: readonly Preset[]
}

/** What to make: a preset, the form, and answers by their keys. What is not answered has the preset's default. */
export interface ScaffoldRequest extends Answers {
  preset: string
  /** Default: `single`. */
  output?: Output
  /** For a system that is archived, or better deployed otherwise. */
  acceptArchived?: boolean
}

export interface Scaffolded {
  files: ScaffoldedFile[]
  /** What was asked for, with the defaults of everything else that counts: as `--answers` reads it. */
  answers: Record<string, unknown>
  /** What to do next: sentences and commands. */
  next: string[]
}

/**
 * Makes the files of a daemon. Reads and writes nothing.
 * @param request `{ preset: 'fluent-bit', sink: 'elasticsearch', sinkUrl: 'https://es.logging.svc:9200' }`
 * @throws ScaffoldError that names every mistake, a line each
 */
export function scaffold(request: ScaffoldRequest, options: ScaffoldOptions = {}): Scaffolded {
  if (typeof request !== 'object' || request === null)
    throw new ScaffoldError("Expected an object such as { preset: 'fluent-bit' }.")
  const { preset: name, output = 'single', acceptArchived = false, ...given } = request
  const preset = findPreset(name, options?.presets)
  if (!outputs.includes(output))
    throw new ScaffoldError(`There is no output ${shown(output)}. Expected ${outputs.join(', ')}.`)
  if (preset.caution && acceptArchived !== true) throw new ScaffoldError(cautionOf(preset))
  const answers = completeAnswers(preset, given)
  const { manifests, agent } = manifestsOf(preset, answers)
  refuseTwins(preset, manifests)
  const form = { single, files, kustomize, helm }[output]
  const written = form({ preset, answers: answers as CommonAnswers, manifests, agent })
  return {
    files: written.files,
    answers: {
      preset: name,
      output,
      ...(preset.caution && { acceptArchived }),
      ...answersAsked(preset, answers),
    },
    next: [
      ...secretSteps(answers as CommonAnswers, agent),
      ...(agent.before ?? []),
      ...written.next,
      ...(agent.next ?? []),
    ],
  }
}

/** Of two objects of one kind and name the one that is applied last would win. */
function refuseTwins({ name }: Preset, manifests: readonly Manifest[]): void {
  const keys = manifests.map(({ object: { kind, metadata } }) =>
    [kind, metadata.namespace ?? '', metadata.name].join(' '),
  )
  const twin = manifests.find((_, index) => keys.indexOf(keys[index]!) !== index)?.object
  if (twin)
    throw new ScaffoldError(
      `With these answers the preset ${name} would make two objects ${twin.kind} called ${twin.metadata.name}. Choose other names.`,
    )
}

function secretSteps({ namespace }: CommonAnswers, { secrets = [] }: Agent): string[] {
  const names = secrets.map(({ name }) => name)
  if (names.length === 0) return []
  const which =
    names.length === 1
      ? `the Secret ${names[0]}, which says`
      : `the Secrets ${names.join(' and ')}, which say`
  return [
    `Fill in ${which} ${placeholder}. Or delete ${names.length === 1 ? 'it' : 'them'} from the files, and make ${names.length === 1 ? 'it' : 'them'} in ${namespace} otherwise.`,
  ]
}

/**
 * The objects of a daemon, before they are written in any form.
 * @param answers complete and checked
 */
export function manifestsOf(preset: Preset, answers: Answers): { manifests: Manifest[]; agent: Agent } {
  const common = answers as CommonAnswers
  const atMirror = { ...common, image: atRegistry(common.image, common.registry) }
  const image = (role = 'agent') =>
    role === 'agent' ? atMirror.image : atRegistry(defaultImage(roleOf(preset, role)), common.registry)
  const agent = preset.build({ answers: atMirror, image } as never)
  return { manifests: assemble(preset, atMirror, agent), agent }
}

function roleOf({ name, images }: Preset, role: string) {
  const found = images[role]
  if (!found) throw new Error(`The preset ${name} has no image '${role}'.`)
  return found
}

/**
 * @param more presets beside those that are built in
 * @throws ScaffoldError for a name that is none
 */
export function findPreset(name: string, more: readonly Preset[] = []): Preset {
  if (typeof name !== 'string') throw new ScaffoldError('Which preset? Name one, such as fluent-bit.')
  const known = allPresets(more)
  const found = known.find((preset) => preset.name === name)
  if (found) return found
  if (Object.hasOwn(otherNames, name))
    throw new ScaffoldError(`There is no preset '${name}'. ${otherNames[name]}`)
  throw new ScaffoldError(
    `There is no preset '${name}'.${didYouMean(
      name,
      known.map((preset) => preset.name),
    )} --list names them all.`,
  )
}

/** Any value, as a message may show it. */
function shown(value: unknown): string {
  try {
    return JSON.stringify(value)?.slice(0, 80) ?? String(value)
  } catch {
    return typeof value
  }
}

/** What people look for, and what to take for it. */
const otherNames: Readonly<Record<string, string>> = {
  cilium:
    'Cilium is installed by its own chart or command; for an agent of your own there is the preset cni.',
  'datadog-agent': 'Take the preset datadog.',
  elasticsearch:
    'It is where logs go: take fluent-bit, fluentd, filebeat, vector or otel-collector with --sink elasticsearch.',
  gluster: 'Take the preset glusterfs.',
  'grafana-agent': 'The Grafana Agent is no longer maintained: take its successor, the preset alloy.',
  'kube-proxy': 'kube-proxy comes with the cluster.',
  loki: 'It is where logs go: take fluent-bit, vector, alloy or otel-collector with --sink loki.',
  logstash: 'For the logs of nodes take filebeat, fluent-bit or vector.',
  nodelocaldns: 'Take the preset node-local-dns.',
  opensearch:
    'It is where logs go: take fluent-bit, fluentd, vector or otel-collector with --sink opensearch.',
  prometheus: 'What Prometheus needs on each node is the preset node-exporter.',
  promtail: 'Promtail is no longer maintained: take its successor, the preset alloy.',
  rook: 'Rook is installed by its own chart; it needs no DaemonSet of yours.',
  weave: 'Take the preset weave-net.',
}

/** Those that are built in, and others, of which one may take the place of a built-in one. */
export function allPresets(more: readonly Preset[] = []): readonly Preset[] {
  if (!Array.isArray(more) || more.some((preset) => typeof preset?.build !== 'function'))
    throw new ScaffoldError('Expected a list of presets, as definePreset makes them.')
  return [...builtIn.filter(({ name }) => !more.some((one) => one.name === name)), ...more]
}

/** Why a system needs `--accept-archived`. */
export function cautionOf({ title, caution }: Preset): string {
  return `${title}: ${caution!.why} Take ${caution!.successor} instead, or add --accept-archived (acceptArchived: true) to go on with it.`
}
