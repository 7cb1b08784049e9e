import type { PodSpec } from 'kubernetes-types/core/v1.js'
import type { PolicyRule } from 'kubernetes-types/rbac/v1.js'
import type { CommonAnswers } from './common-questions.ts'
import { daemonSetOf, selectorOf } from './daemon-set.ts'
import { ScaffoldError } from './errors.ts'
import { podSecurityLevel } from './pod-security.ts'
import type { Agent, KubernetesObject, Manifest, Port, PresetData, SecretPlaceholder } from './types.ts'

/** Namespaces that every cluster has. */
const builtIn = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease'])

/** What stands in a Secret until a person fills it in. */
export const placeholder = 'REPLACE_ME'

/**
 * All objects of a daemon, in the order in which they can be applied.
 * @param answers complete and checked
 * @throws ScaffoldError where volumes or mounts clash, or more findings stay than may
 */
export function assemble(preset: PresetData, answers: CommonAnswers, agent: Agent): Manifest[] {
  refuseClashes(preset, agent)
  const daemonSet = daemonSetOf(preset, answers, agent)
  const { keep = [] } = daemonSet
  const rules = new Set(keep.map(({ rule }) => rule))
  if (rules.size > 3)
    throw new ScaffoldError(`${preset.name} keeps findings of ${rules.size} rules; at most 3 may stay.`)
  const manifests = [
    ...namespaceOf(answers, podOf(daemonSet)),
    ...quotaOf(preset, answers),
    ...priorityClassOf(preset, answers),
    serviceAccountOf(preset, answers),
    ...rbacOf(preset, answers, agent),
    ...(agent.extras ?? []),
    ...configMapOf(preset, answers, agent),
    ...(agent.secrets ?? []).map((secret) => secretOf(preset, answers, secret)),
    ...serviceOf(preset, answers, agent),
    ...monitorOf(preset, answers, agent),
    ...networkPolicyOf(preset, answers, agent),
    daemonSet,
  ]
  // Definitions first: what is of their kind can only be applied after them.
  const [first, ...others] = [
    ...manifests.filter(isDefinition),
    ...manifests.filter((one) => !isDefinition(one)),
  ]
  return [{ ...first!, header: headerOf(preset, first!) }, ...others]
}

/** What the API server would refuse, or what would be lost without a word: two volumes of one name, two mounts at one path. */
function refuseClashes({ name }: PresetData, { initContainers = [], containers }: Agent): void {
  const volumes = new Map<string, string>()
  for (const { name: container, mounts = [] } of [...initContainers, ...containers]) {
    const paths = new Set<string>()
    for (const { volume, mount } of mounts) {
      const text = JSON.stringify(volume)
      if ((volumes.get(volume.name) ?? text) !== text)
        throw new ScaffoldError(
          `With these answers the preset ${name} would have two volumes called ${volume.name}. Leave one of them out, or choose other paths.`,
        )
      volumes.set(volume.name, text)
      if (paths.has(mount.mountPath))
        throw new ScaffoldError(
          `With these answers two things would be mounted at ${mount.mountPath} in the container ${container}. Give each a place of its own.`,
        )
      paths.add(mount.mountPath)
    }
  }
}

function isDefinition({ object }: Manifest): boolean {
  return object.kind === 'CustomResourceDefinition'
}

function headerOf({ title, summary, caution }: PresetData, { header }: Manifest): string {
  const warning = caution ? `Warning: ${caution.why} Successor: ${caution.successor}.\n` : ''
  return `${warning}${title}: ${summary.replace(/[.]?$/, '.')}${header ? `\n\n${header}` : ''}`
}

/** The pod of a DaemonSet that was assembled. */
export function podOf({ object }: Manifest): PodSpec {
  return (object.spec as { template: { spec: PodSpec } }).template.spec
}

function namespaceOf({ namespace }: CommonAnswers, pod: PodSpec): Manifest[] {
  if (builtIn.has(namespace)) return []
  const level = podSecurityLevel(pod)
  const at = 'pod-security.kubernetes.io'
  const object = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: { [`${at}/enforce`]: level, [`${at}/audit`]: level, [`${at}/warn`]: level },
    },
  }
  const why = {
    privileged: 'The strictest level that admits these pods: they use what belongs to the node.',
    baseline: 'The strictest level that admits these pods.',
    restricted: 'These pods need nothing that the strictest level forbids.',
  }[level]
  return [{ object, comments: { 'metadata.labels': why } }]
}

function quotaOf(preset: PresetData, answers: CommonAnswers): Manifest[] {
  const { namespace, priorityClass, name } = answers
  if (namespace === 'kube-system' || !priorityClass.startsWith('system-')) return []
  const quota = quotaFor(`${name}-${priorityClass.replace(/^system-/, '')}`, namespace, priorityClass, '10k')
  quota.object.metadata.labels = selectorOf(preset, answers)
  return [quota]
}

/**
 * What admits a class of the system outside kube-system.
 * https://kubernetes.io/docs/concepts/policy/resource-quotas/#limit-priority-class-consumption-by-default
 * @param pods how many pods of the class there may be: `10k`
 */
export function quotaFor(name: string, namespace: string, priorityClass: string, pods: string): Manifest {
  const matchExpressions = [{ scopeName: 'PriorityClass', operator: 'In', values: [priorityClass] }]
  return {
    object: {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name, namespace },
      spec: { hard: { pods }, scopeSelector: { matchExpressions } },
    },
    header: `Some clusters, such as GKE's, admit ${priorityClass} outside kube-system only where a quota does.`,
  }
}

function priorityClassOf(preset: PresetData, answers: CommonAnswers): Manifest[] {
  const { priorityClass, name } = answers
  if (priorityClass !== 'own') return []
  const object = {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name, labels: selectorOf(preset, answers) },
    value: 1_000_000,
    globalDefault: false,
    description: `For ${name}, which must fit on each of its nodes.`,
  }
  return [
    {
      object,
      comments: {
        value:
          'Above ordinary pods, which have 0: it fits this node only, and they fit others. Far below the classes of the system.',
      },
    },
  ]
}

function serviceAccountOf(preset: PresetData, answers: CommonAnswers): Manifest {
  const { name, namespace } = answers
  return {
    object: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace, labels: selectorOf(preset, answers) },
      automountServiceAccountToken: false,
    },
    comments: { automountServiceAccountToken: 'A pod that needs the token asks for it itself.' },
  }
}

function rbacOf(preset: PresetData, answers: CommonAnswers, { rbac }: Agent): Manifest[] {
  if (!rbac) return []
  const { name, namespace } = answers
  const subjects = [{ kind: 'ServiceAccount', name, namespace }]
  const group = 'rbac.authorization.k8s.io'
  const object = (
    kind: string,
    isNamespaced: boolean,
    rest: object,
    objectName = name,
  ): KubernetesObject => ({
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name: objectName, ...(isNamespaced && { namespace }), labels: selectorOf(preset, answers) },
    ...rest,
  })
  const manifests: Manifest[] = []
  const binding = (
    kind: 'ClusterRoleBinding' | 'RoleBinding',
    roleKind: string,
    roleName: string,
    objectName = name,
  ) =>
    manifests.push({
      object: object(
        kind,
        kind === 'RoleBinding',
        { roleRef: { apiGroup: group, kind: roleKind, name: roleName }, subjects },
        objectName,
      ),
    })
  if (rbac.existing)
    binding(
      'ClusterRoleBinding',
      'ClusterRole',
      rbac.existing,
      rbac.cluster ? `${name}-${rbac.existing.replaceAll(':', '-')}` : name,
    )
  const roleOf = (kind: string, isNamespaced: boolean, rules: PolicyRule[]) =>
    manifests.push({
      object: object(kind, isNamespaced, { rules }),
      ...(rbac.why && { comments: { rules: rbac.why } }),
    })
  if (rbac.cluster) {
    roleOf('ClusterRole', false, rbac.cluster)
    binding('ClusterRoleBinding', 'ClusterRole', name)
  }
  if (rbac.namespace) {
    roleOf('Role', true, rbac.namespace)
    binding('RoleBinding', 'Role', name)
  }
  return manifests
}

function configMapOf(preset: PresetData, answers: CommonAnswers, { config }: Agent): Manifest[] {
  if (!config) return []
  const { name, namespace } = answers
  return [
    {
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace, labels: selectorOf(preset, answers) },
        data: config,
      },
    },
  ]
}

function secretOf(
  preset: PresetData,
  answers: CommonAnswers,
  { name, keys, why }: SecretPlaceholder,
): Manifest {
  const { namespace } = answers
  const object = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels: selectorOf(preset, answers) },
    type: 'Opaque',
    stringData: Object.fromEntries(Object.keys(keys).map((key) => [key, placeholder])),
  }
  const comments = Object.fromEntries(
    Object.entries(keys).map(([key, text]) => [`stringData["${key}"]`, text]),
  )
  const header = `${why ? `${why}\n` : ''}Fill it in before you apply it and keep it out of version control; or delete it here, and make it in the cluster:\n${createCommand(namespace, name, keys)}`
  return { object, header, comments }
}

/** The command that makes a Secret from what a person has at hand. */
export function createCommand(namespace: string, name: string, keys: Record<string, string>): string {
  const parts = Object.keys(keys).map((key) =>
    /\.(crt|key|pem|conf|keyring)$/.test(key) ? `--from-file ${key}=FILE` : `--from-literal ${key}=VALUE`,
  )
  return `kubectl -n ${namespace} create secret generic ${name} ${parts.join(' ')}`
}

function serviceOf(preset: PresetData, answers: CommonAnswers, { metrics }: Agent): Manifest[] {
  const { name, namespace, monitor } = answers
  if (!metrics || (monitor !== 'service' && monitor !== 'service-monitor')) return []
  const object = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: selectorOf(preset, answers) },
    spec: {
      clusterIP: 'None',
      selector: selectorOf(preset, answers),
      ports: [{ name: metrics.portName, port: metrics.port, targetPort: metrics.portName }],
    },
  }
  return [{ object, comments: { 'spec.clusterIP': 'Headless: each pod is asked for itself.' } }]
}

function monitorOf(preset: PresetData, answers: CommonAnswers, { metrics }: Agent): Manifest[] {
  const { name, namespace, monitor } = answers
  if (!metrics || (monitor !== 'service-monitor' && monitor !== 'pod-monitor')) return []
  const { portName, path, scheme, asksForToken } = metrics
  const endpoint = {
    port: portName,
    path,
    ...(scheme === 'https' && { scheme, tlsConfig: { insecureSkipVerify: true } }),
    ...(asksForToken &&
      monitor === 'service-monitor' && {
        bearerTokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
      }),
    relabelings: [{ sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'instance' }],
  }
  const at = monitor === 'pod-monitor' ? 'podMetricsEndpoints' : 'endpoints'
  const object = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: monitor === 'pod-monitor' ? 'PodMonitor' : 'ServiceMonitor',
    metadata: { name, namespace, labels: selectorOf(preset, answers) },
    spec: {
      jobLabel: 'app.kubernetes.io/name',
      selector: { matchLabels: selectorOf(preset, answers) },
      [at]: [endpoint],
    },
  }
  return [
    {
      object,
      header: 'Needs the Prometheus Operator; its Prometheus may ask for a label here (release: …).',
      comments: {
        [`spec.${at}[0].relabelings`]: 'One series a node, under its name, whatever the pod is called.',
      },
    },
  ]
}

function networkPolicyOf(preset: PresetData, answers: CommonAnswers, agent: Agent): Manifest[] {
  if (!answers.networkPolicy) return []
  const { name, namespace, monitor } = answers
  const { metrics, ingress = [], egress = [], rbac } = agent
  const from = [
    ...ingress,
    ...agent.containers.flatMap(({ ports = [] }) =>
      ports
        .filter(({ hostPort }) => hostPort !== undefined)
        .map(({ containerPort: port, protocol }) => ({
          port,
          protocol: protocol as 'TCP' | 'UDP' | undefined,
        })),
    ),
    ...(metrics && monitor !== 'none' ? [{ port: metrics.port }] : []),
  ].map(withProtocol)
  const ports = from.filter(
    (one, index) =>
      from.findIndex(({ port, protocol }) => port === one.port && protocol === one.protocol) === index,
  )
  const to = egress.map(withProtocol)
  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: selectorOf(preset, answers) },
    spec: {
      podSelector: { matchLabels: selectorOf(preset, answers) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: ports.length > 0 ? [{ ports }] : [],
      egress: [
        {
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        },
        ...(rbac
          ? [
              {
                ports: [
                  { port: 443, protocol: 'TCP' },
                  { port: 6443, protocol: 'TCP' },
                ],
              },
            ]
          : []),
        ...(to.length > 0 ? [{ ports: to }] : []),
      ],
    },
  }
  const comments: Record<string, string> = {
    'spec.egress[0]': 'DNS',
    ...(rbac && { 'spec.egress[1]': 'The API server, by its Service and by its own port' }),
    ...(to.length > 0 && { [`spec.egress[${rbac ? 2 : 1}]`]: 'Where it sends what it gathers' }),
    'spec.ingress': 'What it is asked for; the kubelet may always ask its probes.',
  }
  return [{ object, comments }]
}

function withProtocol({ port, protocol = 'TCP' }: Port): Required<Port> {
  return { port, protocol }
}
