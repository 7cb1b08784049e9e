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

/** A feature gate, by Kubernetes' own name. */
export type Feature = keyof typeof onSince

/**
 * True when a feature is on by default in a version.
 * @param version such as `1.31`
 */
export function isOn(feature: Feature, version: string): boolean {
  const since = onSince[feature]
  return since !== undefined && minor(version) >= minor(since)
}

/**
 * True when the manifest is for some version that is not older: what that version began to check is checked.
 * @param versions oldest first
 */
export function reaches(versions: readonly string[], since: string): boolean {
  return minor(versions.at(-1)!) >= minor(since)
}

const minor = (version: string) => Number(version.slice(version.indexOf('.') + 1))
