import { isWithin } from './host-paths.ts'
import type { AgentKind } from './known-agents.ts'

interface SensitivePath {
  /** Normalised; only these, not what is below them. */
  paths: readonly string[]
  /** What is below them as well. */
  below?: true
  /** Harmless while it is only read. */
  writableOnly?: true
  /** What someone does with it, as the end of a sentence. */
  harm: string
  /** Kinds of agents whose work asks for it. */
  kinds: readonly AgentKind[]
}

/** Where programs and the libraries they load lie: hier(7). */
const programs = [
  '/bin',
  '/boot',
  '/lib',
  '/lib64',
  '/sbin',
  '/usr/bin',
  '/usr/lib',
  '/usr/lib64',
  '/usr/libexec',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/sbin',
]

/**
 * Folders of the node with which a container has the node, or the cluster. file-hierarchy(7) and kubeadm's and the
 * kubelet's own: https://kubernetes.io/docs/reference/setup-tools/kubeadm/implementation-details/
 */
const sensitivePaths: readonly SensitivePath[] = [
  {
    paths: ['/'],
    harm: 'holds the keys of the kubelet, the Secrets of all its pods and the sockets of its services',
    kinds: ['metrics', 'network', 'storage', 'device', 'security', 'node'],
  },
  {
    paths: ['/etc'],
    harm: 'holds passwords, host keys and the keys of Kubernetes',
    kinds: ['network', 'storage', 'device', 'security', 'node'],
  },
  {
    paths: ['/etc/kubernetes'],
    harm: 'holds keys with which one is administrator of the cluster, on control-plane nodes',
    kinds: ['network', 'storage', 'security', 'node'],
  },
  {
    paths: ['/etc/kubernetes/pki', '/etc/kubernetes/admin.conf', '/etc/kubernetes/super-admin.conf'],
    below: true,
    harm: 'holds keys with which one is administrator of the cluster, on control-plane nodes',
    kinds: ['security', 'node'],
  },
  {
    paths: ['/etc/kubernetes/manifests'],
    below: true,
    writableOnly: true,
    harm: 'holds pods that the kubelet starts without asking the cluster',
    kinds: ['node'],
  },
  {
    paths: ['/var/lib/etcd'],
    below: true,
    harm: 'holds all objects of the cluster, Secrets too, on control-plane nodes',
    kinds: ['security', 'node'],
  },
  {
    paths: ['/var/lib/kubelet/pki'],
    below: true,
    harm: 'holds the keys with which the kubelet is known to the cluster',
    kinds: ['security', 'node'],
  },
  {
    paths: ['/var', '/var/lib', '/var/lib/kubelet', '/var/lib/kubelet/pods'],
    harm: 'holds the Secrets and the tokens of all pods of the node',
    kinds: ['network', 'storage', 'device', 'security', 'node'],
  },
  {
    paths: ['/root', '/root/.ssh', '/root/.kube'],
    harm: 'holds keys and the settings of shells of the people who keep the node',
    kinds: ['security', 'node'],
  },
  {
    // Container-Optimized OS has CNI's and other programs in /home/kubernetes/bin.
    paths: ['/home'],
    harm: 'holds keys and the settings of shells of the people who keep the node',
    kinds: ['network', 'device', 'security', 'node'],
  },
  {
    paths: ['/run'],
    harm: 'holds the socket of the container runtime, so whoever reaches it is root on the node; mounting it read-only does not change that',
    kinds: ['network', 'storage', 'device', 'security', 'node', 'metrics'],
  },
  {
    paths: ['/usr', '/usr/local'],
    writableOnly: true,
    harm: 'holds programs that root runs on the node',
    kinds: ['network', 'storage', 'device', 'security', 'node'],
  },
  {
    paths: programs,
    below: true,
    writableOnly: true,
    harm: 'holds programs that root runs on the node',
    kinds: ['network', 'storage', 'device', 'security', 'node'],
  },
]

/** What is known of a host path, or of one that it is in; undefined when it is not sensitive. */
export function sensitivePathOf(path: string): SensitivePath | undefined {
  return sensitivePaths.find(({ paths, below }) =>
    paths.some((one) => path === one || (below && isWithin(path, one))),
  )
}
