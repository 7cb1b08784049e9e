import type { Manifest } from '../../types.ts'

/** A kind of object that Calico keeps in the API server. */
interface Definition {
  kind: string
  plural: string
  namespaced?: boolean
  /** Whether its status is written apart from the rest. */
  status?: boolean
  /** What the API server fills in where a field of `spec` is left out. */
  defaults?: Record<string, string>
}

const ownGroup = 'crd.projectcalico.org'
const policyGroup = 'policy.networking.k8s.io'

/** As of Calico 3.32. */
const definitions: Definition[] = [
  {
    kind: 'BGPConfiguration',
    plural: 'bgpconfigurations',
    defaults: { logSeverityScreen: 'Info', serviceLoadBalancerAggregation: 'Enabled' },
  },
  { kind: 'BGPFilter', plural: 'bgpfilters' },
  { kind: 'BGPPeer', plural: 'bgppeers' },
  { kind: 'BlockAffinity', plural: 'blockaffinities' },
  { kind: 'CalicoNodeStatus', plural: 'caliconodestatuses' },
  { kind: 'ClusterInformation', plural: 'clusterinformations' },
  { kind: 'FelixConfiguration', plural: 'felixconfigurations', defaults: { nftablesMode: 'Auto' } },
  { kind: 'GlobalNetworkPolicy', plural: 'globalnetworkpolicies', defaults: { tier: 'default' } },
  { kind: 'GlobalNetworkSet', plural: 'globalnetworksets' },
  { kind: 'HostEndpoint', plural: 'hostendpoints' },
  { kind: 'IPAMBlock', plural: 'ipamblocks' },
  { kind: 'IPAMConfig', plural: 'ipamconfigs' },
  { kind: 'IPAMHandle', plural: 'ipamhandles' },
  { kind: 'IPPool', plural: 'ippools', defaults: { assignmentMode: 'Automatic' } },
  { kind: 'IPReservation', plural: 'ipreservations' },
  { kind: 'KubeControllersConfiguration', plural: 'kubecontrollersconfigurations', status: true },
  { kind: 'NetworkPolicy', plural: 'networkpolicies', namespaced: true, defaults: { tier: 'default' } },
  { kind: 'NetworkSet', plural: 'networksets', namespaced: true },
  {
    kind: 'StagedGlobalNetworkPolicy',
    plural: 'stagedglobalnetworkpolicies',
    defaults: { stagedAction: 'Set', tier: 'default' },
  },
  {
    kind: 'StagedKubernetesNetworkPolicy',
    plural: 'stagedkubernetesnetworkpolicies',
    namespaced: true,
    defaults: { stagedAction: 'Set' },
  },
  {
    kind: 'StagedNetworkPolicy',
    plural: 'stagednetworkpolicies',
    namespaced: true,
    defaults: { stagedAction: 'Set', tier: 'default' },
  },
  { kind: 'Tier', plural: 'tiers', defaults: { defaultAction: 'Deny' } },
]

/** The plurals of Calico's own kinds, for rules that speak of all of them. */
export const ownPlurals = definitions.map(({ plural }) => plural)

/** The definitions of all kinds that Calico reads and writes. */
export function calicoDefinitions(): Manifest[] {
  const [first, ...rest] = definitions.map((definition): Manifest => {
    const { plural } = definition
    return {
      object: {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: `${plural}.${ownGroup}` },
        spec: specOf(definition, ownGroup, 'v1'),
      },
    }
  })
  return [
    {
      ...first!,
      header:
        'These definitions keep every field as it is and check none: Calico itself, calicoctl and its API server check what they are given.',
    },
    ...rest,
    clusterNetworkPolicy(),
  ]
}

/** Policies of the whole cluster, a kind of Kubernetes' own: Calico watches it and does not start without. */
function clusterNetworkPolicy(): Manifest {
  const definition = { kind: 'ClusterNetworkPolicy', plural: 'clusternetworkpolicies', status: true }
  const annotation = 'api-approved.kubernetes.io'
  const object = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${definition.plural}.${policyGroup}`,
      annotations: { [annotation]: 'https://github.com/kubernetes-sigs/network-policy-api/pull/347' },
    },
    spec: specOf(definition, policyGroup, 'v1alpha2', ['cnp']),
  }
  return {
    object,
    header:
      'A kind of Kubernetes, not of Calico, which watches it. Leave this out where it is defined already, with its full schema.',
    comments: {
      [`metadata.annotations["${annotation}"]`]: 'Groups that end in k8s.io need it.',
    },
  }
}

function specOf(
  { kind, plural, namespaced = false, status = false, defaults = {} }: Definition,
  group: string,
  version: string,
  shortNames?: string[],
): object {
  const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
  const known = Object.entries(defaults).map(([field, value]) => [field, { type: 'string', default: value }])
  return {
    group,
    names: {
      kind,
      listKind: `${kind}List`,
      plural,
      singular: kind.toLowerCase(),
      ...(shortNames && { shortNames }),
    },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    versions: [
      {
        name: version,
        served: true,
        storage: true,
        ...(status && { subresources: { status: {} } }),
        schema: {
          openAPIV3Schema: {
            ...anything,
            properties: {
              spec: { ...anything, ...(known.length > 0 && { properties: Object.fromEntries(known) }) },
              ...(status && { status: anything }),
            },
          },
        },
      },
    ],
  }
}
