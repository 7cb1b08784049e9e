// Values that the server most likely accepts, made up for any type of the schema.
import { kinds } from './kinds.mjs'
import { annotations, keyMeaningOf, meaningOf } from './meanings.mjs'
import { isStruct, structs } from './schema.mjs'

/** Exactly one of these. */
const oneOf = {
  Probe: ['exec', 'httpGet', 'tcpSocket', 'grpc'],
  LifecycleHandler: ['exec', 'httpGet', 'tcpSocket', 'sleep'],
  EnvVarSource: ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'],
  EnvFromSource: ['configMapRef', 'secretRef'],
  EnvVar: ['value', 'valueFrom'],
  DownwardAPIVolumeFile: ['fieldRef', 'resourceFieldRef'],
  VolumeProjection: [
    'secret',
    'downwardAPI',
    'configMap',
    'serviceAccountToken',
    'clusterTrustBundle',
    'podCertificate',
  ],
  PodResourceClaim: ['resourceClaimName', 'resourceClaimTemplateName'],
  FlockerVolumeSource: ['datasetName', 'datasetUUID'],
  FCVolumeSource: ['targetWWNs', 'wwids'],
  Volume: Object.keys(structs.Volume).filter((field) => field !== 'name'),
  VolumeMount: ['subPath', 'subPathExpr', undefined, undefined],
}

/** Always there, beside one of the above. */
const required = {
  ObjectMeta: ['labels'],
  Container: ['name', 'image'],
  EphemeralContainer: ['name', 'image'],
  ContainerPort: ['containerPort'],
  EnvVar: ['name'],
  Volume: ['name'],
  VolumeMount: ['name', 'mountPath'],
  VolumeDevice: ['name', 'devicePath'],
  ConfigMapEnvSource: ['name'],
  SecretEnvSource: ['name'],
  ConfigMapKeySelector: ['name', 'key'],
  SecretKeySelector: ['name', 'key'],
  FileKeySelector: ['volumeName', 'path', 'key'],
  ObjectFieldSelector: ['fieldPath'],
  ResourceFieldSelector: ['containerName', 'resource'],
  ExecAction: ['command'],
  HTTPGetAction: ['port'],
  TCPSocketAction: ['port'],
  GRPCAction: ['port'],
  SleepAction: ['seconds'],
  HTTPHeader: ['name', 'value'],
  HostPathVolumeSource: ['path'],
  SecretVolumeSource: ['secretName'],
  ConfigMapVolumeSource: ['name'],
  SecretProjection: ['name'],
  ConfigMapProjection: ['name'],
  KeyToPath: ['key', 'path'],
  DownwardAPIVolumeFile: ['path'],
  ServiceAccountTokenProjection: ['path'],
  ProjectedVolumeSource: ['sources'],
  DownwardAPIVolumeSource: ['items'],
  DownwardAPIProjection: ['items'],
  GCEPersistentDiskVolumeSource: ['pdName'],
  AWSElasticBlockStoreVolumeSource: ['volumeID'],
  GitRepoVolumeSource: ['repository'],
  NFSVolumeSource: ['server', 'path'],
  ISCSIVolumeSource: ['targetPortal', 'iqn', 'lun'],
  GlusterfsVolumeSource: ['endpoints', 'path'],
  PersistentVolumeClaimVolumeSource: ['claimName'],
  RBDVolumeSource: ['monitors', 'image'],
  FlexVolumeSource: ['driver'],
  CinderVolumeSource: ['volumeID'],
  CephFSVolumeSource: ['monitors'],
  FCVolumeSource: ['lun'],
  AzureFileVolumeSource: ['secretName', 'shareName'],
  VsphereVirtualDiskVolumeSource: ['volumePath'],
  QuobyteVolumeSource: ['registry', 'volume'],
  AzureDiskVolumeSource: ['diskName', 'diskURI'],
  PhotonPersistentDiskVolumeSource: ['pdID'],
  PortworxVolumeSource: ['volumeID'],
  ScaleIOVolumeSource: ['gateway', 'system', 'secretRef', 'volumeName'],
  StorageOSVolumeSource: ['volumeName'],
  CSIVolumeSource: ['driver'],
  EphemeralVolumeSource: ['volumeClaimTemplate'],
  PersistentVolumeClaimTemplate: ['spec'],
  PersistentVolumeClaimSpec: ['accessModes', 'resources'],
  VolumeResourceRequirements: ['requests'],
  TypedLocalObjectReference: ['kind', 'name'],
  TypedObjectReference: ['kind', 'name'],
  ImageVolumeSource: ['reference'],
  LocalObjectReference: ['name'],
  ResourceClaim: ['name'],
  ContainerResizePolicy: ['resourceName', 'restartPolicy'],
  SeccompProfile: ['type'],
  AppArmorProfile: ['type'],
  ContainerRestartRule: ['action', 'exitCodes'],
  ContainerRestartRuleOnExitCodes: ['operator', 'values'],
  Sysctl: ['name', 'value'],
  NodeSelector: ['nodeSelectorTerms'],
  NodeSelectorTerm: ['matchExpressions'],
  NodeSelectorRequirement: ['key', 'operator'],
  LabelSelectorRequirement: ['key', 'operator'],
  PreferredSchedulingTerm: ['weight', 'preference'],
  PodAffinityTerm: ['topologyKey', 'labelSelector'],
  WeightedPodAffinityTerm: ['weight', 'podAffinityTerm'],
  HostAlias: ['ip', 'hostnames'],
  PodDNSConfigOption: ['name'],
  PodReadinessGate: ['conditionType'],
  TopologySpreadConstraint: ['maxSkew', 'topologyKey', 'whenUnsatisfiable', 'labelSelector'],
  PodOS: ['name'],
  PodSchedulingGate: ['name'],
  PodResourceClaim: ['name'],
  OwnerReference: ['apiVersion', 'kind', 'name', 'uid'],
  Toleration: ['key'],
  DaemonSetUpdateStrategy: ['type'],
  DaemonSetSpec: ['selector', 'template'],
  PodTemplateSpec: ['metadata', 'spec'],
  PodSpec: ['containers'],
}

/** Never made up where only likely values are wanted. */
const rare = new Set([
  'terminationGracePeriodSeconds',
  'managedFields',
  'restartPolicyRules',
  'claims',
  'volumeDevices',
  'resizePolicy',
  'recursiveReadOnly',
  'source',
  'workloadRef',
  'selfLink',
  'ephemeralContainers',
  'activeDeadlineSeconds',
  'initiatorName',
  'chapAuthDiscovery',
  'chapAuthSession',
  'dataSource',
  'dataSourceRef',
  'matchFields',
  'successThreshold',
  'minDomains',
  'matchLabelKeys',
  'mismatchLabelKeys',
  'tolerationSeconds',
  'localhostProfile',
])

/** Names that stand elsewhere in the document, for fields that refer to them. */
const references = {
  'VolumeMount.name': (pod) => pod.volumes,
  'VolumeDevice.name': (pod) =>
    list(pod.volumes).filter((volume) => volume?.persistentVolumeClaim || volume?.ephemeral),
  'FileKeySelector.volumeName': (pod) => list(pod.volumes).filter((volume) => volume?.emptyDir),
  'ResourceClaim.name': (pod) => pod.resourceClaims,
  'ResourceFieldSelector.containerName': (pod) => pod.containers,
}
const list = (value) => (Array.isArray(value) ? value : [])

export function namesFor(site, document) {
  const pod = document?.spec?.template?.spec
  if (!pod || !Object.hasOwn(references, site)) return []
  return list(references[site](pod))
    .map((item) => item?.name)
    .filter((name) => typeof name === 'string')
}

/** @param place `{ type, owner, field }` of what is wanted */
export function typical(random, place, document, depth = 0) {
  const { type, owner, field } = place
  if (type.startsWith('[]')) {
    const count = random.weighted([
      [1, 6],
      [2, 3],
      [0, depth > 0 ? 0 : 1],
    ])
    return Array.from({ length: count }, () =>
      typical(random, { ...place, type: type.slice(2) }, document, depth),
    )
  }
  if (type.startsWith('{}')) {
    const entry = typicalEntry(random, { ...place, path: [] }, document)
    return { [entry.key]: entry.value }
  }
  if (isStruct(type)) return typicalStruct(random, type, document, depth)
  const names = namesFor(`${owner}.${field}`, document)
  if (names.length > 0) return random.pick(names)
  const kind = meaningOf(place)
  return kind ? random.pick(kinds[kind].good) : 'a'
}

/** A key and its value for a map such as labels or limits. */
export function typicalEntry(random, place, document) {
  const { type, owner, field } = place
  if (type === '{}quantity') {
    // The volume claim of an ephemeral volume asks for storage only.
    const key =
      owner === 'VolumeResourceRequirements' ? 'storage' : random.pick(['cpu', 'memory', 'ephemeral-storage'])
    return { key, value: random.pick(key === 'cpu' ? ['1', '100m', '0.5'] : ['1Gi', '100Mi', '128974848']) }
  }
  if (field === 'annotations' && random.chance(0.7)) {
    const key = random.pick(Object.keys(annotations))
    return { key, value: random.pick(kinds[annotations[key]].good) }
  }
  const key = random.pick(kinds[keyMeaningOf(place)].good)
  return { key, value: typical(random, { type: type.slice(2), owner, field }, document) }
}

function typicalStruct(random, type, document, depth) {
  const fields = structs[type]
  const result = {}
  const add = (field) => {
    if (field && fields[field] && !(field in result))
      result[field] = typical(random, { type: fields[field].type, owner: type, field }, document, depth + 1)
  }
  for (const field of required[type] ?? []) add(field)
  const choices = oneOf[type]
  if (choices) add(random.pick(choices))
  const extra = type === 'Container' ? 0.08 : 0.25
  if (depth < 5) {
    for (const field of Object.keys(fields)) {
      if (choices?.includes(field) || fields[field].until || rare.has(field)) continue
      if (random.chance(isStruct(fields[field].type) ? extra / 2 : extra)) add(field)
    }
  }
  return consistent(type, result)
}

/** Makes fields agree that the server holds against each other. */
function consistent(type, value) {
  if (/Requirement$/.test(type) && 'operator' in value) {
    if (/Exists|DoesNotExist/.test(value.operator)) delete value.values
    else value.values = ['a']
  }
  if (type === 'Toleration' && (value.operator === 'Exists' || !/^(?:Equal)?$/.test(value.operator ?? ''))) {
    value.operator = 'Exists'
    delete value.value
  }
  if (/^(?:Seccomp|AppArmor)Profile$/.test(type)) {
    if (value.type === 'Localhost') value.localhostProfile = 'profiles/a.json'
  }
  if (type === 'AzureDiskVolumeSource') {
    if (value.kind === 'Managed') value.diskURI = '/subscriptions/a/disks/b'
    else value.diskURI = 'https://account.example/a.vhd'
  }
  if (type === 'FCVolumeSource' && typeof value.lun !== 'number') value.lun = 1
  if (type === 'RollingUpdateDaemonSet') {
    if (value.maxSurge) value.maxUnavailable = 0
  }
  return value
}
