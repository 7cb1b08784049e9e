import type { ContainerNode, PodTemplate, Settings } from '@daemonlint/core'
import { hintsOf } from './agent-hints.ts'
import { onlyWaits } from './commands.ts'
import { isCniFolder, isWithin } from './host-paths.ts'
import { knownRepositoryOf, knowsImageName, parseImage, repositoryOf, withoutArchitecture } from './image.ts'
import { type AgentKind, type KnownAgent, knownAgents } from './known-agents.ts'
import {
  containersOf,
  type HostMount,
  hostMountsOf,
  isWritable,
  knowsHostMounts,
  mainContainersOf,
} from './mounts.ts'
import { once } from './once.ts'

/** Tells what containers and pods do on their node. */
export interface Agents {
  /**
   * The agent a container runs, recognised by its image's repository; mirrors in other registries and images of one
   * architecture count, and a placeholder for registry or tag hides nothing (`${REGISTRY}/fluent/fluent-bit:${TAG}`).
   * @returns undefined when it is not a known one, or the image is unknown
   */
  agentOf(container: ContainerNode): KnownAgent | undefined
  /** True when `agentOf` can tell: no placeholder leaves open that it is a known agent. */
  knowsAgent(container: ContainerNode): boolean
  /**
   * What a pod does on its node: by its main containers' images, by what it mounts from the node, or both. Empty when
   * neither says so. To accuse a pod for what it is not, ask `mayBeOfKind`.
   */
  kindsOf(template: PodTemplate): ReadonlySet<AgentKind>
  /** True when `kindsOf` tells all: no image, and nothing that is mounted, is templated or left to the base of a patch. */
  knowsKinds(template: PodTemplate): boolean
  /**
   * True when a pod does one of these things on its node, or may do: an image or what is mounted is templated, or a
   * patch does not state it.
   */
  mayBeOfKind(template: PodTemplate, wanted: readonly AgentKind[]): boolean
  /** The known agent among a pod's main containers that is of a kind; undefined where only mounts tell the kind. */
  agentOfKind(template: PodTemplate, kind: AgentKind): KnownAgent | undefined
}

const agentsOfSettings = new WeakMap<object, Agents>()
let builtinAgents: Agents | undefined

/** The agents that a configuration knows: those of `settings.agents`, and those of {@link knownAgents}. */
export function agentsFor(settings: Settings): Agents {
  const { agents: own } = settings as { agents?: readonly AgentSetting[] }
  if (!own || own.length === 0) {
    builtinAgents ??= createAgents(knownAgents)
    return builtinAgents
  }
  let agents = agentsOfSettings.get(own)
  if (!agents) {
    agents = createAgents([...knownAgents, ...own.map(toKnownAgent)])
    agentsOfSettings.set(own, agents)
  }
  return agents
}

/** One of `settings.agents`. */
interface AgentSetting
  extends Omit<KnownAgent, 'id' | 'repositories' | 'program' | 'nodeName' | 'firstWithGoMemoryLimit'> {
  /** Images, as the manifests name them; a tag or a digest counts for nothing. */
  images: readonly string[]
}

function toKnownAgent({ images, ...agent }: AgentSetting): KnownAgent {
  return { ...agent, repositories: images.map((image) => parseImage(image).name.toLowerCase()) }
}

/** @param known of two agents with the same repository the later one counts */
function createAgents(known: readonly KnownAgent[]): Agents {
  const byRepository = new Map(
    known.flatMap((agent) => agent.repositories.map((end) => [end, agent] as const)),
  )

  const agentOf = once((container: ContainerNode): KnownAgent | undefined => {
    const repository = repositoryOf(container)
    return find(repository) ?? find(withoutArchitecture(repository))
  })

  function find(repository: string): KnownAgent | undefined {
    for (let start = 0; ; start++) {
      const agent = byRepository.get(repository.slice(start))
      if (agent) return agent
      start = repository.indexOf('/', start)
      if (start < 0) return undefined
    }
  }

  function knowsAgent(container: ContainerNode): boolean {
    if (agentOf(container) || container.lacks('image')) return true
    const end = knownRepositoryOf(container)
    if (end === '' || !container.isUnknown('image')) return end !== ''
    const ends = [end, withoutArchitecture(end)].map((one) => `/${one}`)
    return !known.some(({ repositories }) =>
      repositories.some((one) => ends.some((each) => one.endsWith(each))),
    )
  }

  const kindsOf = once((template: PodTemplate): ReadonlySet<AgentKind> => {
    const kinds = new Set(mainContainersOf(template).flatMap((container) => agentOf(container)?.kinds ?? []))
    for (const host of hostMountsOf(template)) for (const kind of kindsOfMount(host)) kinds.add(kind)
    return kinds
  })

  const knowsKinds = once((template: PodTemplate): boolean => {
    const main = mainContainersOf(template)
    if (template.isUnknown('spec', 'containers') || !main.every(knowsAgent)) return false
    if (!containersOf(template).every(knowsImageName)) return false
    // A patch that states its images is taken at its word; what it does not mount, its base may.
    if (template.manifest.role === 'patch') return main.length > 0
    return knowsHostMounts(template) && !hostMountsOf(template).some(mayWriteCni)
  })

  return {
    agentOf,
    knowsAgent,
    kindsOf,
    knowsKinds,
    mayBeOfKind(template, wanted) {
      if (wanted.length === 0) return false
      const [kinds, hints] = [kindsOf(template), hintsOf(template)]
      return wanted.some((kind) => kinds.has(kind) || hints.has(kind)) || !knowsKinds(template)
    },
    agentOfKind: (template, kind) =>
      mainContainersOf(template)
        .map(agentOf)
        .find((agent) => agent?.kinds.includes(kind)),
  }
}

/**
 * Mounts that tell what a pod is for: CNI's configuration and binaries, if it may write there and does not only look at
 * them as scanners do, and the kubelet's plug-in folders (whatever the kubelet's root is).
 * https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/
 */
function kindsOfMount(host: HostMount): AgentKind[] {
  const { hostPath: path, mount } = host
  if ((isCniFolder(path) && isWritable(host)) || path === '/run/xtables.lock') return ['network']
  if (path.endsWith('/device-plugins')) return ['device']
  if (path.endsWith('/plugins_registry')) return ['storage']
  if (isWithin(path, '/var/lib/kubelet') && mount.mountPropagation === 'Bidirectional') return ['storage']
  return []
}

/** True for a folder of CNI of which a placeholder hides whether the pod may write there. */
function mayWriteCni({ container, hostPath, index }: HostMount): boolean {
  return isCniFolder(hostPath) && container.isUnknown('volumeMounts', index, 'readOnly')
}

/**
 * True when the pod's work is done before its main containers start, which only wait: init containers set up the node.
 * So are drivers and kernel settings brought to nodes.
 */
export function setsUpNode(template: PodTemplate): boolean {
  const main = mainContainersOf(template)
  if (main.length === 0 || !main.every(onlyWaits)) return false
  return containersOf(template).length > main.length || template.isUnknown('spec', 'initContainers')
}
