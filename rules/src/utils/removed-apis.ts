import { minorOf } from './versions.ts'

/** An API version in which a kind was served once. */
export interface RemovedApi {
  kinds: readonly string[]
  apiVersions: readonly string[]
  /** The first Kubernetes version that does not serve it. */
  removedIn: string
  /** Where the kind is served now; absent where there is no such kind any more. */
  successor?: string
  /**
   * What a manifest needs for its successor: `same` nothing but the new version, `choice` a look at what the new version
   * takes otherwise, absent other fields.
   */
  move?: 'same' | 'choice'
}

const rbac = 'rbac.authorization.k8s.io'
const storage = 'storage.k8s.io'
const flow = 'flowcontrol.apiserver.k8s.io'
const same = 'same'
const choice = 'choice'

/**
 * Kinds other than DaemonSet that ship beside daemons. `same` is what the guide lists without notable changes.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
export const removedApis: readonly RemovedApi[] = [
  {
    kinds: ['Deployment', 'ReplicaSet', 'StatefulSet'],
    apiVersions: ['extensions/v1beta1', 'apps/v1beta1', 'apps/v1beta2'],
    removedIn: '1.16',
    successor: 'apps/v1',
    move: choice,
  },
  {
    kinds: ['NetworkPolicy'],
    apiVersions: ['extensions/v1beta1'],
    removedIn: '1.16',
    successor: 'networking.k8s.io/v1',
    move: choice,
  },
  {
    kinds: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
    apiVersions: [`${rbac}/v1beta1`],
    removedIn: '1.22',
    successor: `${rbac}/v1`,
    move: same,
  },
  {
    kinds: ['PriorityClass'],
    apiVersions: ['scheduling.k8s.io/v1beta1'],
    removedIn: '1.22',
    successor: 'scheduling.k8s.io/v1',
    move: same,
  },
  {
    kinds: ['CSIDriver', 'StorageClass'],
    apiVersions: [`${storage}/v1beta1`],
    removedIn: '1.22',
    successor: `${storage}/v1`,
    move: same,
  },
  {
    kinds: ['APIService'],
    apiVersions: ['apiregistration.k8s.io/v1beta1'],
    removedIn: '1.22',
    successor: 'apiregistration.k8s.io/v1',
    move: same,
  },
  {
    kinds: ['Lease'],
    apiVersions: ['coordination.k8s.io/v1beta1'],
    removedIn: '1.22',
    successor: 'coordination.k8s.io/v1',
    move: same,
  },
  {
    // The schema must be structural.
    kinds: ['CustomResourceDefinition'],
    apiVersions: ['apiextensions.k8s.io/v1beta1'],
    removedIn: '1.22',
    successor: 'apiextensions.k8s.io/v1',
  },
  {
    // Fields that had defaults are required.
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    apiVersions: ['admissionregistration.k8s.io/v1beta1'],
    removedIn: '1.22',
    successor: 'admissionregistration.k8s.io/v1',
  },
  {
    // Backends are written otherwise.
    kinds: ['Ingress'],
    apiVersions: ['extensions/v1beta1', 'networking.k8s.io/v1beta1'],
    removedIn: '1.22',
    successor: 'networking.k8s.io/v1',
  },
  {
    kinds: ['PodDisruptionBudget'],
    apiVersions: ['policy/v1beta1'],
    removedIn: '1.25',
    successor: 'policy/v1',
    move: same,
  },
  {
    kinds: ['PodSecurityPolicy'],
    apiVersions: ['extensions/v1beta1', 'policy/v1beta1'],
    removedIn: '1.25',
  },
  {
    kinds: ['CronJob'],
    apiVersions: ['batch/v1beta1'],
    removedIn: '1.25',
    successor: 'batch/v1',
    move: same,
  },
  {
    kinds: ['RuntimeClass'],
    apiVersions: ['node.k8s.io/v1beta1'],
    removedIn: '1.25',
    successor: 'node.k8s.io/v1',
    move: same,
  },
  {
    // The targets of metrics are written otherwise.
    kinds: ['HorizontalPodAutoscaler'],
    apiVersions: ['autoscaling/v2beta1'],
    removedIn: '1.25',
    successor: 'autoscaling/v2',
  },
  {
    kinds: ['HorizontalPodAutoscaler'],
    apiVersions: ['autoscaling/v2beta2'],
    removedIn: '1.26',
    successor: 'autoscaling/v2',
    move: choice,
  },
  {
    kinds: ['CSIStorageCapacity'],
    apiVersions: [`${storage}/v1beta1`],
    removedIn: '1.27',
    successor: `${storage}/v1`,
    move: same,
  },
  {
    // A PriorityLevelConfiguration names its shares otherwise.
    kinds: ['FlowSchema', 'PriorityLevelConfiguration'],
    apiVersions: [`${flow}/v1beta1`],
    removedIn: '1.26',
    successor: `${flow}/v1`,
  },
  {
    kinds: ['FlowSchema', 'PriorityLevelConfiguration'],
    apiVersions: [`${flow}/v1beta2`],
    removedIn: '1.29',
    successor: `${flow}/v1`,
  },
  {
    kinds: ['FlowSchema', 'PriorityLevelConfiguration'],
    apiVersions: [`${flow}/v1beta3`],
    removedIn: '1.32',
    successor: `${flow}/v1`,
    move: choice,
  },
]

const byName = new Map(
  removedApis.flatMap((api) =>
    api.kinds.flatMap((kind) => api.apiVersions.map((version) => [`${version} ${kind}`, api] as const)),
  ),
)

/**
 * What became of an API version of a kind.
 * @param versions the Kubernetes versions in question
 * @returns undefined where all of them serve it, or it is none that this table knows
 */
export function removalOf(
  apiVersion: string,
  kind: string,
  versions: readonly string[],
): RemovedApi | undefined {
  const api = byName.get(`${apiVersion} ${kind}`)
  return api && versions.some((version) => minorOf(version) >= minorOf(api.removedIn)) ? api : undefined
}
