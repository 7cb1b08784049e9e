import { createHash } from 'node:crypto'
import type {
  Affinity,
  Container,
  PodSpec,
  ResourceRequirements,
  Toleration,
  Volume,
} from 'kubernetes-types/core/v1.js'
import type { CommonAnswers } from './common-questions.ts'
import { amountOf } from './formats.ts'
import { versionOf } from './images.ts'
import { nodeExpressionOf } from './node-expressions.ts'
import { controlPlaneTaint, coversControlPlane, tolerationOf } from './tolerations.ts'
import type {
  Agent,
  AgentContainer,
  Category,
  Keep,
  KubernetesObject,
  Manifest,
  Mount,
  PresetData,
} from './types.ts'

/** The DaemonSet itself, with a comment at each choice. */
export function daemonSetOf(preset: PresetData, answers: CommonAnswers, agent: Agent): Manifest {
  const comments: Record<string, string> = {}
  const pod = podOf(preset, answers, agent, comments)
  const labels = { ...selectorOf(preset, answers), ...versionLabel(answers), ...componentLabel(preset) }
  const annotations = annotationsOf(preset, agent, answers, comments)
  const object: KubernetesObject = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: answers.name, namespace: answers.namespace, labels },
    spec: {
      ...(answers.minReadySeconds > 0 && { minReadySeconds: answers.minReadySeconds }),
      updateStrategy: updateStrategyOf(answers),
      selector: { matchLabels: selectorOf(preset, answers) },
      template: {
        metadata: { labels: { ...labels, ...agent.labels }, ...(annotations && { annotations }) },
        spec: pod,
      },
    },
  }
  comments['spec.updateStrategy'] = whyRollout(preset, answers)
  comments['spec.selector'] = 'Cannot be changed later, so it holds nothing that changes with a version.'
  return { object, comments, keep: (agent.keep ?? []).map((one) => inPod(one)) }
}

/** The labels that choose the pods, for selectors of every kind. */
export function selectorOf(preset: PresetData, { name }: CommonAnswers): Record<string, string> {
  return {
    'app.kubernetes.io/name': preset.name === 'custom' ? name : preset.name,
    'app.kubernetes.io/instance': name,
  }
}

function versionLabel({ image }: CommonAnswers): Record<string, string> {
  const version = versionOf(image)
  return version === undefined ? {} : { 'app.kubernetes.io/version': version }
}

function componentLabel({ category }: PresetData): Record<string, string> {
  const component = {
    logs: 'log-agent',
    monitoring: 'metrics-agent',
    network: 'network-agent',
    dns: 'dns-cache',
    storage: 'storage-agent',
    security: 'security-agent',
    maintenance: 'node-agent',
    custom: 'node-agent',
  }[category]
  return { 'app.kubernetes.io/component': component }
}

/** Why it is updated as it is, unless a person chose to wait where the preset does not. */
function whyRollout({ rollout, why }: PresetData, { updateType }: CommonAnswers): string {
  const isChosen = updateType === 'OnDelete' && rollout.type !== 'OnDelete'
  return isChosen ? 'A pod is replaced when somebody deletes it: node after node, by hand.' : why.rollout
}

function updateStrategyOf({ updateType, maxUnavailable, maxSurge }: CommonAnswers): object {
  if (updateType === 'OnDelete') return { type: 'OnDelete' }
  return {
    type: 'RollingUpdate',
    rollingUpdate: { maxUnavailable: countOf(maxUnavailable), maxSurge: countOf(maxSurge) },
  }
}

function countOf(text: string): number | string {
  return text.endsWith('%') ? text : Number(text)
}

function annotationsOf(
  { category }: PresetData,
  agent: Agent,
  { monitor }: CommonAnswers,
  comments: Record<string, string>,
): Record<string, string> | undefined {
  const annotations: Record<string, string> = {}
  const at = 'spec.template.metadata.annotations'
  if (agent.config) {
    annotations[checksumAnnotation] = checksumOf(agent.config)
    comments[`${at}["${checksumAnnotation}"]`] =
      'Of the files in the ConfigMap: when they change, so does the pod, and it reads them anew.'
  }
  const eviction = evictionOf[category]
  if (eviction) {
    annotations[evictionAnnotation] = eviction.value
    comments[`${at}["${evictionAnnotation}"]`] = eviction.why
  }
  if (monitor === 'annotations' && agent.metrics) {
    const { port, path, scheme } = agent.metrics
    Object.assign(annotations, {
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': String(port),
      'prometheus.io/path': path,
      ...(scheme === 'https' && { 'prometheus.io/scheme': scheme }),
    })
  }
  Object.assign(annotations, agent.annotations)
  return Object.keys(annotations).length > 0 ? annotations : undefined
}

export const checksumAnnotation = 'checksum/config'

/** https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md */
const evictionAnnotation = 'cluster-autoscaler.kubernetes.io/enable-ds-eviction'

/** What the cluster autoscaler does with the pod before it removes a node, where that matters. */
const evictionOf: Partial<Record<Category, { value: 'true' | 'false'; why: string }>> = {
  logs: {
    value: 'true',
    why: 'Before the cluster autoscaler removes a node it stops this pod as any other, so that it can send what it has.',
  },
  storage: {
    value: 'false',
    why: 'The cluster autoscaler leaves it alone when it removes a node: other pods need it until they have ended.',
  },
}

/** Of the files of a ConfigMap, by name. */
export function checksumOf(config: Record<string, string>): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(config).sort()))
    .digest('hex')
}

function podOf(
  preset: PresetData,
  answers: CommonAnswers,
  agent: Agent,
  comments: Record<string, string>,
): PodSpec {
  const at = (path: string, text: string | undefined) => {
    if (text) comments[`spec.template.spec.${path}`] = text
  }
  const asksApi = agent.rbac !== undefined
  const tolerations = tolerationsOf(answers)
  const affinity = affinityOf(answers)
  const volumes = volumesOf(agent)
  const { terminationGracePeriodSeconds = 30, securityContext, nodeSelector, ...rest } = agent.pod ?? {}
  const pod: PodSpec = {
    serviceAccountName: answers.name,
    automountServiceAccountToken: asksApi,
    enableServiceLinks: false,
    ...(answers.priorityClass && {
      priorityClassName: answers.priorityClass === 'own' ? answers.name : answers.priorityClass,
    }),
    terminationGracePeriodSeconds,
    nodeSelector: {
      'kubernetes.io/os': answers.os,
      ...(answers.arch !== 'any' && { 'kubernetes.io/arch': answers.arch }),
      ...labelsOf(answers.nodeSelector),
      ...nodeSelector,
    },
    ...(affinity && { affinity }),
    ...(tolerations.length > 0 && { tolerations }),
    ...rest,
    ...(answers.os === 'linux'
      ? { securityContext: { seccompProfile: { type: 'RuntimeDefault' }, ...securityContext } }
      : securityContext && { securityContext }),
    ...(agent.initContainers && {
      initContainers: agent.initContainers.map((one) => containerOf(one, answers)),
    }),
    containers: agent.containers.map((one, index) =>
      containerOf(one, answers, index === 0 ? resourcesOf(preset, answers, agent) : undefined),
    ),
    ...(volumes.length > 0 && { volumes }),
  }
  if (answers.priorityClass !== '' && answers.priorityClass === preset.priorityClass)
    at('priorityClassName', preset.why.priority)
  at('terminationGracePeriodSeconds', preset.why.grace)
  if (affinity && !answers.virtualNodes)
    at('affinity', 'Virtual nodes have no host that an agent could work on.')
  if (tolerations.length > 0) at('tolerations', whyTolerations(preset, answers, tolerations))
  for (const [path, text] of Object.entries(agent.why ?? {})) at(path, text)
  at(`containers[${agent.containers[0].name}].resources`, preset.why.resources)
  const [main] = pod.containers
  if (main!.resources?.limits?.['ephemeral-storage'] !== undefined)
    at(
      `containers[${main!.name}].resources.limits["ephemeral-storage"]`,
      "On the node's disk: its log and its scratch folders count.",
    )
  for (const [list, containers] of [
    ['initContainers', agent.initContainers ?? []],
    ['containers', agent.containers],
  ] as const) {
    for (const { name, why = {} } of containers)
      for (const [path, text] of Object.entries(why)) at(`${list}[${name}].${path}`, text)
  }
  for (const { volume, why } of mountsOf(agent)) at(`volumes[${volume.name}]`, why)
  return pod
}

function whyTolerations(
  preset: PresetData,
  answers: CommonAnswers,
  tolerations: Toleration[],
): string | undefined {
  const isAsPreset = JSON.stringify(answers.tolerations) === JSON.stringify(preset.tolerations ?? [])
  if (isAsPreset && answers.tolerations.length > 0) return preset.why.tolerations
  return tolerations[0]!.key === controlPlaneTaint
    ? (preset.why.controlPlane ?? 'The control plane has pods and a host too.')
    : undefined
}

function tolerationsOf({ controlPlane, tolerations }: CommonAnswers): Toleration[] {
  const others = tolerations.map(tolerationOf)
  return controlPlane && !others.some(coversControlPlane)
    ? [{ key: controlPlaneTaint, operator: 'Exists', effect: 'NoSchedule' }, ...others]
    : others
}

function affinityOf(answers: CommonAnswers): Affinity | undefined {
  const expressions = answers.nodeAffinity.map((text) => nodeExpressionOf(text)!)
  if (!answers.controlPlane && answers.tolerations.map(tolerationOf).some(coversControlPlane))
    expressions.push({ key: controlPlaneTaint, operator: 'DoesNotExist' })
  if (!answers.virtualNodes)
    expressions.push(
      { key: 'eks.amazonaws.com/compute-type', operator: 'NotIn', values: ['fargate'] },
      { key: 'type', operator: 'NotIn', values: ['virtual-kubelet'] },
    )
  if (expressions.length === 0) return undefined
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: expressions }],
      },
    },
  }
}

function labelsOf(pairs: string[]): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]))
}

/** Of the main container: CPU and memory as answered, and room for the scratch folders of the whole pod. */
function resourcesOf({ resources }: PresetData, answers: CommonAnswers, agent: Agent): ResourceRequirements {
  const { ephemeralStorage } = resources
  const stated: ResourceRequirements = {
    requests: {
      cpu: answers.cpuRequest,
      memory: answers.memoryRequest,
      ...(ephemeralStorage && { 'ephemeral-storage': ephemeralStorage.request }),
    },
    limits: {
      ...(answers.cpuLimit && { cpu: answers.cpuLimit }),
      memory: answers.memoryLimit,
      ...(ephemeralStorage && { 'ephemeral-storage': ephemeralStorage.limit }),
    },
  }
  return withRoom(stated, agent.containers[0], answers, scratchOf(agent))
}

/** What every container may take of the node's disk: its log, and what it writes outside of volumes. */
const room = { request: '64Mi', limit: '256Mi', limitWithWritableRoot: '1Gi' }

/**
 * A request and a limit of the node's disk, unless they are stated. Containers of Windows get none, for the size of
 * their own layer would count too.
 * @param scratch bytes of scratch folders that count as well
 */
function withRoom(
  resources: ResourceRequirements,
  { securityContext }: AgentContainer,
  { os }: CommonAnswers,
  scratch = 0,
): ResourceRequirements {
  if (os === 'windows') return resources
  const { requests, limits } = resources
  const own = amountOf(securityContext?.readOnlyRootFilesystem ? room.limit : room.limitWithWritableRoot)
  const limit = mebibytes(own + scratch)
  return {
    ...resources,
    requests: { ...requests, 'ephemeral-storage': requests?.['ephemeral-storage'] ?? room.request },
    ...(limit && {
      limits: { ...limits, 'ephemeral-storage': limits?.['ephemeral-storage'] ?? limit },
    }),
  }
}

/** Of all scratch folders on the disk; without end where the size of one is not bounded. */
function scratchOf(agent: Agent): number {
  const sizes = volumesOf(agent)
    .filter(({ emptyDir }) => emptyDir && emptyDir.medium !== 'Memory')
    .map(({ emptyDir }) => (emptyDir!.sizeLimit ? amountOf(emptyDir!.sizeLimit) : Number.POSITIVE_INFINITY))
  return sizes.reduce((sum, size) => sum + size, 0)
}

function mebibytes(bytes: number): string | undefined {
  if (!Number.isFinite(bytes)) return undefined
  const count = Math.ceil(bytes / 2 ** 20)
  return count % 1024 === 0 ? `${count / 1024}Gi` : `${count}Mi`
}

/** Its fields in the order in which people write them. */
function containerOf(
  container: AgentContainer,
  answers: CommonAnswers,
  resources = container.resources && withRoom(container.resources, container, answers),
): Container {
  const {
    name,
    image = answers.image,
    command,
    args,
    env,
    envFrom,
    ports,
    startupProbe,
    livenessProbe,
    readinessProbe,
    securityContext,
    lifecycle,
    mounts = [],
    why,
    resources: own,
    ...rest
  } = container
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    ...(command && { command }),
    ...(args && { args }),
    ...(env && env.length > 0 && { env }),
    ...(envFrom && { envFrom }),
    ...(ports && { ports }),
    ...rest,
    ...(lifecycle && { lifecycle }),
    ...(startupProbe && { startupProbe }),
    ...(readinessProbe && { readinessProbe }),
    ...(livenessProbe && { livenessProbe }),
    ...(resources && { resources }),
    ...(securityContext && { securityContext }),
    ...(mounts.length > 0 && { volumeMounts: mounts.map(({ mount }) => mount) }),
  }
}

function mountsOf({ containers, initContainers = [] }: Agent): Mount[] {
  return [...initContainers, ...containers].flatMap(({ mounts = [] }) => mounts)
}

/** Each volume once, by its name. */
function volumesOf(agent: Agent): Volume[] {
  const byName = new Map<string, Volume>()
  for (const { volume } of mountsOf(agent)) byName.set(volume.name, volume)
  return [...byName.values()]
}

function inPod(keep: Keep): Keep {
  return { ...keep, path: `spec.template.spec.${keep.path}` }
}
