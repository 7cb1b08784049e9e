/** Which fields people write most, in the order in which they write them; offered before the others. */
const common: Readonly<Record<string, readonly string[]>> = {
  DaemonSet: ['apiVersion', 'kind', 'metadata', 'spec'],
  Deployment: ['apiVersion', 'kind', 'metadata', 'spec'],
  StatefulSet: ['apiVersion', 'kind', 'metadata', 'spec'],
  ReplicaSet: ['apiVersion', 'kind', 'metadata', 'spec'],
  ReplicationController: ['apiVersion', 'kind', 'metadata', 'spec'],
  Job: ['apiVersion', 'kind', 'metadata', 'spec'],
  CronJob: ['apiVersion', 'kind', 'metadata', 'spec'],
  Pod: ['apiVersion', 'kind', 'metadata', 'spec'],
  ObjectMeta: ['name', 'namespace', 'labels', 'annotations'],
  DaemonSetSpec: ['selector', 'template', 'updateStrategy', 'minReadySeconds', 'revisionHistoryLimit'],
  DaemonSetUpdateStrategy: ['type', 'rollingUpdate'],
  DeploymentSpec: ['replicas', 'selector', 'strategy', 'template'],
  StatefulSetSpec: [
    'serviceName',
    'replicas',
    'selector',
    'template',
    'volumeClaimTemplates',
    'updateStrategy',
  ],
  JobSpec: ['backoffLimit', 'ttlSecondsAfterFinished', 'template'],
  CronJobSpec: ['schedule', 'timeZone', 'concurrencyPolicy', 'jobTemplate'],
  PodTemplateSpec: ['metadata', 'spec'],
  PodSpec: [
    'serviceAccountName',
    'automountServiceAccountToken',
    'priorityClassName',
    'nodeSelector',
    'tolerations',
    'hostNetwork',
    'hostPID',
    'dnsPolicy',
    'terminationGracePeriodSeconds',
    'securityContext',
    'initContainers',
    'containers',
    'volumes',
    'affinity',
    'imagePullSecrets',
  ],
  Container: [
    'name',
    'image',
    'imagePullPolicy',
    'command',
    'args',
    'env',
    'envFrom',
    'ports',
    'resources',
    'securityContext',
    'livenessProbe',
    'readinessProbe',
    'startupProbe',
    'lifecycle',
    'volumeMounts',
  ],
  ContainerPort: ['name', 'containerPort', 'hostPort', 'protocol'],
  EnvVar: ['name', 'value', 'valueFrom'],
  EnvVarSource: ['fieldRef', 'secretKeyRef', 'configMapKeyRef', 'resourceFieldRef'],
  LabelSelector: ['matchLabels', 'matchExpressions'],
  Lifecycle: ['preStop', 'postStart'],
  LifecycleHandler: ['exec', 'httpGet', 'sleep'],
  PodSecurityContext: ['runAsNonRoot', 'runAsUser', 'runAsGroup', 'fsGroup', 'seccompProfile'],
  Probe: ['httpGet', 'exec', 'tcpSocket', 'grpc', 'initialDelaySeconds', 'periodSeconds', 'timeoutSeconds'],
  ResourceRequirements: ['requests', 'limits'],
  SecurityContext: [
    'allowPrivilegeEscalation',
    'readOnlyRootFilesystem',
    'runAsNonRoot',
    'runAsUser',
    'capabilities',
    'seccompProfile',
    'privileged',
  ],
  Toleration: ['key', 'operator', 'value', 'effect'],
  Volume: ['name', 'hostPath', 'configMap', 'emptyDir', 'secret', 'projected'],
  HostPathVolumeSource: ['path', 'type'],
  VolumeMount: ['name', 'mountPath', 'readOnly', 'mountPropagation', 'subPath'],
}

/** How early a field is offered: its place in the list, or undefined. */
export function commonRank(struct: string, field: string): number | undefined {
  const index = common[struct]?.indexOf(field) ?? -1
  return index < 0 ? undefined : index
}

/** Structs of which one field excludes the others: where one is there, none of the others is of use. */
const unions: Readonly<Record<string, (field: string) => boolean>> = {
  Volume: (field) => field !== 'name',
  EnvVarSource: () => true,
  EnvVar: (field) => field !== 'name',
  LifecycleHandler: () => true,
  VolumeProjection: () => true,
  EnvFromSource: (field) => field !== 'prefix',
  Probe: (field) => ['exec', 'httpGet', 'tcpSocket', 'grpc'].includes(field),
}

/** True when a field is left out because another one of the same choice is there. */
export function isExcluded(struct: string, field: string, present: ReadonlySet<string>): boolean {
  const isChoice = unions[struct]
  return isChoice?.(field) === true && [...present].some((other) => isChoice(other))
}
