import type { PolicyRule } from 'kubernetes-types/rbac/v1.js'
import type { CommonAnswers } from '../../common-questions.ts'
import type { Manifest } from '../../types.ts'
import { ownPlurals } from './crds.ts'

/** The account whose token the plugin gets on the node. calico-node asks for it by this name. */
export const pluginAccount = 'calico-cni-plugin'
export const controllersName = 'calico-kube-controllers'

const read = ['get', 'list', 'watch']
const own = ['get', 'list', 'create', 'update', 'delete']
/** Where Calico's kinds are: by its definitions, and by its API server if there is one. */
const calicoGroups = ['projectcalico.org', 'crd.projectcalico.org']

function rule(apiGroups: string[], resources: string[], verbs: string[]): PolicyRule {
  return { apiGroups, resources, verbs }
}

function core(resources: string[], verbs: string[]): PolicyRule {
  return rule([''], resources, verbs)
}

function calico(resources: string[], verbs: string[]): PolicyRule {
  return rule(calicoGroups, resources, verbs)
}

/**
 * What calico-node may do.
 * @param upgrade whether it may find the state of an older Calico, or of host-local IPAM
 */
export function nodeRules(upgrade: boolean): PolicyRule[] {
  return [
    { ...core(['serviceaccounts/token'], ['create']), resourceNames: [pluginAccount] },
    core(['pods', 'nodes', 'namespaces'], ['get']),
    rule(['discovery.k8s.io'], ['endpointslices'], ['list', 'watch']),
    core(['endpoints', 'services'], read),
    // What kubeadm and RKE tell of the pods' addresses.
    { ...core(['configmaps'], ['get']), resourceNames: ['kubeadm-config', 'full-cluster-state'] },
    core(['nodes/status'], ['patch', 'update']),
    rule(['networking.k8s.io'], ['networkpolicies'], ['list', 'watch']),
    rule(['policy.networking.k8s.io'], ['clusternetworkpolicies'], ['list', 'watch']),
    core(['pods', 'namespaces', 'serviceaccounts'], ['list', 'watch']),
    core(['pods/status'], ['patch']),
    calico(
      [
        'felixconfigurations',
        'bgppeers',
        'bgpfilters',
        'bgpconfigurations',
        'ippools',
        'ipreservations',
        'ipamblocks',
        'globalnetworkpolicies',
        'stagedglobalnetworkpolicies',
        'networkpolicies',
        'stagednetworkpolicies',
        'stagedkubernetesnetworkpolicies',
        'globalnetworksets',
        'networksets',
        'clusterinformations',
        'hostendpoints',
        'blockaffinities',
        'caliconodestatuses',
        'tiers',
      ],
      read,
    ),
    calico(['tiers'], ['create']),
    calico(
      ['ippools', 'felixconfigurations', 'bgpconfigurations', 'clusterinformations'],
      ['create', 'update'],
    ),
    calico(['caliconodestatuses'], ['update']),
    core(['nodes'], read),
    ...(upgrade ? [calico(['bgpconfigurations', 'bgppeers'], ['create', 'update'])] : []),
    calico(['blockaffinities', 'ipamblocks', 'ipamhandles'], own),
    calico(['ipamconfigurations', 'ipamconfigs'], ['get', 'create']),
    calico(['blockaffinities'], ['watch']),
    ...(upgrade ? [rule(['apps'], ['daemonsets'], ['get'])] : []),
    rule(['kubevirt.io'], ['virtualmachineinstancemigrations'], read),
  ]
}

const pluginRules: PolicyRule[] = [
  core(['pods', 'nodes', 'namespaces'], ['get']),
  core(['pods/status'], ['patch']),
  calico(
    [
      'blockaffinities',
      'ipamblocks',
      'ipamhandles',
      'clusterinformations',
      'ippools',
      'ipreservations',
      'ipamconfigurations',
      'ipamconfigs',
    ],
    own,
  ),
  rule(['kubevirt.io'], ['virtualmachineinstances', 'virtualmachines'], ['get']),
]

const controllersRules: PolicyRule[] = [
  core(['nodes'], read),
  core(['pods'], read),
  core(['namespaces'], read),
  core(['services', 'services/status'], [...read, 'update']),
  calico(['ipreservations'], ['list']),
  calico(
    ['blockaffinities', 'ipamblocks', 'ipamhandles', 'ipamconfigurations', 'ipamconfigs', 'tiers'],
    [...own, 'watch'],
  ),
  calico(['ippools'], ['list', 'watch']),
  calico(['hostendpoints'], [...own, 'watch']),
  calico(['clusterinformations'], [...read, 'create', 'update']),
  calico(['kubecontrollersconfigurations'], [...read, 'create', 'update']),
  calico(['kubecontrollersconfigurations/status'], ['get', 'update']),
  calico(
    ['networkpolicies', 'stagednetworkpolicies', 'globalnetworkpolicies', 'stagedglobalnetworkpolicies'],
    [...own, 'watch'],
  ),
  rule(['apps'], ['daemonsets', 'deployments'], read),
  rule(
    ['migration.projectcalico.org'],
    ['datastoremigrations', 'datastoremigrations/status'],
    [...read, 'create', 'update', 'patch'],
  ),
  rule(['apiextensions.k8s.io'], ['customresourcedefinitions'], [...read, 'delete']),
  rule(['apiregistration.k8s.io'], ['apiservices'], [...read, 'create', 'delete']),
  rule(
    ['projectcalico.org'],
    [...ownPlurals.filter((plural) => plural !== 'ipamconfigs'), 'ipamconfigurations'].sort(),
    [...own, 'patch', 'watch'],
  ),
  rule(['crd.projectcalico.org'], ownPlurals, read),
  rule(['kubevirt.io'], ['virtualmachines', 'virtualmachineinstances'], read),
]

/** Accounts, roles and bindings beside those of the DaemonSet itself. */
export function calicoRights({ namespace }: CommonAnswers): Manifest[] {
  return [
    account(pluginAccount, namespace),
    ...role(pluginAccount, pluginRules, serviceAccount(pluginAccount, namespace), {
      header: 'For the plugin, which the container runtime starts on the node for each pod.',
      why: 'It takes an address for a pod and writes down whose it is.',
    }),
    account(controllersName, namespace),
    ...role(controllersName, controllersRules, serviceAccount(controllersName, namespace), {
      why: 'It gives back the addresses of nodes and pods that are gone. The rules from apps to projectcalico.org are for moving to another kind of storage, which nothing begins by itself.',
    }),
    ...role(
      'calico-tier-getter',
      [rule(['projectcalico.org'], ['tiers'], ['get'])],
      { kind: 'User', apiGroup: rbacGroup, name: 'system:kube-controller-manager' },
      {
        why: "The cluster's own garbage collector has to read the tier of a policy before it may delete the policy.",
      },
    ),
  ]
}

const rbacGroup = 'rbac.authorization.k8s.io'

function account(name: string, namespace: string): Manifest {
  return {
    object: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace },
      automountServiceAccountToken: false,
    },
  }
}

function serviceAccount(name: string, namespace: string): object {
  return { kind: 'ServiceAccount', name, namespace }
}

function role(
  name: string,
  rules: PolicyRule[],
  subject: object,
  { header, why }: { header?: string; why: string },
): Manifest[] {
  return [
    {
      object: { apiVersion: `${rbacGroup}/v1`, kind: 'ClusterRole', metadata: { name }, rules },
      comments: { rules: why },
      ...(header && { header }),
    },
    {
      object: {
        apiVersion: `${rbacGroup}/v1`,
        kind: 'ClusterRoleBinding',
        metadata: { name },
        roleRef: { apiGroup: rbacGroup, kind: 'ClusterRole', name },
        subjects: [subject],
      },
    },
  ]
}
