import type { PresetData } from './types.ts'

/**
 * Findings of other linters, and why they stay. A key names the checks, each as `LINTER CHECK` in the linter's own
 * words, with a comma between them: `kube-linter host-network, checkov CKV_K8S_19`.
 */
export type Explained = Record<string, string>

/** What is found in every preset. */
export const explainedEverywhere: Explained = {
  'kube-score container-resources, checkov CKV_K8S_11':
    'A limit of CPU slows an agent down just when its node has most for it to do; `--cpu-limit` sets one.',
  'checkov CKV_K8S_43':
    'Tags of exact versions can be read, and compared with release notes; `--image` takes a digest too.',
  'kube-score container-image-pull-policy, checkov CKV_K8S_15':
    'The tag never moves, so what a node has is what it shall run, also while the registry is away.',
}

const policyChecks = 'kube-score pod-networkpolicy, checkov CKV2_K8S_6'

/** For presets with rights: where there is no token, nothing is found. */
export const asksApi: Explained = {
  'checkov CKV_K8S_38': 'It asks the API server, with no more rights than its roles name.',
}

/** For presets with a container whose liveness and readiness are asked at one place. */
export const oneEndpoint: Explained = {
  'kube-score pod-probes-identical':
    'It tells its health at one place only; liveness is more patient than readiness, so that short trouble restarts nothing.',
}

/** Checks that find the same as another one: a preset explains that one, and these go with it. */
const alike: Record<string, string[]> = {
  'kube-linter dangling-service': ['kube-score service-targets-pod'],
  'kube-linter docker-sock': ['checkov CKV_K8S_27'],
  'kube-linter host-network': ['checkov CKV_K8S_19'],
  'kube-linter host-pid': ['checkov CKV_K8S_17'],
  'kube-linter no-read-only-root-fs': [
    'kube-score container-security-context-readonlyrootfilesystem',
    'checkov CKV_K8S_22',
  ],
  'kube-linter privileged-container': [
    'kube-linter privilege-escalation-container',
    'kube-score container-security-context-privileged',
    'checkov CKV_K8S_16',
    'checkov CKV_K8S_20',
    // Capabilities that are dropped have no effect where it is privileged.
    'checkov CKV_K8S_28',
    'checkov CKV_K8S_37',
  ],
  'kube-linter run-as-non-root': [
    'kube-score container-security-context-user-group-id',
    'checkov CKV_K8S_23',
    'checkov CKV_K8S_40',
  ],
}

/** All that is explained of a preset: its own first, then what holds for all. */
export function explainedFor(preset: PresetData): Explained {
  const own = Object.entries(preset.explained ?? {}).map(([key, reason]) => {
    const checks = checksIn(key).flatMap((check) => [check, ...(alike[check] ?? [])])
    return [[...new Set(checks)].join(', '), reason] as const
  })
  const isOwn = new Set(own.flatMap(([key]) => checksIn(key)))
  const shared = Object.entries({ ...policyOf(preset), ...explainedEverywhere }).filter(
    ([key]) => !checksIn(key).every((check) => isOwn.has(check)),
  )
  return Object.fromEntries([...own, ...shared])
}

/** The checks that a key names. */
export function checksIn(key: string): string[] {
  return key.split(', ')
}

function policyOf({ podNetwork }: PresetData): Explained {
  return {
    [policyChecks]: podNetwork
      ? '`--network-policy` adds one: where it may connect to differs from cluster to cluster.'
      : "It is on the node's network, where no policy has an effect.",
  }
}
