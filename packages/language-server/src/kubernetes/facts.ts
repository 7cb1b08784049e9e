/**
 * What Kubernetes knows of its fields beside their types, by `Struct.field`.
 *
 * Sources: k8s.io/kubernetes pkg/apis/{core,apps,batch}/v1/defaults.go and the `+default` markers of k8s.io/api for what
 * is filled in; the constants of k8s.io/api {core,apps,batch}/v1/types.go for values; pkg/apis/{core,apps}/validation for
 * what must be given and what cannot change. The tests put each value and each required field to core's own verdict.
 */

export interface FieldFacts {
  /** What the API server fills in, as it is written in YAML; or, in parentheses, what happens without it. */
  default?: string
  /** All values that are allowed, with what each means. */
  values?: Readonly<Record<string, string>>
  /** The API server refuses the struct without it. */
  required?: true
  /** It cannot change once the object exists. */
  immutable?: true
  /** Written by Kubernetes alone, or of no use in a manifest. */
  readOnly?: true
  /** In our words, where `kubernetes-types` is older than the field. */
  description?: string
}

const required = { required: true } as const
const readOnly = { readOnly: true } as const
const fileMode = { default: '0644' } as const

const labelOperators = {
  In: 'The label is there and has one of the values.',
  NotIn: 'The label has none of the values, or is not there.',
  Exists: 'The label is there, whatever its value.',
  DoesNotExist: 'The label is not there.',
} as const

const pullPolicies = {
  Always: 'The registry is asked at every start; layers that the node has are not pulled again.',
  IfNotPresent: 'Pulled only where the node does not have it.',
  Never: 'Never pulled: the node must have it already.',
} as const

const honorPolicies = {
  Honor: 'Nodes that the pod cannot run on because of it are left out of the calculation.',
  Ignore: 'All nodes count.',
} as const

export const facts: Readonly<Record<string, FieldFacts>> = {
  'DaemonSet.apiVersion': { ...required, values: { 'apps/v1': 'Served since Kubernetes 1.9.' } },
  'DaemonSet.kind': required,
  'DaemonSet.metadata': required,
  'DaemonSet.spec': required,
  'DaemonSet.status': readOnly,
  'DaemonSetSpec.selector': { required: true, immutable: true },
  'DaemonSetSpec.template': required,
  'DaemonSetSpec.minReadySeconds': { default: '0' },
  'DaemonSetSpec.revisionHistoryLimit': { default: '10' },
  'DaemonSetUpdateStrategy.type': {
    default: 'RollingUpdate',
    values: {
      RollingUpdate: 'Pods are replaced node by node when the template changes.',
      OnDelete: 'A pod is replaced only after somebody deleted it.',
    },
  },
  'RollingUpdateDaemonSet.maxUnavailable': { default: '1' },
  'RollingUpdateDaemonSet.maxSurge': { default: '0' },

  'Deployment.apiVersion': { ...required, values: { 'apps/v1': 'Served since Kubernetes 1.9.' } },
  'Deployment.kind': required,
  'Deployment.metadata': required,
  'Deployment.spec': required,
  'Deployment.status': readOnly,
  'DeploymentSpec.selector': { required: true, immutable: true },
  'DeploymentSpec.template': required,
  'DeploymentSpec.replicas': { default: '1' },
  'DeploymentSpec.minReadySeconds': { default: '0' },
  'DeploymentSpec.revisionHistoryLimit': { default: '10' },
  'DeploymentSpec.progressDeadlineSeconds': { default: '600' },
  'DeploymentSpec.paused': { default: 'false' },
  'DeploymentStrategy.type': {
    default: 'RollingUpdate',
    values: {
      RollingUpdate: 'Old pods are replaced by new ones a few at a time.',
      Recreate: 'All old pods are gone before new ones start.',
    },
  },
  'RollingUpdateDeployment.maxUnavailable': { default: '25%' },
  'RollingUpdateDeployment.maxSurge': { default: '25%' },

  'StatefulSet.apiVersion': { ...required, values: { 'apps/v1': 'Served since Kubernetes 1.9.' } },
  'StatefulSet.kind': required,
  'StatefulSet.metadata': required,
  'StatefulSet.spec': required,
  'StatefulSet.status': readOnly,
  'StatefulSetSpec.selector': { required: true, immutable: true },
  'StatefulSetSpec.template': required,
  'StatefulSetSpec.serviceName': { immutable: true },
  'StatefulSetSpec.volumeClaimTemplates': { immutable: true },
  'StatefulSetSpec.replicas': { default: '1' },
  'StatefulSetSpec.minReadySeconds': { default: '0' },
  'StatefulSetSpec.revisionHistoryLimit': { default: '10' },
  'StatefulSetSpec.podManagementPolicy': {
    default: 'OrderedReady',
    immutable: true,
    values: {
      OrderedReady: 'Pods start one after the other, each once the one before is ready.',
      Parallel: 'All pods start and stop at once.',
    },
  },
  'StatefulSetUpdateStrategy.type': {
    default: 'RollingUpdate',
    values: {
      RollingUpdate: 'Pods are replaced from the last to the first when the template changes.',
      OnDelete: 'A pod is replaced only after somebody deleted it.',
    },
  },
  'RollingUpdateStatefulSetStrategy.partition': { default: '0' },
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted': {
    default: 'Retain',
    values: { Retain: 'The claims stay.', Delete: 'The claims go with the StatefulSet.' },
  },
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled': {
    default: 'Retain',
    values: { Retain: 'The claims stay.', Delete: 'The claims go with the pods that are scaled away.' },
  },

  'ReplicaSet.apiVersion': { ...required, values: { 'apps/v1': 'Served since Kubernetes 1.9.' } },
  'ReplicaSet.kind': required,
  'ReplicaSet.metadata': required,
  'ReplicaSet.spec': required,
  'ReplicaSet.status': readOnly,
  'ReplicaSetSpec.selector': { required: true, immutable: true },
  'ReplicaSetSpec.template': required,
  'ReplicaSetSpec.replicas': { default: '1' },
  'ReplicaSetSpec.minReadySeconds': { default: '0' },
  'ReplicationController.apiVersion': { ...required, values: { v1: 'The core group.' } },
  'ReplicationController.kind': required,
  'ReplicationController.metadata': required,
  'ReplicationController.spec': required,
  'ReplicationController.status': readOnly,
  'ReplicationControllerSpec.template': required,
  'ReplicationControllerSpec.replicas': { default: '1' },
  'ReplicationControllerSpec.minReadySeconds': { default: '0' },

  'Job.apiVersion': { ...required, values: { 'batch/v1': 'Served since Kubernetes 1.2.' } },
  'Job.kind': required,
  'Job.metadata': required,
  'Job.spec': required,
  'Job.status': readOnly,
  'JobSpec.template': { required: true, immutable: true },
  'JobSpec.completions': { default: '(1, where `parallelism` is not set either)' },
  'JobSpec.parallelism': { default: '1' },
  'JobSpec.backoffLimit': { default: '6' },
  'JobSpec.suspend': { default: 'false' },
  'JobSpec.selector': { immutable: true },
  'JobSpec.completionMode': {
    default: 'NonIndexed',
    immutable: true,
    values: {
      NonIndexed: 'Done once enough pods succeeded; they are all alike.',
      Indexed: 'Each pod has an index, and each index must succeed once.',
    },
  },
  'JobSpec.podReplacementPolicy': {
    default: '(TerminatingOrFailed; Failed where there is a podFailurePolicy)',
    values: {
      TerminatingOrFailed: 'A pod is replaced as soon as it is being deleted.',
      Failed: 'A pod is replaced once it has wholly ended.',
    },
  },
  'CronJob.apiVersion': { ...required, values: { 'batch/v1': 'Served since Kubernetes 1.21.' } },
  'CronJob.kind': required,
  'CronJob.metadata': required,
  'CronJob.spec': required,
  'CronJob.status': readOnly,
  'CronJobSpec.schedule': required,
  'CronJobSpec.jobTemplate': required,
  'CronJobSpec.timeZone': { default: '(that of the kube-controller-manager)' },
  'CronJobSpec.suspend': { default: 'false' },
  'CronJobSpec.successfulJobsHistoryLimit': { default: '3' },
  'CronJobSpec.failedJobsHistoryLimit': { default: '1' },
  'CronJobSpec.concurrencyPolicy': {
    default: 'Allow',
    values: {
      Allow: 'A run starts whether or not the one before has ended.',
      Forbid: 'A run is skipped while the one before goes on.',
      Replace: 'A run takes the place of the one before.',
    },
  },
  'JobTemplateSpec.spec': required,
  'Pod.apiVersion': { ...required, values: { v1: 'The core group.' } },
  'Pod.kind': required,
  'Pod.metadata': required,
  'Pod.spec': required,
  'Pod.status': readOnly,

  'ObjectMeta.namespace': { default: '(that of the command that applies it)', immutable: true },
  'ObjectMeta.name': { immutable: true },
  'ObjectMeta.uid': readOnly,
  'ObjectMeta.selfLink': readOnly,
  'ObjectMeta.resourceVersion': readOnly,
  'ObjectMeta.generation': readOnly,
  'ObjectMeta.creationTimestamp': readOnly,
  'ObjectMeta.deletionTimestamp': readOnly,
  'ObjectMeta.deletionGracePeriodSeconds': readOnly,
  'ObjectMeta.managedFields': readOnly,
  'OwnerReference.apiVersion': required,
  'OwnerReference.kind': required,
  'OwnerReference.name': required,
  'OwnerReference.uid': required,
  'LabelSelectorRequirement.key': required,
  'LabelSelectorRequirement.operator': { required: true, values: labelOperators },

  'PodTemplateSpec.spec': required,
  'PodSpec.containers': required,
  'PodSpec.restartPolicy': {
    default: 'Always',
    values: {
      Always:
        'Containers are started again whenever they end. Controllers other than Job allow nothing else.',
      OnFailure: 'Started again only where they failed.',
      Never: 'Never started again.',
    },
  },
  'PodSpec.terminationGracePeriodSeconds': { default: '30' },
  'PodSpec.dnsPolicy': {
    default: 'ClusterFirst',
    values: {
      ClusterFirst: "The cluster's DNS; with `hostNetwork` it falls back to that of the node.",
      ClusterFirstWithHostNet: "The cluster's DNS, for pods with `hostNetwork` too.",
      Default: 'That of the node: `/etc/resolv.conf` as the kubelet has it.',
      None: 'Only what `dnsConfig` says.',
    },
  },
  'PodSpec.schedulerName': { default: 'default-scheduler' },
  'PodSpec.serviceAccountName': { default: 'default' },
  'PodSpec.serviceAccount': readOnly,
  'PodSpec.automountServiceAccountToken': {
    default: '(true, where the ServiceAccount does not say otherwise)',
  },
  'PodSpec.hostNetwork': { default: 'false' },
  'PodSpec.hostPID': { default: 'false' },
  'PodSpec.hostIPC': { default: 'false' },
  'PodSpec.hostUsers': { default: 'true' },
  'PodSpec.shareProcessNamespace': { default: 'false' },
  'PodSpec.enableServiceLinks': { default: 'true' },
  'PodSpec.setHostnameAsFQDN': { default: 'false' },
  'PodSpec.preemptionPolicy': {
    default: '(PreemptLowerPriority, where the PriorityClass does not say otherwise)',
    values: {
      PreemptLowerPriority: 'Pods of lower priority may be evicted to make room.',
      Never: 'It waits for room, ahead of pods of lower priority.',
    },
  },
  'PodSpec.priority': { readOnly: true },
  'PodSpec.ephemeralContainers': readOnly,
  'PodSpec.resources': {
    description:
      'Requests and limits of the pod as a whole, beside or instead of those of its containers. `cpu`, `memory` and huge pages are supported.',
  },
  'PodSpec.hostnameOverride': {
    description:
      'The hostname of the pod, whatever its name: a DNS name that may hold dots, of at most 64 characters. Excludes `setHostnameAsFQDN` and `hostNetwork`.',
  },
  'PodSpec.workloadRef': {
    description: 'The Workload that the pod belongs to, by which pods are scheduled together.',
  },
  'PodSpec.schedulingGroup': { description: 'The group of pods that it is scheduled together with.' },
  'PodOS.name': { required: true, values: { linux: 'Linux.', windows: 'Windows.' } },
  'PodDNSConfigOption.name': required,
  'PodReadinessGate.conditionType': required,
  'PodSchedulingGate.name': required,
  'PodResourceClaim.name': required,
  'PodResourceClaim.resourceClaimName': { description: 'A ResourceClaim of the namespace, used as it is.' },
  'PodResourceClaim.resourceClaimTemplateName': {
    description: 'A ResourceClaimTemplate of the namespace, from which a claim is made for each pod.',
  },
  'ResourceClaim.name': required,
  'ResourceClaim.request': {
    description: 'One request of the claim, where the container needs that alone; else all of them.',
  },
  'HostAlias.ip': required,
  'Sysctl.name': required,

  'PodSecurityContext.fsGroupChangePolicy': {
    default: 'Always',
    values: {
      Always: 'The ownership of all files of a volume is set at every mount.',
      OnRootMismatch: 'Only where the root of the volume is not as expected, which is faster.',
    },
  },
  'PodSecurityContext.supplementalGroupsPolicy': {
    default: 'Merge',
    values: {
      Merge: "The groups that the image's `/etc/group` gives the user count too.",
      Strict: 'Only `fsGroup`, `supplementalGroups` and `runAsGroup` count.',
    },
    description: 'Whether groups that the image defines for the user are added to those that the pod states.',
  },
  'PodSecurityContext.seLinuxChangePolicy': {
    default: '(MountOption, where the volume and the cluster support it)',
    description:
      'How volumes get their SELinux label: `Recursive` relabels every file; `MountOption` mounts with the label, which is fast, and needs a cluster that supports it.',
  },
  'PodSecurityContext.appArmorProfile': {
    description: 'The AppArmor profile of all containers that have none of their own.',
  },
  'SecurityContext.appArmorProfile': { description: 'The AppArmor profile of the container.' },
  'SecurityContext.privileged': { default: 'false' },
  'SecurityContext.allowPrivilegeEscalation': { default: '(true)' },
  'SecurityContext.readOnlyRootFilesystem': { default: 'false' },
  'SecurityContext.procMount': {
    default: 'Default',
    values: {
      Default: 'Some of `/proc` is hidden or read-only, as the container runtime does it.',
      Unmasked: 'All of `/proc` is seen; needs `hostUsers: false`.',
    },
  },
  'SeccompProfile.type': {
    required: true,
    values: {
      RuntimeDefault: "The container runtime's own profile.",
      Localhost: 'A profile from a file of the node, named by `localhostProfile`.',
      Unconfined: 'No restriction of system calls.',
    },
  },
  'AppArmorProfile.type': {
    required: true,
    values: {
      RuntimeDefault: "The container runtime's own profile.",
      Localhost: 'A profile that is loaded on the node, named by `localhostProfile`.',
      Unconfined: 'No AppArmor restriction.',
    },
  },

  'Container.name': required,
  'Container.image': required,
  'Container.imagePullPolicy': {
    default: '(Always for `latest` or no tag, else IfNotPresent)',
    values: pullPolicies,
  },
  'Container.terminationMessagePath': { default: '/dev/termination-log' },
  'Container.terminationMessagePolicy': {
    default: 'File',
    values: {
      File: 'What the container wrote to `terminationMessagePath`.',
      FallbackToLogsOnError: 'The end of its log, where that file is empty and the container failed.',
    },
  },
  'Container.stdin': { default: 'false' },
  'Container.stdinOnce': { default: 'false' },
  'Container.tty': { default: 'false' },
  'Container.restartPolicyRules': {
    description:
      'What to do when the container ends, by its exit code; the first rule that matches counts, else `restartPolicy`.',
  },
  'ContainerRestartRule.action': {
    required: true,
    values: {
      Restart: 'The container is started again.',
      RestartAllContainers: 'All containers of the pod are started again. Since Kubernetes 1.36.',
    },
    description: 'What is done where the rule matches.',
  },
  'ContainerRestartRule.exitCodes': { required: true, description: 'Which exit codes the rule is for.' },
  'ContainerRestartRuleOnExitCodes.operator': {
    required: true,
    values: { In: 'The exit code is one of the values.', NotIn: 'The exit code is none of the values.' },
    description: 'How the exit code is compared.',
  },
  'ContainerRestartRuleOnExitCodes.values': { description: 'Exit codes, at most 255 of them.' },
  'ContainerPort.containerPort': required,
  'ContainerPort.protocol': {
    default: 'TCP',
    values: { TCP: 'TCP.', UDP: 'UDP.', SCTP: 'SCTP.' },
  },
  'ContainerPort.hostPort': { default: '(none; with `hostNetwork`, `containerPort`)' },
  'ContainerPort.hostIP': { default: '(all addresses of the node)' },
  'ContainerResizePolicy.resourceName': {
    required: true,
    values: { cpu: 'CPU time.', memory: 'Memory.' },
  },
  'ContainerResizePolicy.restartPolicy': {
    required: true,
    values: {
      NotRequired: 'Changed without a restart, where that is possible.',
      RestartContainer: 'The container is started again to apply the change.',
    },
  },
  'EnvVar.name': required,
  'EnvVar.value': { default: '""' },
  'EnvVarSource.fileKeyRef': {
    description:
      'A variable of a file with `KEY=value` lines that an init container wrote to an emptyDir volume.',
  },
  'FileKeySelector.volumeName': { required: true, description: 'The emptyDir volume that the file is in.' },
  'FileKeySelector.path': { required: true, description: 'The file, relative to the root of the volume.' },
  'FileKeySelector.key': { required: true, description: 'The name of the variable within the file.' },
  'FileKeySelector.optional': {
    default: 'false',
    description: 'Whether the container may start although the file or the key is missing.',
  },
  'ConfigMapKeySelector.name': required,
  'ConfigMapKeySelector.key': required,
  'ConfigMapKeySelector.optional': { default: 'false' },
  'SecretKeySelector.name': required,
  'SecretKeySelector.key': required,
  'SecretKeySelector.optional': { default: 'false' },
  'ConfigMapEnvSource.name': required,
  'ConfigMapEnvSource.optional': { default: 'false' },
  'SecretEnvSource.name': required,
  'SecretEnvSource.optional': { default: 'false' },
  'ObjectFieldSelector.apiVersion': { default: 'v1', values: { v1: 'The only one.' } },
  'ObjectFieldSelector.fieldPath': required,
  'ResourceFieldSelector.resource': required,
  'ResourceFieldSelector.divisor': { default: '"1"' },
  'VolumeMount.name': required,
  'VolumeMount.mountPath': required,
  'VolumeMount.readOnly': { default: 'false' },
  'VolumeMount.subPath': { default: '(the root of the volume)' },
  'VolumeMount.mountPropagation': {
    default: 'None',
    values: {
      None: 'Mounts made later are seen on neither side.',
      HostToContainer: 'Mounts that the node makes later are seen in the container.',
      Bidirectional: 'And mounts that the container makes are seen on the node. Needs `privileged: true`.',
    },
  },
  'VolumeMount.recursiveReadOnly': {
    default: 'Disabled',
    values: {
      Disabled: 'Mounts below it may be writable.',
      IfPossible: 'Mounts below it are read-only too, where the node supports it.',
      Enabled: 'Mounts below it are read-only too, or the pod does not start.',
    },
  },
  'VolumeDevice.name': required,
  'VolumeDevice.devicePath': required,

  'Probe.initialDelaySeconds': { default: '0' },
  'Probe.timeoutSeconds': { default: '1' },
  'Probe.periodSeconds': { default: '10' },
  'Probe.successThreshold': { default: '1' },
  'Probe.failureThreshold': { default: '3' },
  'Probe.terminationGracePeriodSeconds': { default: "(the pod's)" },
  'HTTPGetAction.port': required,
  'HTTPGetAction.path': { default: '/' },
  'HTTPGetAction.host': { default: "(the pod's IP)" },
  'HTTPGetAction.scheme': {
    default: 'HTTP',
    values: { HTTP: 'Without TLS.', HTTPS: 'With TLS; the certificate is not verified.' },
  },
  'HTTPHeader.name': required,
  'TCPSocketAction.port': required,
  'TCPSocketAction.host': { default: "(the pod's IP)" },
  'GRPCAction.port': required,
  'GRPCAction.service': { default: '""' },
  'Lifecycle.stopSignal': {
    default: "(what the image's STOPSIGNAL says, else SIGTERM)",
    description:
      'The signal that asks the container to stop. It needs `spec.os.name`, which decides the signals that there are.',
  },

  'Toleration.key': { default: '(every taint; `operator` must then be Exists)' },
  'Toleration.operator': {
    default: 'Equal',
    values: {
      Equal: 'The taint has the key and this value.',
      Exists: 'The taint has the key, whatever its value.',
    },
  },
  'Toleration.effect': {
    default: '(all effects)',
    values: {
      NoSchedule: 'New pods are kept off the node; those that run stay.',
      PreferNoSchedule: 'New pods are kept off the node where there is another.',
      NoExecute: 'New pods are kept off, and those that run are evicted.',
    },
  },
  'Toleration.tolerationSeconds': { default: '(forever)' },
  'NodeSelectorRequirement.key': required,
  'NodeSelectorRequirement.operator': {
    required: true,
    values: {
      ...labelOperators,
      Gt: 'The value is a number greater than the one that is given.',
      Lt: 'The value is a number less than the one that is given.',
    },
  },
  'NodeSelector.nodeSelectorTerms': required,
  'PreferredSchedulingTerm.weight': required,
  'WeightedPodAffinityTerm.weight': required,
  'WeightedPodAffinityTerm.podAffinityTerm': required,
  'PodAffinityTerm.topologyKey': required,
  'TopologySpreadConstraint.maxSkew': required,
  'TopologySpreadConstraint.topologyKey': required,
  'TopologySpreadConstraint.minDomains': { default: '(1)' },
  'TopologySpreadConstraint.whenUnsatisfiable': {
    required: true,
    values: {
      DoNotSchedule: 'A pod that would break the constraint waits.',
      ScheduleAnyway: 'A pod that would break it goes where the skew is least.',
    },
  },
  'TopologySpreadConstraint.nodeAffinityPolicy': { default: '(Honor)', values: honorPolicies },
  'TopologySpreadConstraint.nodeTaintsPolicy': { default: '(Ignore)', values: honorPolicies },

  'Volume.name': required,
  'Volume.emptyDir': { default: '(`{}`, where the volume has no other source)' },
  'Volume.image': {
    description:
      'The files of an OCI image or artifact, mounted read-only; pulled as the images of containers are.',
  },
  'ImageVolumeSource.reference': {
    description: 'The image or artifact, named as images of containers are.',
  },
  'ImageVolumeSource.pullPolicy': {
    default: '(Always for `latest` or no tag, else IfNotPresent)',
    values: pullPolicies,
    description: 'When the image is pulled.',
  },
  'HostPathVolumeSource.path': required,
  'HostPathVolumeSource.type': {
    default: '""',
    values: {
      '': 'Nothing is checked.',
      DirectoryOrCreate: 'Where nothing is there, an empty directory is made, 0755, as the kubelet.',
      Directory: 'There must be a directory.',
      FileOrCreate: 'Where nothing is there, an empty file is made, 0644, as the kubelet; not its directory.',
      File: 'There must be a file.',
      Socket: 'There must be a UNIX socket.',
      CharDevice: 'There must be a character device.',
      BlockDevice: 'There must be a block device.',
    },
  },
  'ConfigMapVolumeSource.name': required,
  'ConfigMapVolumeSource.defaultMode': fileMode,
  'ConfigMapVolumeSource.optional': { default: 'false' },
  'SecretVolumeSource.secretName': required,
  'SecretVolumeSource.defaultMode': fileMode,
  'SecretVolumeSource.optional': { default: 'false' },
  'DownwardAPIVolumeSource.defaultMode': fileMode,
  'ProjectedVolumeSource.defaultMode': fileMode,
  'KeyToPath.key': required,
  'KeyToPath.path': required,
  'KeyToPath.mode': { default: "(the volume's defaultMode)" },
  'DownwardAPIVolumeFile.path': required,
  'ServiceAccountTokenProjection.path': required,
  'ServiceAccountTokenProjection.expirationSeconds': { default: '3600' },
  'ServiceAccountTokenProjection.audience': { default: '(the API server itself)' },
  'VolumeProjection.podCertificate': {
    description: 'A private key and a certificate that the kubelet has issued for the pod, and renews.',
  },
  'PodCertificateProjection.signerName': { description: 'The signer that the certificate is asked of.' },
  'PodCertificateProjection.keyType': {
    description: 'The kind of key: `RSA3072`, `RSA4096`, `ECDSAP256`, `ECDSAP384`, `ECDSAP521` or `ED25519`.',
  },
  'PodCertificateProjection.maxExpirationSeconds': {
    default: '(86400)',
    description: 'How long the certificate may be valid at most, in seconds.',
  },
  'PodCertificateProjection.credentialBundlePath': {
    description: 'The file that key and certificate chain are written to together.',
  },
  'PodCertificateProjection.keyPath': { description: 'The file that the key alone is written to.' },
  'PodCertificateProjection.certificateChainPath': {
    description: 'The file that the certificate chain alone is written to.',
  },
  'PodCertificateProjection.userAnnotations': { description: 'What else the signer is told.' },
  'EmptyDirVolumeSource.medium': { default: '""' },
  'EmptyDirVolumeSource.sizeLimit': { default: '(none)' },
  'CSIVolumeSource.driver': required,
  'CSIVolumeSource.readOnly': { default: 'false' },
  'EphemeralVolumeSource.volumeClaimTemplate': required,
  'PersistentVolumeClaimTemplate.spec': required,
  'PersistentVolumeClaimSpec.accessModes': {
    required: true,
    values: {
      ReadWriteOnce: 'Read and written by pods of one node.',
      ReadOnlyMany: 'Read by pods of many nodes.',
      ReadWriteMany: 'Read and written by pods of many nodes.',
      ReadWriteOncePod: 'Read and written by one pod.',
    },
  },
  'PersistentVolumeClaimSpec.resources': required,
  'PersistentVolumeClaimSpec.volumeMode': {
    default: 'Filesystem',
    values: { Filesystem: 'Mounted as a directory.', Block: 'A raw device.' },
  },
  'PersistentVolumeClaimSpec.storageClassName': { default: "(the cluster's default class)" },
  'PersistentVolumeClaimVolumeSource.claimName': required,
  'PersistentVolumeClaimVolumeSource.readOnly': { default: 'false' },
  'NFSVolumeSource.server': required,
  'NFSVolumeSource.path': required,
  'NFSVolumeSource.readOnly': { default: 'false' },
  'ISCSIVolumeSource.targetPortal': required,
  'ISCSIVolumeSource.iqn': required,
  'ISCSIVolumeSource.iscsiInterface': { default: 'default' },
  'AzureDiskVolumeSource.diskName': required,
  'AzureDiskVolumeSource.diskURI': required,
  'AzureDiskVolumeSource.cachingMode': {
    default: 'ReadWrite',
    values: { None: 'No cache.', ReadOnly: 'Reads are cached.', ReadWrite: 'Reads and writes are cached.' },
  },
  'AzureDiskVolumeSource.fsType': { default: 'ext4' },
  'AzureDiskVolumeSource.kind': {
    default: 'Shared',
    values: {
      Shared: 'Several disks in one storage account.',
      Dedicated: 'A storage account for the disk alone.',
      Managed: 'A managed disk.',
    },
  },
}
