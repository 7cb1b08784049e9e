/**
 * The first version in which a feature gate that decides a verdict is on by default; undefined: in none yet.
 * Source: k8s.io/kubernetes pkg/features/kube_features.go, defaultVersionedKubernetesFeatureGates, at v1.36.3.
 */
const onSince = {
  AppArmorFields: '1.30',
  ContainerRestartRules: '1.35',
  DynamicResourceAllocation: '1.34',
  EnvFiles: '1.35',
  HostnameOverride: '1.35',
  ImageVolume: '1.35',
  InPlacePodVerticalScaling: '1.33',
  MatchLabelKeysInPodAffinity: '1.31',
  MatchLabelKeysInPodTopologySpreadSelectorMerge: '1.34',
  PodLevelResources: '1.34',
  PodLifecycleSleepAction: '1.30',
  PodLifecycleSleepActionAllowZero: '1.33',
  ProcMountType: '1.33',
  RecursiveReadOnlyMounts: '1.31',
  RelaxedDNSSearchValidation: '1.33',
  RelaxedEnvironmentVariableValidation: '1.32',
  RestartAllContainersOnContainerExits: '1.36',
  SELinuxChangePolicy: '1.33',
  SELinuxMount: undefined,
  StrictIPCIDRValidation: '1.36',
  SupplementalGroupsPolicy: '1.33',
  TaintTolerationComparisonOperators: undefined,
  UserNamespacesHostNetworkSupport: undefined,
  UserNamespacesSupport: '1.33',
  VolumeAttributesClass: '1.34',
} satisfies Record<string, string | undefined>

/**
 * What changed without a feature gate, with the first version that has it.
 * Source: what servers of all versions from 1.29 to 1.36 answered, and these functions of k8s.io/kubernetes in each.
 */
const changedIn = {
  /** pkg/apis/core/types.go, EnvVarSource: the field `fileKeyRef`, which its gate EnvFiles turned on later. */
  FileKeyRefs: '1.34',
  /** pkg/apis/core/validation, ValidateHostAliases: names the item, not the list. */
  HostAliasIndexes: '1.30',
  /** pkg/api/pod, dropDisabledFields: what was refused of an ordinary container is dropped, until the gate is on. */
  ContainerRestartPolicyDropped: '1.34',
  /** pkg/apis/core/validation, validateHostUsers: raw devices. */
  HostUsersRefuseDevices: '1.34',
  /** pkg/apis/core/validation, validateInitContainers: what is no sidecar is not restarted for a resize. */
  InitContainerResizeRestarts: '1.36',
  /** pkg/api/node, GetNodeLabelDeprecatedMessage: three more labels. */
  MoreNodeLabelWarnings: '1.31',
  /** pkg/api/pod, warningsForPodSpecAndMeta: of addresses that are not in their canonical form. */
  NonCanonicalIPWarnings: '1.33',
  /** pkg/api/pod, warningsForOverlappingVirtualPaths. */
  OverlappingPathWarnings: '1.32',
  /** pkg/api/pod, warningsForPodSpecAndMeta: of port names that two containers use. */
  PortNameWarnings: '1.33',
  /** pkg/api/node, GetWarningsForNodeSelectorTerm: of values that no label can have. */
  PreferredLabelValueWarnings: '1.33',
  /** pkg/apis/core/validation, ValidateNodeSelectorRequirement: values of required terms are those of labels. */
  RequiredLabelValues: '1.33',
  /** pkg/apis/core/validation, validateProjectionSources: a token's path leads out of no volume. */
  ServiceAccountTokenPaths: '1.30',
} satisfies Record<string, string>

const minor = (version: string) => Number(version.slice(version.indexOf('.') + 1))

const since = new Map(
  Object.entries<string | undefined>({ ...onSince, ...changedIn }).map(([feature, version]) => [
    feature,
    version === undefined ? Number.POSITIVE_INFINITY : minor(version),
  ]),
)

/** A feature gate, by Kubernetes' own name, or what came without one. */
export type Feature = keyof typeof onSince | keyof typeof changedIn

/**
 * Answers which features the versions that a manifest is for have, on by default: all of them, or some.
 * @param versions oldest first, such as `1.31`; no feature goes away again
 */
export function featuresOf(versions: readonly string[]): {
  everywhere(feature: Feature): boolean
  somewhere(feature: Feature): boolean
} {
  const oldest = minor(versions[0]!)
  const newest = minor(versions.at(-1)!)
  return {
    everywhere: (feature) => oldest >= since.get(feature)!,
    somewhere: (feature) => newest >= since.get(feature)!,
  }
}

/**
 * True when the manifest is for some version that is not older: what that version began to check is checked.
 * @param versions oldest first
 */
export function reaches(versions: readonly string[], first: string): boolean {
  return minor(versions.at(-1)!) >= minor(first)
}
